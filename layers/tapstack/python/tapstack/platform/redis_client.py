"""One bounded pool of Redis connections per container, with time-outs on everything."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import redis
from redis.backoff import NoBackoff
from redis.exceptions import (
    ClusterDownError,
    MasterDownError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisClusterException,
    RedisError,
    ResponseError,
    TryAgainError,
)
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

from tapstack.platform.errors import StoreUnavailable

if TYPE_CHECKING:
    from tapstack.platform.settings import Settings

TIMEOUT_S = 1.0
"""For connecting, for an answer, and for a free connection: a click that waits longer is better sent again."""

RETRY_AFTER_S = 2

_UNAVAILABLE = (
    RedisConnectionError,
    RedisTimeoutError,
    ReadOnlyError,
    OutOfMemoryError,
    ClusterDownError,
    MasterDownError,
    RedisClusterException,
    TryAgainError,
)
_PASSING = re.compile(r"(^|-)(BUSY|MISCONF|OOM|READONLY) ")
"""Codes that redis-py leaves in the text, or that Redis 6 wraps in the error of a script: `... -OOM command ...`"""


class Client(redis.Redis):
    """A client that keeps up to half of its pool's connections at hand between commands.

    Taking one from the pool and returning it costs as much as the command itself (docs/performance.md). The other
    half is for pipelines, and for callers that wait for one.
    """

    def __init__(self, pool: redis.BlockingConnectionPool) -> None:
        super().__init__(connection_pool=pool)
        self._at_hand: deque[Any] = deque()
        self._kept = pool.max_connections // 2

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Sends a command and returns its answer; on a connection that had gone stale once more, on a new one."""
        try:
            connection = self._at_hand.pop()
        except IndexError:
            connection = self.connection_pool.get_connection()
        try:
            return self._ask(connection, args, options)
        except RedisConnectionError:
            return self._ask(connection, args, options)
        finally:
            if len(self._at_hand) < self._kept:
                self._at_hand.append(connection)
            else:
                self.connection_pool.release(connection)

    def _ask(self, connection: Any, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
        try:
            connection.send_command(*args)
            return self.parse_response(connection, args[0], **options)  # type: ignore[no-untyped-call]
        except ResponseError as error:
            if from_replica(error):
                connection.disconnect()
            raise
        except BaseException:
            # What is still to come of this answer must not be read as the next one; to send connects again.
            connection.disconnect()
            raise


def from_replica(error: Exception) -> bool:
    """Whether a server takes no writes: after a failover the address leads to another, this connection to it still."""
    return isinstance(error, ReadOnlyError) or "READONLY " in str(error)  # Redis 6 wraps it in a script's error


def connect(settings: Settings) -> Any:
    """A client of REDIS_URL; no connection is made before the first command, but to a cluster, whose slots it asks for.

    Raises StoreUnavailable where a cluster is unavailable. It retries nothing but a command on a connection that had
    gone stale: callers wait, with jitter.
    """
    if settings.redis.cluster:
        with available():
            return redis.RedisCluster.from_url(
                settings.redis.url,
                decode_responses=True,
                socket_timeout=TIMEOUT_S,
                socket_connect_timeout=TIMEOUT_S,
                max_connections=settings.redis.max_connections,
            )
    pool = redis.BlockingConnectionPool.from_url(
        settings.redis.url,
        decode_responses=True,
        max_connections=settings.redis.max_connections,
        timeout=TIMEOUT_S,
        socket_timeout=TIMEOUT_S,
        socket_connect_timeout=TIMEOUT_S,
        socket_keepalive=True,
        retry=Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,)),  # by default time-outs too
    )
    return Client(pool)


@contextmanager
def available() -> Iterator[None]:
    """Turns an absent, loading or failing-over Redis into StoreUnavailable; other errors are bugs and pass."""
    try:
        yield
    except (RedisError, RedisClusterException) as error:
        if isinstance(error, _UNAVAILABLE) or _PASSING.search(str(error)):
            raise StoreUnavailable("the counters are unavailable for a moment", retry_after_s=RETRY_AFTER_S) from error
        raise
