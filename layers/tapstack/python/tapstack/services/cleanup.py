"""Idle sessions end, their players are saved, and leave Redis: its memory follows who plays."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tapstack.services.sync import MARGIN_MS, sync_bucket
from tapstack.stores.dynamo import batches

if TYPE_CHECKING:
    from tapstack.services.stores import Stores

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Cleaned:
    """How many sessions ended, and how many players were evicted."""

    sessions: int
    players: int


def cleanup(stores: Stores, remaining_ms: Callable[[], int]) -> Cleaned:
    """Ends every session that has been silent too long, then evicts the players that are saved and gone.

    What it doesn't get to waits for the next run, which begins with another bucket.
    """
    idle_ms = stores.settings.session_idle_s * 1_000
    before_ms = stores.hot.server_time_ms() - idle_ms
    sessions = players = 0
    first = secrets.randbelow(stores.settings.buckets)
    for number in range(stores.settings.buckets):
        if remaining_ms() < MARGIN_MS:
            break
        bucket = (first + number) % stores.settings.buckets
        sessions += _end_idle(stores, bucket, before_ms, idle_ms)
        sync_bucket(stores, bucket, remaining_ms)
        players += _settle(stores, bucket)
    return Cleaned(sessions, players)


def _end_idle(stores: Stores, bucket: int, before_ms: int, idle_ms: int) -> int:
    ended = 0
    while silent := stores.hot_sync.silent(bucket, before_ms, AT_ONCE):
        done = sum(stores.hot.end_session(player, session, idle_ms=idle_ms) for player, session in silent)
        ended += done
        if len(silent) < AT_ONCE or not done:
            break
    return ended


def _settle(stores: Stores, bucket: int) -> int:
    """Moves ended sessions into the history, then drops them, then the players with nothing left; how many went."""
    evicted = 0
    for ids in batches(stores.hot_sync.to_settle(bucket), AT_ONCE):
        found = stores.hot_sync.ended_sessions(ids)
        stores.counters.put_history([line for rows in found.values() for _, line in rows])
        evicted += sum(stores.hot_sync.settle(player_id, rows) for player_id, rows in found.items())
    return evicted
