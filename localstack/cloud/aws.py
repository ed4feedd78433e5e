"""python -m cloud.aws check|publish STAGE REGION: what `sam deploy` leaves to be done before and after it."""

from __future__ import annotations

import argparse
import json
import mimetypes
import re
import shutil
import sys
import time
import urllib.parse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from cloud.errors import DeployError

SECRETS = {"telegram_bot_token": 10, "telegram_webhook_secret": 16, "token_signing_key": 16}
"""The keys of the secret tapstack/<stage>, with the fewest characters each value may have."""

DIST = Path("miniapp/dist")
FOREVER = "public, max-age=31536000, immutable"
Clients = Callable[[str], Any]


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
        found = json.loads(secrets_manager.get_secret_value(SecretId=name)["SecretString"])
    except ClientError as error:
        raise DeployError(
            f"the secret {name} can't be read ({_code(error)}): docs/aws.md says how to make it"
        ) from error
    except ValueError:
        raise DeployError(f"the secret {name} is not JSON: docs/aws.md shows its form") from None
    short = [key for key, least in SECRETS.items() if len(str(found.get(key, "")).split(",")[0]) < least]
    if short:
        raise DeployError(f"the secret {name} has no {', '.join(short)} that is long enough: see docs/aws.md")


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


def publish(stage: str, clients: Clients, dist: Path, call: Callable[[str], Mapping[str, Any]]) -> dict[str, str]:
    """Uploads the Mini App and tells Telegram where the bot is; answers the stack's outputs."""
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
    secret = json.loads(clients("secretsmanager").get_secret_value(SecretId=f"tapstack/{stage}")["SecretString"])
    token = secret["telegram_bot_token"].split(",")[0]
    given = {"url": f"{outputs['ApiUrl']}/telegram/webhook", "secret_token": secret["telegram_webhook_secret"]}
    answer = call(f"https://api.telegram.org/bot{token}/setWebhook?{urllib.parse.urlencode(given)}")
    if not answer.get("ok"):
        raise DeployError(f"Telegram refused the webhook: {answer.get('description')}")
    return outputs


def _pages_last(path: Path) -> tuple[bool, str]:
    return path.suffix == ".html", path.as_posix()


def _code(error: ClientError) -> str:
    return str(error.response["Error"].get("Code", "no code"))


def _get(url: str) -> Mapping[str, Any]:
    from cloud.smoke import call

    answer: Mapping[str, Any] = call(url).body
    return answer


def main(arguments: list[str]) -> int:
    """Runs one command; 0 when all went well, 1 with a message where it did not."""
    import boto3

    parser = argparse.ArgumentParser(prog="python -m cloud.aws", description=__doc__.partition("\n")[0])
    parser.add_argument("command", choices=["check", "publish"])
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
        else:
            outputs = publish(given.stage, clients, DIST, _get)
            print(f"play at {outputs['SiteUrl']}/app/\nthe API is at {outputs['SiteUrl']}/v1 and {outputs['ApiUrl']}")
    except DeployError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
