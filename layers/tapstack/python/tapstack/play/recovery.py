"""Boards and totals after Redis has lost them, from DynamoDB, in the background, while play goes on."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

from tapstack.moderation import moderation
from tapstack.play import redis_keys as keys
from tapstack.play.saving import MARGIN_MS
from tapstack.play.taps import ask_for
from tapstack.players.rules.identity import bucket_of

if TYPE_CHECKING:
    from tapstack.ports import Stores

LEASE_MS = 30_000
"""Renewed with every page. Two rebuilds at once would only do the same thing twice."""


def rebuild_if_cold(stores: Stores, remaining_ms: Callable[[], int]) -> int:
    """Restores the boards of emptied buckets; how many players it put back. Nothing to do costs one round trip.

    Whoever plays meanwhile is on the board already, with newer clicks: such a player stays as is. What takes longer
    than one run may is gone on with in the next. Redis may be lost again meanwhile: a bucket that has forgotten who
    rebuilds it stays cold, and the next run begins anew.
    """
    cold = stores.saving.cold_buckets()
    holder = secrets.token_hex(8)
    if not cold or not stores.leases.claim(keys.REBUILD_LEASE, LEASE_MS, holder):
        return 0
    try:
        return _restore(stores, cold, holder, remaining_ms)
    finally:
        stores.leases.release(keys.REBUILD_LEASE, holder)


def _restore(stores: Stores, cold: list[int], holder: str, remaining_ms: Callable[[], int]) -> int:
    token, cursor = stores.saving.rebuild_under_way(cold) or (holder, None)
    if cursor is None:
        moderation.hide_all(stores)
        stores.saving.mark_rebuilding(cold, token)
        moderation.hide_all(stores)
    restored = 0
    while True:
        page, cursor = stores.counters.scan_page(cursor)
        rows = [c for c in page if bucket_of(c.player_id, stores.settings.buckets) in cold]
        restored += stores.saving.restore(rows, token)
        stores.period_boards.rank(rows, stores.clock())
        if cursor is None:
            stores.saving.mark_warm(cold, token)
            return restored
        stores.saving.mark_progress(token, cursor)
        stores.leases.extend(keys.REBUILD_LEASE, holder, LEASE_MS)
        if remaining_ms() < MARGIN_MS:
            ask_for(stores, "rebuild")
            return restored
