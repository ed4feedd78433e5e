"""Idle sessions end, their players are saved, and leave Redis: its memory follows who plays."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tapstack.platform.dynamo import batches
from tapstack.platform.errors import StoreUnavailable
from tapstack.play.saving import MARGIN_MS, sync_bucket

if TYPE_CHECKING:
    from tapstack.ports import Stores

log = logging.getLogger(__name__)

AT_ONCE = 100
EVERY_MS = 60_000
"""How often the schedule runs it: what one run doesn't get to comes sooner in the next."""


@dataclass(frozen=True, slots=True)
class CleanupResult:
    """How many sessions ended, and how many players were evicted."""

    sessions: int
    players: int


def cleanup(stores: Stores, remaining_ms: Callable[[], int]) -> CleanupResult:
    """Ends every session that has been idle too long, then evicts the players that are saved and gone.

    Who can't be ended, moved or evicted is logged, and holds up nobody else. What it doesn't get to waits for the next
    run, which begins with another bucket.
    """
    idle_ms = stores.settings.session_idle_s * 1_000
    now_ms = stores.play.server_time_ms()
    sessions = players = 0
    first = stores.clock() // EVERY_MS
    for number in range(stores.settings.buckets):
        if remaining_ms() < MARGIN_MS:
            break
        bucket = (first + number) % stores.settings.buckets
        stores.saving.clamp_seen(bucket, now_ms)
        sessions += _end_idle(stores, bucket, now_ms, idle_ms)
        sync_bucket(stores, bucket, remaining_ms)
        players += _settle(stores, bucket, remaining_ms)
    return CleanupResult(sessions, players)


def _end_idle(stores: Stores, bucket: int, now_ms: int, idle_ms: int) -> int:
    ended = 0
    while idle := stores.saving.idle(bucket, now_ms - idle_ms, AT_ONCE):
        done = failed = 0
        for player_id, session in idle:
            try:
                done += stores.play.end_session(player_id, session, idle_ms=idle_ms)
            except StoreUnavailable:
                raise
            except Exception:
                log.exception("the session %s of player %s can't be ended", session, player_id)
                stores.saving.put_off(bucket, player_id, session, now_ms)
                failed += 1
        ended += done
        if len(idle) < AT_ONCE or not done + failed:
            break
    return ended


def _settle(stores: Stores, bucket: int, remaining_ms: Callable[[], int]) -> int:
    """Moves ended sessions into the history, then drops them, then the players with nothing left; how many went.

    A session with more taps in the history than here stays: either this run is late and the session has been taken up
    since, or Redis has come back from an older state, and what it counts from is its own watermark.
    """
    evicted = 0
    for ids in batches(stores.saving.to_settle(bucket), AT_ONCE):
        if remaining_ms() < MARGIN_MS:
            break
        found = stores.saving.ended_sessions(ids)
        not_written = stores.counters.put_history([line for rows in found.values() for _, line in rows])
        for player_id, rows in found.items():
            written = [(raw, line) for raw, line in rows if line not in not_written]
            try:
                evicted += stores.saving.settle(player_id, written)
            except StoreUnavailable:
                raise
            except Exception:
                log.exception("player %s can't be evicted", player_id)
    return evicted
