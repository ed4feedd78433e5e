"""Saving: changed players from Redis to DynamoDB, each as one item, at least once."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tapstack.platform.dynamo import ITEMS_A_CALL, ItemsRefused, batches
from tapstack.platform.errors import StoreUnavailable
from tapstack.play import redis_keys as keys
from tapstack.play.model import Counter

if TYPE_CHECKING:
    from tapstack.ports import Stores

log = logging.getLogger(__name__)

MARGIN_MS = 5_000
"""Time that a run leaves itself to end in order."""

AT_ONCE = 20 * ITEMS_A_CALL
"""Players read, written and dropped in one round: a killed run repeats at most so many."""

REPORTED_EVERY_MS = 6 * 3_600_000
"""Who can't be saved is tried again every few minutes, but reported only so often."""


def sync_all(stores: Stores, remaining_ms: Callable[[], int]) -> int:
    """Saves the dirty players of all buckets; how many items it wrote. A bucket that another holds is left to it.

    `remaining_ms` is how long this run may still go on; what it doesn't get to waits for the next.
    """
    return sync_buckets(stores, range(stores.settings.buckets), remaining_ms)


def sync_bucket(stores: Stores, bucket: int, remaining_ms: Callable[[], int]) -> int:
    """Saves the dirty players of one bucket, as sync_all does."""
    return sync_buckets(stores, [bucket], remaining_ms)


def sync_buckets(stores: Stores, buckets: Iterable[int], remaining_ms: Callable[[], int]) -> int:
    """Saves the dirty players of buckets. Killed at any point, it loses nothing and repeats harmlessly.

    Players stay in flight until they are written, and who taps meanwhile is dirty again. The leases end after the
    platform has ended this run: a holder that hangs can't come back and write what is old by then. Rounds are filled
    across buckets, so that all calls to DynamoDB but the last are full. Who can't be saved stays in Redis, is
    reported and tried again later, and keeps nobody waiting.
    """
    token = secrets.token_hex(8)
    if remaining_ms() < MARGIN_MS:
        return 0
    left: dict[int, int] = {}
    written = 0
    try:
        for bucket in buckets:
            in_flight = stores.saving.begin(bucket, token, remaining_ms() + 1_000)
            if in_flight >= 0:
                left[bucket] = in_flight
        while any(count > 0 for count in left.values()) and remaining_ms() > MARGIN_MS:
            ids = _next_round(stores, left)
            round_ids = [player_id for of_bucket in ids.values() for player_id in of_bucket]
            refused = _save_round(stores, round_ids, remaining_ms)
            for bucket, done in ids.items():
                saved = [player_id for player_id in done if player_id not in refused]
                left[bucket] = stores.saving.finish(bucket, token, saved, [i for i in done if i in refused])
                written += len(saved)
    finally:
        for bucket, count in left.items():
            if count >= 0:
                stores.leases.release(keys.SYNC_LEASE[bucket], token)
    return written


def _next_round(stores: Stores, left: Mapping[int, int]) -> dict[int, list[str]]:
    """Up to AT_ONCE players in flight, by bucket."""
    ids: dict[int, list[str]] = {}
    room = AT_ONCE
    for bucket, count in left.items():
        if count > 0 and room > 0:
            ids[bucket] = stores.saving.waiting(bucket, room)
            room -= len(ids[bucket])
    return ids


def _save_round(stores: Stores, player_ids: Sequence[str], remaining_ms: Callable[[], int]) -> dict[str, str]:
    """Saves players and ranks them for the periods; those who can't be saved, with the reason.

    They are reported, and hold up nobody else.
    """
    reading = stores.saving.read_each(player_ids)
    refused = {bad.player_id: f"can't be read: {bad.reason}" for bad in reading.unreadable}
    fields = {bad.player_id: bad.fields for bad in reading.unreadable}
    for counter, reason in save(stores, reading.counters, remaining_ms):
        refused[counter.player_id] = f"DynamoDB refuses the item: {reason}"
        fields[counter.player_id] = _fields(counter)
    stores.period_boards.rank(reading.counters, stores.clock())
    for player_id, reason in refused.items():
        _report(stores, player_id, reason, fields[player_id])
    return refused


def save(stores: Stores, counters: Sequence[Counter], remaining_ms: Callable[[], int]) -> list[tuple[Counter, str]]:
    """Writes counters in calls of 25; those that DynamoDB refuses, each with the reason. All others are written.

    Raises StoreUnavailable, before a call, once the time is over: on Lambda a run has ended by then, but a process
    that was stopped and goes on finds that its leases have run out, and others have written newer counts. What is
    left is the time between this look and the call: a write of 25 items can't depend on what is there.
    """
    refused: list[tuple[Counter, str]] = []
    for batch in batches(counters, ITEMS_A_CALL):
        if remaining_ms() <= 0:
            raise StoreUnavailable("this run has taken too long: its leases have run out", retry_after_s=1)
        refused += _put(stores, batch)
    return refused


def _put(stores: Stores, counters: Sequence[Counter]) -> list[tuple[Counter, str]]:
    """By halves, so that one refused item among 25 costs ten calls and not 26."""
    try:
        stores.counters.put(counters)
    except ItemsRefused as error:
        if len(counters) == 1:
            return [(counters[0], str(error))]
        half = len(counters) // 2
        return _put(stores, counters[:half]) + _put(stores, counters[half:])
    return []


def _fields(counter: Counter) -> dict[str, Any]:
    """What a dead letter says of a counter: its sessions last, as they are what may be too much."""
    sessions = {f"session {key}": [s.taps, s.started_at_ms, s.ended_at_ms] for key, s in counter.sessions.items()}
    return {
        "clicks": counter.clicks,
        "spent_us": counter.spent_us,
        "last_tap_at_ms": counter.last_tap_at_ms,
        "periods": [counter.periods.day, counter.periods.packed()] if counter.periods else None,
        "pressed": counter.pressed,
        **sessions,
    }


def _report(stores: Stores, player_id: str, reason: str, fields: Mapping[str, Any]) -> None:
    """Tells an operator of a player who can't be saved, once in REPORTED_EVERY_MS as soon as the queue takes it."""
    claim = keys.refusal_claim(player_id)
    if stores.leases.claim(claim, REPORTED_EVERY_MS):
        log.error("player %s can't be saved: %.500s", player_id, reason)
        if not stores.sync_queue.dead_letter(player_id, reason, fields):
            stores.leases.release(claim, "1")
