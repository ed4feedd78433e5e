"""Ends idle sessions, saves their players and evicts them from Redis: its memory follows the players who are active."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from tapstack.platform.batches import batches
from tapstack.platform.errors import StoreUnavailable
from tapstack.play.model import CleanupResult
from tapstack.play.saving import MARGIN_MS, sync_bucket

if TYPE_CHECKING:
    from tapstack.play.ports import CleanupPorts

log = logging.getLogger(__name__)

AT_ONCE = 100
EVERY_MS = 60_000
"""How often the schedule runs it; each run starts with another bucket."""

KEPT_MS = 60_000
"""How long Redis keeps an ended session at most, from when it was last seen.

A Redis that crashes may come back a few seconds old, without what it had archived by then: it would count from a
watermark in the history whose taps it has lost.
"""


def cleanup(ports: CleanupPorts, remaining_ms: Callable[[], int]) -> CleanupResult:
    """Ends every session that has been idle too long, then evicts the players who are saved and gone.

    A session or player that fails is logged, and delays no other. What a run doesn't reach waits for the next, which
    starts with another bucket.
    """
    idle_ms = ports.settings.play.session_idle_s * 1_000
    now_ms = ports.play.server_time_ms()
    sessions = players = 0
    first = ports.clock() // EVERY_MS
    for number in range(ports.settings.play.buckets):
        if remaining_ms() < MARGIN_MS:
            break
        bucket = (first + number) % ports.settings.play.buckets
        ports.saving.clamp_seen(bucket, now_ms)
        sessions += _end_idle(ports, bucket, now_ms, idle_ms)
        sync_bucket(ports, bucket, remaining_ms)
        players += _evict(ports, bucket, range(now_ms - min(idle_ms, KEPT_MS) + 1, now_ms + 1), remaining_ms)
    return CleanupResult(sessions, players)


def _end_idle(ports: CleanupPorts, bucket: int, now_ms: int, idle_ms: int) -> int:
    ended = 0
    while idle := ports.saving.idle(bucket, now_ms - idle_ms, AT_ONCE):
        done = failed = 0
        for player_id, session in idle:
            try:
                done += ports.play.end_session(player_id, session, idle_ms=idle_ms)
            except StoreUnavailable:
                raise
            except Exception:
                log.exception("the session %s of player %s can't be ended", session, player_id)
                ports.saving.postpone(bucket, player_id, session, now_ms)
                failed += 1
        ended += done
        if len(idle) < AT_ONCE or not done + failed:
            break
    return ended


def _evict(ports: CleanupPorts, bucket: int, kept: range, remaining_ms: Callable[[], int]) -> int:
    """Moves ended sessions into the history, then drops them, then the players with nothing left; returns how many.

    Those last seen within `kept` (ms since 1970) wait for a later run.
    A session with more taps in the history than here stays: either this run is late and the session was resumed
    since, or Redis was restored from an older state, and counts from its own watermark.
    """
    evicted = 0
    for ids in batches(ports.saving.evictable(bucket), AT_ONCE):
        if remaining_ms() < MARGIN_MS:
            break
        found = ports.saving.ended_sessions(ids, kept)
        refused = ports.counters.put_history([session for rows in found.values() for _, session in rows])
        for player_id, rows in found.items():
            archived = [(raw, session) for raw, session in rows if session not in refused]
            try:
                evicted += ports.saving.evict(player_id, archived)
            except StoreUnavailable:
                raise
            except Exception:
                log.exception("player %s can't be evicted", player_id)
    return evicted
