"""Keeping factions: brings boards and levels up to date, and closes the contests of weeks that are over.

Run every minute. Each step may be cut short, run twice or run late, and is then done again, to the same end: a count
begins with those that the last run has not finished.
"""

from __future__ import annotations

import logging
import secrets
from time import monotonic
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tapstack.factions import leases, rules
from tapstack.factions.access import room_of
from tapstack.factions.answers import card
from tapstack.factions.changing import hide
from tapstack.factions.closing import close_due
from tapstack.factions.counting import visible
from tapstack.factions.model import Stored
from tapstack.live.events import FactionLevelReached
from tapstack.platform.calendar import Period
from tapstack.platform.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapstack.factions.ports import KeepFactionsPorts, TappedPorts
    from tapstack.play.model import Counter

log = logging.getLogger(__name__)

BUDGET_S = 15.0
WARM_BUDGET_S = 5.0
"""A run begins no more factions after these; the next one continues."""

LEASE_MS = 55_000
AT_ONCE = 20
PERIODS = (Period.DAY, Period.WEEK, Period.MONTH)


def heard(ports: TappedPorts, counted: Sequence[Counter]) -> None:
    """Notes whose members have tapped; never raises, for it is told by who saves taps."""
    try:
        ports.live_factions.tapped([counter.player_id for counter in counted])
    except StoreUnavailable as error:
        log.info("counted later: %s", error.message)


def keep(ports: KeepFactionsPorts) -> int:
    """Counts the factions whose members have tapped, and closes last week's contests; how many it has counted.

    Nothing happens while players are being recovered: those who are missing would count for nothing.
    """
    holder = secrets.token_hex(8)
    if ports.saving.cold_buckets() or not ports.leases.claim(leases.KEEP, LEASE_MS, holder):
        return 0
    done, postponed = 0, None
    try:
        for step in (_warm, _count, _close):
            try:
                done += step(ports)
            except StoreUnavailable as error:  # the next step may find what it needs
                log.warning("%s is left to the next run: %s", step.__name__.strip("_"), error.message)
                postponed = error
    finally:
        ports.leases.release(leases.KEEP, holder)
    if postponed:
        raise postponed
    return done


def _warm(ports: KeepFactionsPorts, *, budget_s: float = WARM_BUDGET_S) -> int:
    """Says of all players where they belong: after Redis was lost, and each quarter of a day for what it has missed."""
    if ports.live_factions.warm():
        return 0
    after, deadline_s = ports.live_factions.warming(), monotonic() + budget_s
    while True:
        page, after = ports.factions.page(after)
        for stored in page:
            ports.live_factions.belongs(dict.fromkeys(stored.faction.members, stored.faction.id))
        if not after:
            ports.live_factions.warmed()
            return 0
        ports.live_factions.record_warming(after)
        if monotonic() >= deadline_s:
            return 0


def _close(ports: KeepFactionsPorts) -> int:
    close_due(ports)
    return 0


def _count(ports: KeepFactionsPorts) -> int:
    deadline_s, done = monotonic() + BUDGET_S, 0
    waiting = ports.live_factions.take()
    while waiting and monotonic() < deadline_s:
        batch, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
        found = ports.factions.get_many(batch)
        for stored in found.values():
            _show(ports, stored)
        for faction_id in set(batch) - found.keys():
            hide(ports, faction_id)  # it was dissolved, perhaps while the last run showed it
        ports.live_factions.finish(batch)
        done += len(batch)
    return done


def _show(ports: KeepFactionsPorts, stored: Stored) -> None:
    faction, now_ms = stored.faction, ports.clock()
    catalogue = ports.catalogues.current()
    counted = visible(ports, list(faction.members))
    level = max(faction.level, catalogue.factions.level_of(rules.paid(faction, counted)))
    if level > faction.level:
        faction = replace(faction, level=level)
        if ports.factions.write(ports.factions.changed(stored, faction)):
            ports.live.to_room(room_of(faction.id), FactionLevelReached(level=level))
        else:
            ports.live_factions.changed(faction.id)  # the next run counts it as it is by then
    week = Period.WEEK.number_at(now_ms)
    boards: list[tuple[Period | None, int]] = [(None, 0), *((one, one.number_at(now_ms)) for one in PERIODS)]
    ports.live_factions.show(
        card(faction),
        {board: rules.score(faction, counted, *board) for board in boards},
        {(week, of): taps for of, taps in rules.claimed(faction, counted, week).items()},
        [territory.id for territory in catalogue.territories],
    )
