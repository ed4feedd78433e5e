"""The client of Redis: one bounded pool of connections per container, with time-outs on everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapstack.platform.redis_direct import DirectClient, node_of

if TYPE_CHECKING:
    from tapstack.platform.settings import Settings


def connect(settings: Settings) -> Any:
    """A client of REDIS_URL; no connection is made before the first command, but by redis-py's client of a cluster.

    Raises StoreUnavailable where that one finds no node. It retries nothing but a command on a connection that had gone
    stale: callers wait, with jitter.
    """
    node = node_of(settings.redis)
    if node:
        return DirectClient(node, settings.redis)
    from tapstack.platform.redis_pool import connect_pool

    return connect_pool(settings.redis, settings.redis.max_connections)
