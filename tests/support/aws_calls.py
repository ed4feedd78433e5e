"""All AWS calls of this process, by botocore's clients and by the game's own; and DynamoDB as moto has it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import boto3
import botocore.client
from tapstack.platform.dynamo_client import DynamoClient

Saw = Callable[[str, str, Mapping[str, Any]], object]
"""Is told the service, the operation and its arguments."""


@contextmanager
def watched(saw: Saw) -> Iterator[None]:
    """Tells of each call that is made in a with-block, before it is sent."""
    boto, lean = botocore.client.BaseClient._make_api_call, DynamoClient.call

    def by_botocore(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        saw(self.meta.service_model.service_name, operation, arguments)
        return boto(self, operation, arguments)

    def by_the_game(self: DynamoClient, operation: str, arguments: Mapping[str, Any], **how: Any) -> Any:
        saw("dynamodb", operation, arguments)
        return lean(self, operation, arguments, **how)

    with (
        patch.object(botocore.client.BaseClient, "_make_api_call", by_botocore),
        patch.object(DynamoClient, "call", by_the_game),
    ):
        yield


class BotoCalls:
    """The game's client over botocore's, which moto answers without a connection."""

    def __init__(self) -> None:
        self._client: Any = boto3.client("dynamodb")

    def call(self, operation: str, arguments: Mapping[str, Any], /) -> dict[str, Any]:
        answer: dict[str, Any] = self._client._make_api_call(operation, arguments)
        return answer


class Emulator:
    """Calls of an emulator that looks at no signature, over one connection: a fraction of what botocore takes.

    What makes a game's tables and queues waits for a minute; the game's own client gives up after two seconds.
    """

    def __init__(self, endpoint: str) -> None:
        self._connection = HTTPConnection(urlsplit(endpoint).netloc, timeout=60)

    def __enter__(self) -> Emulator:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def call(self, target: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to a call of `DynamoDB_20120810` or `AmazonSQS`, which the emulator must not refuse."""
        service = "sqs" if target.startswith("AmazonSQS") else "dynamodb"
        scope = f"{os.environ['AWS_ACCESS_KEY_ID']}/20260101/{os.environ['AWS_DEFAULT_REGION']}/{service}/aws4_request"
        headers = {
            "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0",
            "Content-Type": "application/x-amz-json-1.0",
            "X-Amz-Target": target,
        }
        self._connection.request("POST", "/", json.dumps(arguments), headers)
        answer = self._connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (target, answer.status, body[:500])
        found: dict[str, Any] = json.loads(body)
        return found
