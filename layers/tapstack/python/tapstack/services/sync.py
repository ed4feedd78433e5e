"""Saving: changed players from Redis to DynamoDB, each as one item, at least once."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from tapstack.domain.state import Counter
from tapstack.errors import StoreUnavailable
from tapstack.stores import keys
from tapstack.stores.dynamo import ITEMS_A_CALL, ItemsRefused, batches

if TYPE_CHECKING:
    from tapstack.services.stores import Stores

log = logging.getLogger(__name__)

MARGIN_MS = 5_000
"""Time that a run leaves itself to end in order."""

AT_ONCE = 20 * ITEMS_A_CALL
"""Players read, written and dropped in one round: a killed run repeats at most so many."""


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

    Players leave the sets aside only once they are written, and who taps meanwhile is dirty again. The leases end
    after the platform has ended this run: a holder that hangs can't come back and write what is old by then.
    Rounds are filled across buckets, so that all calls to DynamoDB but the last are full.
    """
    token = secrets.token_hex(8)
    if remaining_ms() < MARGIN_MS:
        return 0
    left: dict[int, int] = {}
    written = 0
    try:
        for bucket in buckets:
            aside = stores.hot_sync.begin(bucket, token, remaining_ms() + 1_000)
            if aside >= 0:
                left[bucket] = aside
        while any(count > 0 for count in left.values()) and remaining_ms() > MARGIN_MS:
            ids = _next_round(stores, left)
            counters = stores.hot_sync.read([player_id for of_bucket in ids.values() for player_id in of_bucket])
            save(stores, counters, remaining_ms)
            stores.hot_periods.rank(counters, stores.clock())
            written += len(counters)
            for bucket, done in ids.items():
                left[bucket] = stores.hot_sync.finish(bucket, token, done)
    finally:
        for bucket, count in left.items():
            if count >= 0:
                stores.hot.hold(keys.SYNC_LEASE[bucket], token, 0)
    return written


def _next_round(stores: Stores, left: Mapping[int, int]) -> dict[int, list[str]]:
    """Up to AT_ONCE players that were set aside, by bucket."""
    ids: dict[int, list[str]] = {}
    room = AT_ONCE
    for bucket, count in left.items():
        if count > 0 and room > 0:
            ids[bucket] = stores.hot_sync.waiting(bucket, room)
            room -= len(ids[bucket])
    return ids


def save(stores: Stores, counters: Sequence[Counter], remaining_ms: Callable[[], int]) -> None:
    """Writes counters in calls of 25; one item that DynamoDB refuses is reported and holds up nobody else.

    Raises StoreUnavailable, before a call, once the time is over: on Lambda a run has ended by then, but a process
    that was stopped and goes on finds that its leases have run out, and others have written newer counts. What is
    left is the time between this look and the call: a write of 25 items can't depend on what is there.
    """
    for batch in batches(counters, ITEMS_A_CALL):
        if remaining_ms() <= 0:
            raise StoreUnavailable("this run has taken too long: its leases have run out", retry_after_s=1)
        try:
            stores.counters.put(batch)
        except ItemsRefused:
            for counter in batch:
                _save_alone(stores, counter)


def _save_alone(stores: Stores, counter: Counter) -> None:
    try:
        stores.counters.put([counter])
    except ItemsRefused as error:
        log.exception("player %s can't be saved", counter.player_id)
        stores.queue.bury(counter, str(error))
