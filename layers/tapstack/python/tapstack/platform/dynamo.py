"""What all DynamoDB stores share: errors in the game's own terms, and writing in batches."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.connection import Connection
from pynamodb.exceptions import PynamoDBException
from pynamodb.models import Model

from tapstack.platform.batches import ItemsRefused
from tapstack.platform.breaker import Breaker
from tapstack.platform.errors import StoreUnavailable

ATTEMPTS = 6
BACKOFF_S = 0.05

_PASSING = frozenset(
    {
        "InternalServerError",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ThrottlingException",
        "TransactionConflictException",
        "TransactionInProgressException",
        "500",
        "502",
        "503",
        "504",
    }
)
"""Errors that waiting mends:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html"""

_UNAVAILABLE = "the accounts are unavailable for a moment"

breaker = Breaker(2.0)
"""Of this process: sign-ins that wait for a DynamoDB that hangs must not take all threads from those who play."""

_REFUSED = frozenset({"ValidationException", "ItemCollectionSizeLimitExceededException"})


def _code(error: BaseException) -> str:
    """DynamoDB's code for an error, '' where the network failed; PynamoDB wraps botocore's errors."""
    cause = error if isinstance(error, ClientError) else getattr(error, "cause", None)
    return str(cause.response.get("Error", {}).get("Code", "")) if isinstance(cause, ClientError) else ""


def is_conflict(error: BaseException) -> bool:
    """Whether the condition of a write did not hold."""
    return _code(error) == "ConditionalCheckFailedException"


def is_refused(error: BaseException) -> bool:
    """Whether DynamoDB takes what was written neither now nor later."""
    return _code(error) in _REFUSED


@contextmanager
def available() -> Iterator[None]:
    """Turns an absent or throttling DynamoDB into StoreUnavailable; what no waiting mends passes."""
    if not breaker.lets_pass():
        raise StoreUnavailable(_UNAVAILABLE, retry_after_s=3)
    try:
        yield
    except (PynamoDBException, BotoCoreError, ClientError) as error:
        if isinstance(error, BotoCoreError) or isinstance(getattr(error, "cause", None), BotoCoreError):
            breaker.failed()
            raise StoreUnavailable(_UNAVAILABLE, retry_after_s=3) from error
        breaker.worked()
        if _code(error) in _PASSING:
            raise StoreUnavailable(_UNAVAILABLE, retry_after_s=3) from error
        raise
    breaker.worked()


def put_all(
    connection: Connection,
    items: Sequence[Model],
    *,
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Writes up to 25 items of one table in one call; sends what DynamoDB leaves over again, with backoff and jitter.

    Raises StoreUnavailable when items are still left after the last attempt, and ItemsRefused when the call is
    refused as a whole because one item is not valid.
    """
    requests = [{"PutRequest": {"Item": item.serialize()}} for item in items]
    _write_all(connection, items[0].Meta.table_name, requests, pause)


def delete_all(
    connection: Connection,
    table: str,
    keys: Sequence[Mapping[str, str]],
    *,
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Deletes up to 25 items of one table, by keys that are text, as put_all writes them."""
    requests = [{"DeleteRequest": {"Key": {name: {"S": value} for name, value in key.items()}}} for key in keys]
    _write_all(connection, table, requests, pause)


def _write_all(connection: Connection, table: str, requests: list[Any], pause: Callable[[float], None]) -> None:
    for attempt in range(ATTEMPTS):
        try:
            with available():
                answer = connection.client.batch_write_item(RequestItems={table: requests})
        except ClientError as error:
            if is_refused(error):
                raise ItemsRefused(str(error)) from error
            raise
        requests = answer.get("UnprocessedItems", {}).get(table, [])
        if not requests:
            return
        pause(BACKOFF_S * 2**attempt * (0.5 + random.random() / 2))  # noqa: S311
    raise StoreUnavailable("the tables are too busy", retry_after_s=5, left=len(requests))
