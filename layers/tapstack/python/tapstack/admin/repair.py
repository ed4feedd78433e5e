"""Corrects the boards after a fault, from what players have live or else saved. For operators."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tapstack.admin.saved_counters import pages
from tapstack.play.model import Refusal
from tapstack.play.taps import tickets

if TYPE_CHECKING:
    from tapstack.play.model import Counter
    from tapstack.ports import Stores


def repair_boards(stores: Stores, seen: Callable[[int], None] = lambda _: None) -> int:
    """Corrects every entry of the boards; how many of the all-time board were wrong.

    `seen` is called with the number of players just looked at.
    """
    corrected = 0
    for page in pages(stores):
        corrected += sum(_repair(stores, counter) for counter in page)
        stores.period_boards.rank(page, stores.clock())
        seen(len(page))
    stores.period_boards.rank_changed(stores.clock())
    return corrected


def _repair(stores: Stores, saved: Counter) -> bool:
    """Corrects one entry. A page is old by the time its last row is looked at, so what would change is read again."""
    player_id = saved.player_id
    outcome = stores.live_admin.repair(player_id, saved.clicks, saved.last_tap_at_ms)
    if outcome is not Refusal.STALE:
        return bool(outcome)
    for ticket in tickets(stores, player_id):
        now = stores.counters.get(player_id)
        outcome = stores.live_admin.repair(player_id, now.clicks, now.last_tap_at_ms, ticket) if now else False
        if outcome is not Refusal.STALE:
            break
    return bool(outcome)
