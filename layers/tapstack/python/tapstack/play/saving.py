"""Saving: changed players from Redis to DynamoDB, each as one item, at least once."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tapstack.platform.batches import ITEMS_A_CALL, ItemsRefused, batches
from tapstack.platform.errors import StoreUnavailable
from tapstack.play import leases
from tapstack.play.model import Counter

if TYPE_CHECKING:
    from tapstack.play.ports import SavingPorts

log = logging.getLogger(__name__)

MARGIN_MS = 5_000
"""Time that a run reserves to end in order."""

AT_ONCE = 20 * ITEMS_A_CALL
"""Players read, written and dropped in one round: a killed run repeats at most so many."""

REPORTED_EVERY_MS = 6 * 3_600_000
"""A player who can't be saved is tried again every few minutes, but reported only so often."""


Saved = Callable[[Sequence[Counter]], None]
"""Hears of counters that were just saved, maybe again; it must not raise."""


def sync_all(ports: SavingPorts, remaining_ms: Callable[[], int], hears: Saved = lambda _: None) -> int:
    """Saves the dirty players of all buckets; returns how many items it wrote. Skips buckets that another run holds.

    `remaining_ms` is how long this run may still take; what it doesn't reach waits for the next.
    """
    return sync_buckets(ports, range(ports.settings.play.buckets), remaining_ms, hears)


def sync_bucket(ports: SavingPorts, bucket: int, remaining_ms: Callable[[], int]) -> int:
    """Saves the dirty players of one bucket, as sync_all does."""
    return sync_buckets(ports, [bucket], remaining_ms)


def sync_buckets(
    ports: SavingPorts, buckets: Iterable[int], remaining_ms: Callable[[], int], hears: Saved = lambda _: None
) -> int:
    """Saves the dirty players of buckets. Killed at any point, it loses nothing and repeats harmlessly.

    Players stay in flight until they are written; whoever taps meanwhile is dirty again. The leases outlast the
    platform's limit for this run: a holder that hangs can't come back and write stale counters. Rounds are filled
    across buckets, so that all calls to DynamoDB but the last are full. A player who can't be saved stays in Redis, is
    reported and tried again later, and delays nobody.
    """
    token = secrets.token_hex(8)
    if remaining_ms() < MARGIN_MS:
        return 0
    left: dict[int, int] = {}
    written = 0
    try:
        for bucket in buckets:
            in_flight = ports.saving.begin(bucket, token, remaining_ms() + 1_000)
            if in_flight >= 0:
                left[bucket] = in_flight
        while any(count > 0 for count in left.values()) and remaining_ms() > MARGIN_MS:
            ids = _next_round(ports, left)
            round_ids = [player_id for of_bucket in ids.values() for player_id in of_bucket]
            refused = _save_round(ports, round_ids, remaining_ms, hears)
            for bucket, done in ids.items():
                saved = [player_id for player_id in done if player_id not in refused]
                left[bucket] = ports.saving.finish(bucket, token, saved, [i for i in done if i in refused])
                written += len(saved)
    finally:
        for bucket, count in left.items():
            if count >= 0:
                ports.saving.release(bucket, token)
    return written


def _next_round(ports: SavingPorts, left: Mapping[int, int]) -> dict[int, list[str]]:
    """Up to AT_ONCE players in flight, by bucket."""
    ids: dict[int, list[str]] = {}
    room = AT_ONCE
    for bucket, count in left.items():
        if count > 0 and room > 0:
            ids[bucket] = ports.saving.next_in_flight(bucket, room)
            room -= len(ids[bucket])
    return ids


def _save_round(
    ports: SavingPorts, player_ids: Sequence[str], remaining_ms: Callable[[], int], hears: Saved
) -> dict[str, str]:
    """Saves players and ranks them for the periods; reports and returns those who can't be saved, with the reason."""
    reading = ports.saving.read_each(player_ids)
    refused = {bad.player_id: f"can't be read: {bad.reason}" for bad in reading.unreadable}
    fields = {bad.player_id: bad.fields for bad in reading.unreadable}
    for counter, reason in save(ports, reading.counters, remaining_ms):
        refused[counter.player_id] = f"DynamoDB refuses the item: {reason}"
        fields[counter.player_id] = _fields(counter)
    ports.period_boards.rank(reading.counters, ports.clock())
    hears([counter for counter in reading.counters if counter.player_id not in refused])
    for player_id, reason in refused.items():
        _report(ports, player_id, reason, fields[player_id])
    return refused


def save(ports: SavingPorts, counters: Sequence[Counter], remaining_ms: Callable[[], int]) -> list[tuple[Counter, str]]:
    """Writes counters in calls of 25; returns those that DynamoDB refuses, each with the reason.

    Raises StoreUnavailable, before a call, once the time is over: on Lambda a run has ended by then, but a process
    that was suspended and resumes finds that its leases have expired, and others have written newer counts. The gap
    between this check and the call remains: a write of 25 items can't be conditional.
    """
    refused: list[tuple[Counter, str]] = []
    for batch in batches(counters, ITEMS_A_CALL):
        if remaining_ms() <= 0:
            raise StoreUnavailable("this run has taken too long: its leases have expired", retry_after_s=1)
        refused += _put(ports, batch)
    return refused


def _put(ports: SavingPorts, counters: Sequence[Counter]) -> list[tuple[Counter, str]]:
    """Bisects on refusal, so that one refused item among 25 costs ten calls and not 26."""
    try:
        ports.counters.put(counters)
    except ItemsRefused as error:
        if len(counters) == 1:
            return [(counters[0], str(error))]
        half = len(counters) // 2
        return _put(ports, counters[:half]) + _put(ports, counters[half:])
    return []


def _fields(counter: Counter) -> dict[str, Any]:
    """What a dead letter says of a counter; its sessions come last, as there may be too many."""
    sessions = {f"session {key}": [s.taps, s.started_at_ms, s.ended_at_ms] for key, s in counter.sessions.items()}
    return {
        "clicks": counter.clicks,
        "tat_us": counter.tat_us,
        "last_tap_at_ms": counter.last_tap_at_ms,
        "periods": [counter.periods.day, counter.periods.packed()] if counter.periods else None,
        "counted_update": counter.counted_update,
        "paid_taps": counter.paid_taps,
        "energy_tat_ms": counter.energy_tat_ms,
        **sessions,
    }


def _report(ports: SavingPorts, player_id: str, reason: str, fields: Mapping[str, Any]) -> None:
    """Reports a player who can't be saved to the operators, once in REPORTED_EVERY_MS."""
    claim = leases.unsaved_report(player_id)
    if ports.leases.claim(claim, REPORTED_EVERY_MS):
        log.error("player %s can't be saved: %.500s", player_id, reason)
        if not ports.sync_queue.dead_letter(player_id, reason, fields):
            ports.leases.release(claim, "1")
