"""python -m tapstack_aws check|version|publish STAGE REGION: what `sam deploy` leaves to be done before and after it.

`version` prints the secret's version. The deployment hands it to the functions, because CloudFormation resolves
`{{resolve:secretsmanager:...}}` again only in a resource that changes otherwise too:
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
"""

from __future__ import annotations

import argparse
import json
import mimetypes
import re
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
from tapstack_build.errors import DeployError

SECRETS = {"telegram_bot_token": 10, "telegram_webhook_secret": 16, "token_signing_key": 16}
"""The keys of the secret tapstack/<stage>, with the fewest characters each value may have."""

DIST = Path("miniapp/dist")
FOREVER = "public, max-age=31536000, immutable"
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
"""https://core.telegram.org/bots/api#setwebhook"""

Clients = Callable[[str], Any]
SetUp = Callable[[list[str], Mapping[str, str]], int]


def check(stage: str, region: str, clients: Clients) -> str:
    """Raises DeployError for what would let a deployment fail half-way; answers the account it goes to."""
    if not re.fullmatch(r"[a-z][a-z0-9]{0,15}", stage) or stage == "local":
        raise DeployError("say where to: make deploy STAGE=prod (lower-case letters and digits; not `local`)")
    if not region:
        raise DeployError("say which region: make deploy STAGE=... REGION=eu-central-1")
    if not shutil.which("python3.13"):
        raise DeployError("`sam build` wants python3.13 on PATH, the functions' own version")
    account = _account(clients)
    _check_secret(stage, clients("secretsmanager"))
    _check_stack(stage, clients("cloudformation"))
    return account


def _account(clients: Clients) -> str:
    try:
        return str(clients("sts").get_caller_identity()["Account"])
    except NoCredentialsError:
        raise DeployError("no AWS credentials: run `aws configure sso`, or set AWS_PROFILE") from None
    except ClientError as error:
        raise DeployError(
            f"AWS refuses these credentials ({_code(error)}): sign in again, or set AWS_PROFILE"
        ) from error
    except BotoCoreError as error:
        raise DeployError(f"AWS can't be reached: {error}") from error


def _check_secret(stage: str, secrets_manager: Any) -> None:
    name = f"tapstack/{stage}"
    try:
        found = json.loads(_read_secret(stage, secrets_manager).get("SecretString", ""))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise DeployError(f"the secret {name} is not a JSON object: docs/aws.md shows its form")
    short = [
        key
        for key, least in SECRETS.items()
        if min(map(len, map(str.strip, str(found.get(key, "")).split(",")))) < least
    ]
    if short:
        raise DeployError(f"the secret {name} has no {', '.join(short)} that is long enough: see docs/aws.md")
    if not WEBHOOK_SECRET.fullmatch(found["telegram_webhook_secret"]):
        raise DeployError(f"telegram_webhook_secret of {name} is one value of letters, digits, _ and - for Telegram")


def _read_secret(stage: str, secrets_manager: Any) -> dict[str, Any]:
    name = f"tapstack/{stage}"
    try:
        return dict(secrets_manager.get_secret_value(SecretId=name))
    except ClientError as error:
        raise DeployError(
            f"the secret {name} can't be read ({_code(error)}): docs/aws.md says how to make it"
        ) from error


def version(stage: str, clients: Clients) -> str:
    """The version of the secret tapstack/<stage> that counts now; raises DeployError where it can't be read."""
    return str(_read_secret(stage, clients("secretsmanager"))["VersionId"])


def _check_stack(stage: str, cloudformation: Any) -> None:
    name = f"tapstack-{stage}"
    try:
        status = cloudformation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
    except ClientError as error:
        if "does not exist" in str(error):
            return
        raise DeployError(f"the stack {name} can't be looked at: {error}") from error
    if status.endswith("_IN_PROGRESS") and status != "REVIEW_IN_PROGRESS":
        raise DeployError(f"{name} is {status}: wait until that has ended")
    if status == "ROLLBACK_COMPLETE":
        raise DeployError(f"{name} never came up; delete it, then deploy again: sam delete --stack-name {name}")
    if status.endswith("_FAILED"):
        raise DeployError(f"{name} is {status}: `Rollback` in docs/runbook.md says how to get on")


def publish(stage: str, clients: Clients, dist: Path, set_up: SetUp) -> dict[str, str]:
    """Uploads the Mini App and sets the bot up; answers the stack's outputs. `set_up` is botctl's main."""
    if not (dist / "index.html").is_file():
        raise DeployError(f"the Mini App is not built: {dist}/index.html is absent")
    stack = clients("cloudformation").describe_stacks(StackName=f"tapstack-{stage}")["Stacks"][0]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    s3 = clients("s3")
    # Pages name hashed assets: those come first, so that no visitor gets a page before what it names.
    for path in sorted((p for p in dist.rglob("*") if p.is_file() and not p.name.startswith(".")), key=_pages_last):
        s3.put_object(
            Bucket=outputs["SiteBucket"],
            Key=f"app/{path.relative_to(dist).as_posix()}",
            Body=path.read_bytes(),
            ContentType=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
            CacheControl=FOREVER if path.parent.name == "assets" else "no-cache",
        )
    paths = {"Quantity": 1, "Items": ["/app/*"]}
    batch = {"Paths": paths, "CallerReference": str(time.time_ns())}
    clients("cloudfront").create_invalidation(DistributionId=outputs["SiteId"], InvalidationBatch=batch)
    secret = json.loads(_read_secret(stage, clients("secretsmanager"))["SecretString"])
    bot = {
        "TELEGRAM_BOT_TOKEN": secret["telegram_bot_token"],
        "TELEGRAM_WEBHOOK_SECRET": secret["telegram_webhook_secret"],
        "WEBHOOK_URL": f"{outputs['ApiUrl']}/telegram/webhook",
        "MINIAPP_URL": f"{outputs['SiteUrl']}/app/",
    }
    if set_up(["setup"], bot):
        raise DeployError("the game is deployed, but Telegram was not told: mend what it says above and deploy again")
    return outputs


def _pages_last(path: Path) -> tuple[bool, str]:
    return path.suffix == ".html", path.as_posix()


def _code(error: ClientError) -> str:
    return str(error.response["Error"].get("Code", "no code"))


def main(arguments: list[str]) -> int:
    """Runs one command; 0 when all went well, 1 with a message where it did not."""
    import boto3
    from tapstack import botctl

    parser = argparse.ArgumentParser(prog="python -m tapstack_aws", description=__doc__.partition("\n")[0])
    parser.add_argument("command", choices=["check", "version", "publish"])
    parser.add_argument("stage")
    parser.add_argument("region")
    given = parser.parse_args(arguments)
    known: dict[str, Any] = {}

    def clients(service: str) -> Any:
        return known.setdefault(service, boto3.client(service, region_name=given.region or "us-east-1"))

    try:
        if given.command == "check":
            account = check(given.stage, given.region, clients)
            print(f"deploying tapstack-{given.stage} to {given.region} of account {account}")
        elif given.command == "version":
            print(version(given.stage, clients))
        else:
            outputs = publish(given.stage, clients, DIST, botctl.main)
            print(f"play at {outputs['SiteUrl']}/app/\nthe API is at {outputs['SiteUrl']}/v1")
    except DeployError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except (BotoCoreError, ClientError) as error:
        print(f"error: AWS stopped in the middle, `make deploy` again goes on from there: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
