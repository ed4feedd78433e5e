"""Before `sam deploy`: what would fail half-way is found first."""

from __future__ import annotations

import pytest
from botocore.exceptions import EndpointConnectionError, NoCredentialsError
from support.aws_account import GOOD, Account, error
from tapstack_aws import preflight
from tapstack_build.errors import DeployError


@pytest.fixture(autouse=True)
def python313(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")


@pytest.mark.parametrize("status", ["", "CREATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS"])
def test_deployment_that_can_go_on_names_its_account(status: str) -> None:
    assert preflight.check("prod", "eu-central-1", Account(status=status)) == "123456789012"


@pytest.mark.parametrize("stage", ["", "local", "Prod", "a b", "x" * 17])
def test_stage_must_be_a_name_of_a_place_on_aws(stage: str) -> None:
    with pytest.raises(DeployError, match="STAGE="):
        preflight.check(stage, "eu-central-1", Account())


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
        preflight.check("prod", "eu-central-1", account)


def test_missing_region_and_python_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DeployError, match="REGION="):
        preflight.check("prod", "", Account())
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(DeployError, match=r"python3\.13"):
        preflight.check("prod", "eu-central-1", Account())


def test_deployment_is_told_which_version_of_the_secret_counts() -> None:
    assert preflight.version("prod", Account()) == "v7"
    with pytest.raises(DeployError, match="can't be read"):
        preflight.version("prod", Account(secret=None))
