"""Taps, heartbeats and sessions over a pipelined connection: for an event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.play.redis_taps import TapScripts, heartbeat_result, session_opened, tap_result

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapstack.platform.redis_pipeline import Pipeline
    from tapstack.platform.settings import PlaySettings
    from tapstack.play.model import HeartbeatResult, Refusal, SessionOpened, TapResult


class PipelinedPlay:
    """Every call raises StoreUnavailable where Redis is unavailable; `now_ms` is as RedisPlay takes it."""

    def __init__(self, pipeline: Pipeline, settings: PlaySettings, *, now_ms: Callable[[], int] | None = None) -> None:
        self._pipeline = pipeline
        self._scripts = TapScripts(settings, now_ms or (lambda: 0))

    async def record_taps(self, player_id: str, session: str, taps: int) -> TapResult | Refusal:
        """Counts the taps that a session has made so far; raises SessionEnded or TooManyRequests."""
        return tap_result(await self._pipeline.run(self._scripts.record_taps(player_id, session, taps)))

    async def heartbeat(self, player_id: str, session: str) -> HeartbeatResult | Refusal:
        """Keeps a session alive; raises SessionEnded or TooManyRequests."""
        return heartbeat_result(await self._pipeline.run(self._scripts.heartbeat(player_id, session)))

    async def open_session(self, player_id: str, session: str) -> SessionOpened | Refusal:
        """Opens a session that Redis knows; raises as RedisPlay does."""
        return session_opened(await self._pipeline.run(self._scripts.open_session(player_id, session)))
