"""Checks for whatever would make a deployment fail half-way, before anything changes."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
from tapstack_build.errors import DeployError

SECRETS = {"telegram_bot_token": 10, "telegram_webhook_secret": 16, "token_signing_key": 16}
"""The keys of the secret tapstack/<stage>, with the minimum length of each value."""

WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
"""https://core.telegram.org/bots/api#setwebhook"""

Clients = Callable[[str], Any]


def check(stage: str, region: str, clients: Clients) -> str:
    """Raises DeployError for whatever would make a deployment fail half-way; returns the account's id."""
    if not re.fullmatch(r"[a-z][a-z0-9]{0,15}", stage) or stage == "local":
        raise DeployError("no stage given: make deploy STAGE=prod (lower-case letters and digits; not `local`)")
    if not region:
        raise DeployError("no region given: make deploy STAGE=... REGION=eu-central-1")
    if not shutil.which("python3.13"):
        raise DeployError("`sam build` needs python3.13 on PATH, the functions' version")
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
            f"AWS rejects these credentials ({_code(error)}): sign in again, or set AWS_PROFILE"
        ) from error
    except BotoCoreError as error:
        raise DeployError(f"AWS can't be reached: {error}") from error


def _check_secret(stage: str, secrets_manager: Any) -> None:
    name = f"tapstack/{stage}"
    try:
        found = json.loads(read_secret(stage, secrets_manager).get("SecretString", ""))
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
        raise DeployError(f"telegram_webhook_secret of {name} must be one value of letters, digits, _ and -")


def read_secret(stage: str, secrets_manager: Any) -> dict[str, Any]:
    name = f"tapstack/{stage}"
    try:
        return dict(secrets_manager.get_secret_value(SecretId=name))
    except ClientError as error:
        raise DeployError(
            f"the secret {name} can't be read ({_code(error)}): docs/aws.md says how to create it"
        ) from error


def version(stage: str, clients: Clients) -> str:
    """The current version of the secret tapstack/<stage>; raises DeployError if it can't be read."""
    return str(read_secret(stage, clients("secretsmanager"))["VersionId"])


def _check_stack(stage: str, cloudformation: Any) -> None:
    name = f"tapstack-{stage}"
    try:
        status = cloudformation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
    except ClientError as error:
        if "does not exist" in str(error):
            return
        raise DeployError(f"the stack {name} can't be read: {error}") from error
    if status.endswith("_IN_PROGRESS") and status != "REVIEW_IN_PROGRESS":
        raise DeployError(f"{name} is {status}: wait until it has finished")
    if status == "ROLLBACK_COMPLETE":
        raise DeployError(f"{name} was never created; delete it, then deploy again: sam delete --stack-name {name}")
    if status.endswith("_FAILED"):
        raise DeployError(f"{name} is {status}: see `Rollback` in docs/runbook.md")


def _code(error: ClientError) -> str:
    return str(error.response["Error"].get("Code", "no code"))
