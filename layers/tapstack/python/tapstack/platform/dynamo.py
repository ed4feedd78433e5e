"""What all DynamoDB stores share: errors in the game's own terms, and reading and writing many items."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException

from tapstack.platform.batches import ItemsRefused, batches
from tapstack.platform.breaker import Breaker
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.versions import Item

ATTEMPTS = 6
BACKOFF_S = 0.05

KEYS_A_CALL = 100
"""BatchGetItem's limit: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html"""

_PASSING = frozenset(
    {
        "ExpiredTokenException",
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


class Calls(Protocol):
    """DynamoDB, call by call (dynamo_client.py)."""

    def call(self, operation: str, arguments: Mapping[str, Any], /) -> dict[str, Any]: ...


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


def get(client: Calls, table: str, key: Item) -> Item | None:
    """An item as it stands now, None where there is none."""
    with available():
        return client.call("GetItem", {"TableName": table, "Key": key, "ConsistentRead": True}).get("Item")


def get_all(
    client: Calls,
    table: str,
    keys: Sequence[Item],
    names: Sequence[str] = (),
    *,
    consistent: bool = False,
    pause: Callable[[float], None] = time.sleep,
) -> list[Item]:
    """The items that there are of those, in any order: all their attributes, or those named.

    `consistent` has them as they stand now.
    """
    shape: dict[str, Any] = {"ConsistentRead": True} if consistent else {}
    if names:
        aliases = {f"#{number}": name for number, name in enumerate(names)}
        shape |= {"ProjectionExpression": ",".join(aliases), "ExpressionAttributeNames": aliases}
    found: list[Item] = []
    for batch in batches(keys, KEYS_A_CALL):
        asked = batch
        for wait_s in _waits():
            with available():
                answer = client.call("BatchGetItem", {"RequestItems": {table: {"Keys": asked, **shape}}})
            found += answer["Responses"].get(table, ())
            asked = answer.get("UnprocessedKeys", {}).get(table, {}).get("Keys", [])
            if not asked:
                break
            pause(wait_s)
        else:
            raise StoreUnavailable("the tables are too busy", retry_after_s=5, left=len(asked))
    return found


def query(client: Calls, table: str, asked: Mapping[str, Any]) -> Iterator[Item]:
    """All items that a query finds, page by page."""
    start: dict[str, Any] = {}
    while True:
        with available():
            page = client.call("Query", {"TableName": table, **asked, **start})
        yield from page["Items"]
        if not page.get("LastEvaluatedKey"):
            return
        start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}


def put_all(client: Calls, table: str, items: Sequence[Item], *, pause: Callable[[float], None] = time.sleep) -> None:
    """Writes up to 25 items of one table in one call; sends what DynamoDB leaves over again, with backoff and jitter.

    Raises StoreUnavailable when items are still left after the last attempt, and ItemsRefused when the call is
    refused as a whole because one item is not valid.
    """
    _write_all(client, table, [{"PutRequest": {"Item": item}} for item in items], pause)


def delete_all(client: Calls, table: str, keys: Sequence[Item], *, pause: Callable[[float], None] = time.sleep) -> None:
    """Deletes up to 25 items of one table, as put_all writes them."""
    _write_all(client, table, [{"DeleteRequest": {"Key": key}} for key in keys], pause)


def _write_all(client: Calls, table: str, requests: list[Any], pause: Callable[[float], None]) -> None:
    for wait_s in _waits():
        try:
            with available():
                answer = client.call("BatchWriteItem", {"RequestItems": {table: requests}})
        except ClientError as error:
            if is_refused(error):
                raise ItemsRefused(str(error)) from error
            raise
        requests = answer.get("UnprocessedItems", {}).get(table, [])
        if not requests:
            return
        pause(wait_s)
    raise StoreUnavailable("the tables are too busy", retry_after_s=5, left=len(requests))


def _waits() -> Iterator[float]:
    """How long to wait after each attempt, in seconds: longer each time, and never as long as anybody else."""
    for attempt in range(ATTEMPTS):
        yield BACKOFF_S * 2**attempt * (0.5 + random.random() / 2)  # noqa: S311
