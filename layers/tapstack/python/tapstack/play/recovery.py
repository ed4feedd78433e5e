"""Recovers boards and totals that Redis has lost, from DynamoDB, in the background, while play goes on."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

from tapstack.play import leases
from tapstack.play.saving import MARGIN_MS
from tapstack.play.taps import ask_for
from tapstack.players.rules.identity import bucket_of

if TYPE_CHECKING:
    from tapstack.play.ports import RecoveryPorts

LEASE_MS = 30_000
"""Renewed with every page. Two recoveries at once would only do the same work twice."""


def recover_boards(ports: RecoveryPorts, remaining_ms: Callable[[], int], *, hide_players: Callable[[], object]) -> int:
    """Restores the boards of emptied buckets; returns how many players it put back.

    Where no bucket is cold, that costs one round trip. A player who plays meanwhile is on the board already, with
    newer clicks, and stays as is. A recovery that takes longer than one run resumes in the next. Redis may be lost
    again meanwhile: a bucket that has forgotten its recovery stays cold, and the next run starts over.
    `hide_players` keeps those off the boards who are hidden: Redis has forgotten them, too.
    """
    cold = ports.saving.cold_buckets()
    holder = secrets.token_hex(8)
    if not cold or not ports.leases.claim(leases.RECOVERY, LEASE_MS, holder):
        return 0
    try:
        return _restore(ports, cold, holder, remaining_ms, hide_players)
    finally:
        ports.leases.release(leases.RECOVERY, holder)


def _restore(
    ports: RecoveryPorts,
    cold: list[int],
    holder: str,
    remaining_ms: Callable[[], int],
    hide_players: Callable[[], object],
) -> int:
    cursor: str | None
    if interrupted := ports.saving.recovery_in_progress(cold):
        token, cursor = interrupted
    else:
        token, cursor = holder, None
        hide_players()
        ports.saving.begin_recovery(cold, token)
        hide_players()
    restored = 0
    while True:
        page, cursor = ports.counters.scan_page(cursor)
        counters = [c for c in page if bucket_of(c.player_id, ports.settings.play.buckets) in cold]
        restored += ports.saving.restore(counters, token)
        ports.period_boards.rank(counters, ports.clock())
        if cursor is None:
            ports.saving.finish_recovery(cold, token)
            return restored
        ports.saving.record_progress(token, cursor)
        ports.leases.extend(leases.RECOVERY, holder, LEASE_MS)
        if remaining_ms() < MARGIN_MS:
            ask_for(ports, "rebuild")
            return restored
