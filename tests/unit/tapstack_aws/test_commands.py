"""Before and after `sam deploy`: what would fail half-way is found first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError
from tapstack_aws import __main__ as aws
from tapstack_build.errors import DeployError

GOOD = {
    "telegram_bot_token": "7000000001:new,7000000001:old",
    "telegram_webhook_secret": "w" * 16,
    "token_signing_key": "k" * 16,
}


def error(code: str, said: str = "") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": said}}, "Call")


class Account:
    """An AWS account: every service's client is this one object."""

    def __init__(self, secret: Any = GOOD, status: str = "", identity: Exception | None = None) -> None:
        self.secret, self.status, self.identity = secret, status, identity
        self.put: list[dict[str, Any]] = []
        self.invalidated: list[str] = []

    def __call__(self, _: str) -> Account:
        return self

    def get_caller_identity(self) -> dict[str, str]:
        if self.identity:
            raise self.identity
        return {"Account": "123456789012"}

    def get_secret_value(self, **_: str) -> dict[str, str]:
        if self.secret is None:
            raise error("ResourceNotFoundException")
        text = self.secret if isinstance(self.secret, str) else json.dumps(self.secret)
        return {"SecretString": text, "VersionId": "v7"}

    def describe_stacks(self, **_: str) -> Any:
        if not self.status:
            raise error("ValidationError", "Stack does not exist")
        outputs = {"SiteBucket": "bucket", "SiteId": "E1", "ApiUrl": "https://api/v1", "SiteUrl": "https://site"}
        rows = [{"OutputKey": k, "OutputValue": v} for k, v in outputs.items()]
        return {"Stacks": [{"StackStatus": self.status, "Outputs": rows}]}

    def put_object(self, **given: Any) -> None:
        self.put.append(given)

    def create_invalidation(self, DistributionId: str, **_: Any) -> None:
        self.invalidated.append(DistributionId)


@pytest.fixture(autouse=True)
def python313(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")


@pytest.mark.parametrize("status", ["", "CREATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS"])
def test_deployment_that_can_go_on_names_its_account(status: str) -> None:
    assert aws.check("prod", "eu-central-1", Account(status=status)) == "123456789012"


@pytest.mark.parametrize("stage", ["", "local", "Prod", "a b", "x" * 17])
def test_stage_must_be_a_name_of_a_place_on_aws(stage: str) -> None:
    with pytest.raises(DeployError, match="STAGE="):
        aws.check(stage, "eu-central-1", Account())


@pytest.mark.parametrize(
    ("account", "said"),
    [
        (Account(identity=NoCredentialsError()), "aws configure sso"),
        (Account(identity=error("ExpiredToken")), "ExpiredToken.*sign in again"),
        (Account(secret=None), "tapstack/prod can't be read.*docs/aws.md"),
        (Account(identity=EndpointConnectionError(endpoint_url="https://sts")), "AWS can't be reached"),
        (Account(secret="no json"), "not a JSON object"),
        (Account(secret=[]), "not a JSON object"),
        (Account(secret=GOOD | {"token_signing_key": "short"}), "no token_signing_key"),
        (Account(secret=GOOD | {"token_signing_key": "k" * 16 + ",old"}), "no token_signing_key"),
        (Account(secret=GOOD | {"telegram_webhook_secret": "w" * 16 + "," + "v" * 16}), "one value of letters"),
        (Account(status="UPDATE_IN_PROGRESS"), "wait until"),
        (Account(status="ROLLBACK_COMPLETE"), "sam delete --stack-name tapstack-prod"),
        (Account(status="UPDATE_ROLLBACK_FAILED"), "`Rollback` in docs/runbook.md"),
        (Account(status="DELETE_FAILED"), "`Rollback` in docs/runbook.md"),
        (Account(status="DELETE_IN_PROGRESS"), "wait until"),
    ],
)
def test_what_would_fail_half_way_is_said_before_anything_changes(account: Account, said: str) -> None:
    with pytest.raises(DeployError, match=said):
        aws.check("prod", "eu-central-1", account)


def test_missing_region_and_python_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DeployError, match="REGION="):
        aws.check("prod", "", Account())
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(DeployError, match=r"python3\.13"):
        aws.check("prod", "eu-central-1", Account())


def test_publishing_puts_assets_before_pages_and_tells_telegram(tmp_path: Path) -> None:
    for name in ("index.html", "assets/a-1.js", ".stamp"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    account, told = Account(status="CREATE_COMPLETE"), dict[str, str]()

    def set_up(arguments: list[str], environment: Mapping[str, str]) -> int:
        assert arguments == ["setup"]
        told.update(environment)
        return 0

    aws.publish("prod", account, tmp_path, set_up)
    assert [(row["Key"], row["CacheControl"]) for row in account.put] == [
        ("app/assets/a-1.js", aws.FOREVER),
        ("app/index.html", "no-cache"),
    ]
    assert account.put[1]["ContentType"] == "text/html"
    assert account.invalidated == ["E1"]
    assert told == {
        "TELEGRAM_BOT_TOKEN": GOOD["telegram_bot_token"],
        "TELEGRAM_WEBHOOK_SECRET": GOOD["telegram_webhook_secret"],
        "WEBHOOK_URL": "https://api/v1/telegram/webhook",
        "MINIAPP_URL": "https://site/app/",
    }


def test_telegram_that_refuses_is_said_with_the_way_on(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("")
    with pytest.raises(DeployError, match="deployed, but Telegram was not told.*deploy again"):
        aws.publish("prod", Account(status="CREATE_COMPLETE"), tmp_path, lambda *_: 1)


def test_deployment_is_told_which_version_of_the_secret_counts() -> None:
    assert aws.version("prod", Account()) == "v7"
    with pytest.raises(DeployError, match="can't be read"):
        aws.version("prod", Account(secret=None))


def test_publishing_without_a_built_mini_app_uploads_nothing(tmp_path: Path) -> None:
    account = Account(status="CREATE_COMPLETE")
    with pytest.raises(DeployError, match="not built"):
        aws.publish("prod", account, tmp_path, lambda *_: 0)
    assert account.put == []
