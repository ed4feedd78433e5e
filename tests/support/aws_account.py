"""An AWS account that a deployment is checked against."""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import ClientError

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
