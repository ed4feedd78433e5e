"""The script calls of taps, heartbeats and sessions, and their answers, without any I/O: for every client."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from tapstack.platform import bounds
from tapstack.platform.errors import Conflict, SessionEnded, StoreUnavailable, TooManyRequests
from tapstack.platform.redis_scripts import ScriptCall
from tapstack.platform.settings import PlaySettings
from tapstack.play import redis_keys as keys
from tapstack.play.model import Due, HeartbeatResult, Refusal, SessionOpened, TapResult
from tapstack.play.rules import pacing
from tapstack.players.rules.identity import bucket_of

_DUE = tuple(Due)
_FLOOD = (1_000_000 // pacing.REQUESTS_PER_S, pacing.REQUEST_BURST_S * 1_000_000)
_HEARTBEAT_RULES = (*_FLOOD, pacing.CLAIM_GAP_MS)
RECOVERY = (pacing.RECOVERY_GRACE_S * 1_000, pacing.RECOVERY_MAX_S * 1_000_000)
_SESSION_RULES = (
    *RECOVERY,
    bounds.NEW_SESSION_EVERY_MS,
    bounds.SESSION_AGAIN_EVERY_MS,
    bounds.SESSION_BURST_MS,
    bounds.MAX_PLAYER_FIELDS,
)


class TapScripts:
    """Makes the calls; `now_ms` replaces Redis's own clock where it is not 0."""

    def __init__(self, settings: PlaySettings, now_ms: Callable[[], int]) -> None:
        self._settings = settings
        self._buckets = settings.buckets
        self._now_ms = now_ms
        buckets = range(settings.buckets)
        self._tap_keys = [(keys.META[b], keys.SCORES[b], keys.DIRTY[b], keys.SESSIONS[b]) for b in buckets]
        self._heartbeat_keys = [(keys.META[b], keys.ACTIVE[b], keys.SESSIONS[b]) for b in buckets]
        self._session_keys = [
            (keys.META[b], keys.SCORES[b], keys.DIRTY[b], keys.ACTIVE[b], keys.SESSIONS[b]) for b in buckets
        ]

    @cached_property
    def _tap_rules(self) -> tuple[str, ...]:
        """What record_taps.lua goes by, as it is sent; only functions that count taps hold these settings."""
        rules = (
            1_000_000 // self._settings.taps_per_s,
            pacing.BURST_S * 1_000_000,
            *_FLOOD,
            pacing.dirty_of_bucket(self._settings.sync_at_dirty, self._buckets),
            self._settings.sync_every_s * 1_000,
            pacing.CLAIM_GAP_MS,
            self._settings.energy_every_ms,
            self._energy_full_ms,
        )
        return tuple(map(str, rules))

    @cached_property
    def _energy_full_ms(self) -> int:
        return self._settings.energy_full * self._settings.energy_every_ms

    def record_taps(self, player_id: str, session: str, taps: int, *callback: int) -> ScriptCall:
        """Counts the taps of a session so far; `callback` is what the script takes for a tap callback."""
        b = bucket_of(player_id, self._buckets)
        return ScriptCall(
            "play/record_taps",
            (keys.player(b, player_id), *self._tap_keys[b]),
            (self._now_ms(), player_id, session, taps, *self._tap_rules, *callback),
        )

    def heartbeat(self, player_id: str, session: str) -> ScriptCall:
        """Keeps a session alive."""
        b = bucket_of(player_id, self._buckets)
        return ScriptCall(
            "play/heartbeat",
            (keys.player(b, player_id), *self._heartbeat_keys[b]),
            (self._now_ms(), player_id, session, *_HEARTBEAT_RULES, self._energy_full_ms),
        )

    def open_session(
        self,
        player_id: str,
        session: str,
        *,
        start_from: int | None = None,
        started_at_ms: int = 0,
        lost: bool = False,
        ticket: str = "",
    ) -> ScriptCall:
        """Opens a session or resumes it, as RedisPlay says."""
        b = bucket_of(player_id, self._buckets)
        return ScriptCall(
            "play/open_session",
            (
                keys.player(b, player_id),
                *self._session_keys[b],
                keys.opened(b, player_id),
                keys.ticket(b, player_id),
            ),
            (
                self._now_ms(),
                player_id,
                session,
                bounds.MAX_OPEN_SESSIONS,
                "" if start_from is None else start_from,
                started_at_ms,
                int(lost),
                *_SESSION_RULES,
                ticket,
                self._energy_full_ms,
            ),
        )


def fields_of(raw: Sequence[int]) -> Sequence[int] | Refusal:
    """The fields of a script's answer, or a refusal that the caller can mend; raises the other refusals."""
    status = raw[0]
    if status > 0:
        return raw[1:]
    refusal = Refusal(status)
    if refusal is Refusal.SESSION_ENDED:
        raise SessionEnded("this session has ended: open it again")
    if refusal is Refusal.FLOOD:
        raise TooManyRequests("too many requests", retry_after_s=-(-raw[1] // 1_000), retry_after_ms=raw[1])
    if refusal is Refusal.TOO_MANY_SESSIONS:
        raise Conflict("too many open sessions", code="too_many_sessions", limit=bounds.MAX_OPEN_SESSIONS)
    if refusal is Refusal.TOO_MANY_NEW_SESSIONS:
        wait_s = -(-raw[1] // 1_000)
        raise TooManyRequests("too many new sessions", code="too_many_new_sessions", retry_after_s=wait_s)
    if refusal is Refusal.UNREADABLE:
        raise StoreUnavailable("this session can't be read", code="player_unreadable", retry_after_s=60)
    return refusal


def tap_result(raw: Sequence[int]) -> TapResult | Refusal:
    """The answer of record_taps.lua; raises SessionEnded or TooManyRequests."""
    fields = fields_of(raw)
    if isinstance(fields, Refusal):
        return fields
    taps, accepted, clicks, total_clicks, version, flush_every_ms, due, *rest = fields
    return TapResult(taps, accepted, clicks, total_clicks, version, flush_every_ms, _DUE[due], *rest)


def heartbeat_result(raw: Sequence[int]) -> HeartbeatResult | Refusal:
    """The answer of heartbeat.lua; raises SessionEnded or TooManyRequests."""
    fields = fields_of(raw)
    if isinstance(fields, Refusal):
        return fields
    active, clicks, total_clicks, version, flush_every_ms, due, *rest = fields
    return HeartbeatResult(active, clicks, total_clicks, version, flush_every_ms, _DUE[due], *rest)


def session_opened(raw: Sequence[int]) -> SessionOpened | Refusal:
    """The answer of open_session.lua; raises Conflict, TooManyRequests or StoreUnavailable (`player_unreadable`)."""
    fields = fields_of(raw)
    if isinstance(fields, Refusal):
        return fields
    known, *rest = fields
    return SessionOpened(bool(known), *rest)
