"""All AWS calls of this process, by botocore's clients and by the game's own; and DynamoDB as moto has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

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
