"""What all clients of Redis have in common: their time-outs, and which errors say that Redis is unavailable.

Nothing here loads redis-py: it is most of what a function would import to count taps, and on Lambda each new
environment waits for that (docs/performance.md).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from tapstack.platform.errors import StoreUnavailable

TIMEOUT_S = 1.0
"""For connecting, for an answer, and for a free connection: a click that waits longer is better sent again."""

RETRY_AFTER_S = 2

_PASSING = re.compile(r"(^|-)(BUSY|MISCONF|OOM|READONLY) ")
"""Codes that redis-py leaves in the text, or that Redis 6 wraps in the error of a script: `... -OOM command ...`"""


def read_all(client: Any, commands: Sequence[tuple[str | int, ...]]) -> list[Any]:
    """The answers to commands that only read, in one round trip; `scored` reads those that are rows with scores.

    Without redis-py where that can be: its pipeline takes three times as much CPU (docs/performance.md).
    """
    together = getattr(type(client), "read_all", None)
    if together:
        answers: list[Any] = together(client, commands)
        return answers
    pipe = client.pipeline(transaction=False)
    for command in commands:
        pipe.execute_command(*command)
    found: list[Any] = pipe.execute()
    return found


def scored(answer: Sequence[Any]) -> list[tuple[str, float]]:
    """The rows of a sorted set with their scores: RESP 2 sends them flat and as text, RESP 3 in pairs."""
    if answer and not isinstance(answer[0], str):
        return [(member, score) for member, score in answer]
    return [(answer[i], float(answer[i + 1])) for i in range(0, len(answer), 2)]


@contextmanager
def available() -> Iterator[None]:
    """Turns an absent, loading or failing-over Redis into StoreUnavailable; other errors are bugs and pass."""
    try:
        yield
    except Exception as error:
        if is_passing(error):
            raise unavailable() from error
        raise


def unavailable() -> StoreUnavailable:
    """What callers are told of a Redis that is unavailable."""
    return StoreUnavailable("the counters are unavailable for a moment", retry_after_s=RETRY_AFTER_S)


def is_passing(error: BaseException) -> bool:
    """Whether an error is redis-py's and says that Redis is unavailable for now."""
    if "redis.exceptions" not in sys.modules:
        return False
    errors, unavailable = _kinds()
    return isinstance(error, errors) and (isinstance(error, unavailable) or bool(_PASSING.search(str(error))))


def from_replica(error: Exception) -> bool:
    """Whether a server takes no writes: after a failover the address leads to another, this connection to it still."""
    from redis.exceptions import ReadOnlyError

    return isinstance(error, ReadOnlyError) or "READONLY " in str(error)  # Redis 6 wraps it in a script's error


Kinds = tuple[type[Exception], ...]


@cache
def _kinds() -> tuple[Kinds, Kinds]:
    """All errors of redis-py, and those of a Redis that is unavailable."""
    from redis import exceptions

    unavailable = (
        exceptions.ConnectionError,
        exceptions.TimeoutError,
        exceptions.ReadOnlyError,
        exceptions.OutOfMemoryError,
        exceptions.ClusterDownError,
        exceptions.MasterDownError,
        exceptions.RedisClusterException,
        exceptions.TryAgainError,
    )
    return (exceptions.RedisError, exceptions.RedisClusterException), unavailable
