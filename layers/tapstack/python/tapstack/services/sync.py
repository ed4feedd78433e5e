"""Saving: changed players from Redis to DynamoDB, each as one item, at least once."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tapstack.domain.state import Counter
from tapstack.stores import keys
from tapstack.stores.dynamo import ITEMS_A_CALL, ItemsRefused, batches

if TYPE_CHECKING:
    from tapstack.services.stores import Stores

log = logging.getLogger(__name__)

MARGIN_MS = 5_000
"""Time that a run leaves itself to end in order."""


def sync_all(stores: Stores, remaining_ms: Callable[[], int]) -> int:
    """Saves the dirty players of all buckets; how many items it wrote. A bucket that another holds is left to it.

    `remaining_ms` is how long this run may still go on; what it doesn't get to waits for the next.
    """
    return sum(sync_bucket(stores, bucket, remaining_ms) for bucket in range(stores.settings.buckets))


def sync_bucket(stores: Stores, bucket: int, remaining_ms: Callable[[], int]) -> int:
    """Saves a bucket's dirty players. Killed at any point, it loses nothing and repeats harmlessly.

    Players leave the set aside only once they are written, and who taps meanwhile is dirty again. The lease ends
    after the platform has ended this run: a holder that hangs can't come back and write what is old by then.
    """
    token = secrets.token_hex(8)
    if remaining_ms() < MARGIN_MS:
        return 0
    left = stores.hot_sync.begin(bucket, token, remaining_ms() + 1_000)
    written = 0
    try:
        while left > 0 and remaining_ms() > MARGIN_MS:
            ids, counters = stores.hot_sync.waiting(bucket)
            save(stores, counters)
            stores.hot_periods.rank(counters, stores.clock())
            written += len(counters)
            left = stores.hot_sync.finish(bucket, token, ids)
    finally:
        if left >= 0:
            stores.hot.hold(keys.SYNC_LEASE[bucket], token, 0)
    return written


def save(stores: Stores, counters: Sequence[Counter]) -> None:
    """Writes counters in calls of 25; one item that DynamoDB refuses is reported and holds up nobody else."""
    for batch in batches(counters, ITEMS_A_CALL):
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
