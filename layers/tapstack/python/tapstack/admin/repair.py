"""Corrects the boards after a fault, from what players have live or else saved. For operators."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tapstack.admin.saved_counters import pages
from tapstack.leaderboards.periods import rank_changed
from tapstack.platform.retries import Retry, once
from tapstack.play.model import Refusal
from tapstack.play.taps import tickets

if TYPE_CHECKING:
    from tapstack.admin.ports import RepairPorts
    from tapstack.play.model import Counter


def repair_boards(ports: RepairPorts, seen: Callable[[int], None] = lambda _: None, retry: Retry = once) -> int:
    """Corrects every entry of the boards; how many of the all-time board were wrong.

    `seen` is called with the number of players just looked at.
    """
    corrected = 0
    for page in pages(ports, retry=retry):
        corrected += sum(_repair(ports, counter) for counter in page)
        ports.period_boards.rank(page, ports.clock())
        seen(len(page))
    rank_changed(ports)
    return corrected


def _repair(ports: RepairPorts, saved: Counter) -> bool:
    """Corrects one entry. A page is old by the time its last row is looked at, so what would change is read again."""
    player_id = saved.player_id
    outcome = ports.live_admin.repair(player_id, saved.clicks, saved.last_tap_at_ms)
    if outcome is not Refusal.STALE:
        return bool(outcome)
    for ticket in tickets(ports, player_id):
        now = ports.counters.get(player_id)
        outcome = ports.live_admin.repair(player_id, now.clicks, now.last_tap_at_ms, ticket) if now else False
        if outcome is not Refusal.STALE:
            break
    return bool(outcome)
