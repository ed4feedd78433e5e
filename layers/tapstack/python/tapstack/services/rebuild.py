"""Boards and totals after Redis has lost them, from DynamoDB, in the background, while play goes on."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from tapstack.domain.identity import bucket_of
from tapstack.services import moderation
from tapstack.stores import keys

if TYPE_CHECKING:
    from tapstack.services.stores import Stores

LEASE_MS = 30_000
"""Renewed with every page. Two rebuilds at once would only do the same thing twice."""


def rebuild_if_cold(stores: Stores) -> int:
    """Restores the boards of emptied buckets; how many players it put back. Nothing to do costs one round trip.

    Whoever plays meanwhile is on the board already, with newer clicks: such a player stays as is.
    """
    cold = set(stores.hot_sync.cold_buckets())
    if not cold:
        return 0
    token = secrets.token_hex(8)
    if not stores.hot.claim(keys.REBUILD_LEASE, LEASE_MS, token):
        return 0
    try:
        moderation.hide_all(stores)
        restored = 0
        for page in stores.counters.scan():
            rows = [c for c in page if bucket_of(c.player_id, stores.settings.buckets) in cold]
            restored += stores.hot_sync.restore(rows)
            stores.hot_periods.rank(rows, stores.clock())
            stores.hot.hold(keys.REBUILD_LEASE, token, LEASE_MS)
        stores.hot_sync.mark_warm(cold, token)
    finally:
        stores.hot.hold(keys.REBUILD_LEASE, token, 0)
    return restored
