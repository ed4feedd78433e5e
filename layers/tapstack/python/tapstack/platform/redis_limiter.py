"""What each caller has used of their limits, in Redis: one small key each, gone when all of the allowance is back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tapstack.platform import redis_keys as keys
from tapstack.platform import redis_scripts
from tapstack.platform.breaker import Breaker
from tapstack.platform.errors import StoreUnavailable, TooManyRequests
from tapstack.platform.limits import Limit
from tapstack.platform.redis_client import available
from tapstack.platform.redis_scripts import ScriptCall

if TYPE_CHECKING:
    from tapstack.platform.redis_pipeline import Pipeline

OPEN_S = 1.0
"""How long nobody is counted once Redis has not answered: what works without it should not wait for it."""


class Limiter:
    """Counts calls. Where Redis is unavailable it refuses nobody: what needs Redis says so itself."""

    def __init__(
        self, client: Callable[[], Any], secrets: Callable[[], Sequence[str]], now_ms: Callable[[], int] | None = None
    ) -> None:
        self._client = client  # to connect to a cluster fails where it is unavailable
        self._secrets = secrets
        self._now_ms = now_ms or (lambda: 0)
        self._breaker = Breaker(OPEN_S)

    def spend(self, what: str, who: str, limit: Limit) -> None:
        """Counts one call of somebody, in one round trip; raises TooManyRequests where there is no room for it."""
        if not self._breaker.lets_pass():
            return
        try:
            with available():
                wait_ms = redis_scripts.call(self._client(), self._call(what, who, limit))
        except StoreUnavailable:
            self._breaker.failed()
            return
        self._counted(wait_ms)

    def _call(self, what: str, who: str, limit: Limit) -> ScriptCall:
        per_us = limit.every_ms * 1_000
        args = (self._now_ms(), per_us, limit.burst * per_us)
        return ScriptCall("platform/spend_call", (self._key(what, who),), args)

    def _counted(self, wait_ms: int) -> None:
        self._breaker.worked()
        if wait_ms > 0:
            raise TooManyRequests("too many requests", retry_after_s=-(-wait_ms // 1_000), retry_after_ms=wait_ms)

    def _key(self, what: str, who: str) -> str:
        """Nobody's address or id stands in Redis for it, and nobody can tell a key's owner by trying all addresses."""
        secret = self._secrets()[0].encode()[: hashlib.blake2b.MAX_KEY_SIZE]
        return keys.limit(what, hashlib.blake2b(who.encode(), digest_size=12, key=secret).hexdigest())


class PipelinedLimiter(Limiter):
    """The same on an event loop."""

    def __init__(
        self, pipeline: Pipeline, secrets: Callable[[], Sequence[str]], now_ms: Callable[[], int] | None = None
    ) -> None:
        super().__init__(lambda: None, secrets, now_ms)
        self._pipeline = pipeline

    async def spend(self, what: str, who: str, limit: Limit) -> None:  # type: ignore[override]
        """As Limiter's."""
        if not self._breaker.lets_pass():
            return
        try:
            wait_ms = await self._pipeline.run(self._call(what, who, limit))
        except StoreUnavailable:
            self._breaker.failed()
            return
        self._counted(wait_ms)
