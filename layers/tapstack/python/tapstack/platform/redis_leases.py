"""Leases in Redis: of all callers, one does the work."""

from __future__ import annotations

from typing import Any

from tapstack.platform import redis_scripts
from tapstack.platform.redis_client import available


class RedisLeases:
    """Claims by name; every call raises StoreUnavailable where Redis is unavailable.

    Not redis.lock.Lock: a claim that a clock set back has made long must end in time (lua/claim.lua), which that one
    does not see; most claims are never released, and cost a single round trip.
    """

    def __init__(self, client: Any) -> None:
        self.client = client

    def claim(self, name: str, for_ms: int, holder: str = "1") -> bool:
        """True for one caller of everybody within a time: that one does the work."""
        return bool(self._run("platform/claim", name, holder, for_ms))

    def extend(self, name: str, holder: str, for_ms: int) -> bool:
        """Keeps a claim for a while longer; False when it is not the caller's any more."""
        return bool(self._run("platform/lease", name, holder, for_ms))

    def release(self, name: str, holder: str) -> bool:
        """Gives a claim back; False when it is not the caller's any more."""
        return bool(self._run("platform/lease", name, holder, 0))

    def _run(self, script: str, name: str, *args: Any) -> Any:
        with available():
            return redis_scripts.run(self.client, script, [name], list(args))
