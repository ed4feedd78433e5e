"""redis-py's client, for all commands, with time-outs on everything."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

import redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError
from redis.retry import Retry

from tapstack.platform.redis_client import TIMEOUT_S, available, from_replica

if TYPE_CHECKING:
    from tapstack.platform.settings import RedisSettings


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


def connect_pool(settings: RedisSettings, max_connections: int) -> Any:
    """A client of REDIS_URL, as redis_client.connect says, with connections of its own."""
    if settings.cluster:
        with available():
            return redis.RedisCluster.from_url(
                settings.url,
                decode_responses=True,
                socket_timeout=TIMEOUT_S,
                socket_connect_timeout=TIMEOUT_S,
                max_connections=max_connections,
            )
    pool = redis.BlockingConnectionPool.from_url(
        settings.url,
        decode_responses=True,
        max_connections=max_connections,
        timeout=TIMEOUT_S,
        socket_timeout=TIMEOUT_S,
        socket_connect_timeout=TIMEOUT_S,
        socket_keepalive=True,
        retry=Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,)),  # by default time-outs too
    )
    return Client(pool)
