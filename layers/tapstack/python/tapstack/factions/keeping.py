"""Keeping factions: brings boards and levels up to date, and closes the contests of weeks that are over.

Run every minute. Each step may be cut short, run twice or run late, and is then done again, to the same end: a count
begins with those that the last run has not finished, and how a week has ended is written in one transaction, once.
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
from tapstack.factions.counting import counters
from tapstack.factions.model import Held, Stored, WeekOver
from tapstack.live.events import FactionLevelReached, TerritoryWon
from tapstack.platform.calendar import Period
from tapstack.platform.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tapstack.factions.ports import KeepFactionsPorts, TappedPorts
    from tapstack.play.model import Counter

log = logging.getLogger(__name__)

AFTER_MS = 300_000
"""How long after its end a week is closed: by then all taps of it are saved, or players count with those they have."""

BUDGET_S = 15.0
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
    try:
        if not ports.live_factions.warm():
            _warm(ports)
        done = _count(ports)
        close_due(ports)
    finally:
        ports.leases.release(leases.KEEP, holder)
    return done


def _warm(ports: KeepFactionsPorts) -> None:
    """Says of all players where they belong: after Redis was lost, and each quarter of a day for what it has missed."""
    for stored in _all(ports):
        ports.live_factions.belongs(dict.fromkeys(stored.faction.members, stored.faction.id))
    ports.live_factions.warmed()


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
    counted = _visible(ports, stored)
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


def _visible(ports: KeepFactionsPorts, stored: Stored) -> Mapping[str, Counter]:
    """The counters of the members whom others may see."""
    players = ports.players.get_many(list(stored.faction.members))
    shown = [one for one in stored.faction.members if one in players and not players[one].hidden]
    return counters(ports, shown)


def close_due(ports: KeepFactionsPorts) -> bool:
    """Closes the contests of the last week that is over, unless that is done; says whether it has.

    All that it takes is read first, and written at once: whoever is second changes nothing.
    """
    week = Period.WEEK.number_at(ports.clock() - AFTER_MS) - 1
    if ports.factions.week(week) is not None:
        return False
    contests: dict[str, list[tuple[int, int, str]]] = {}
    found: dict[str, Stored] = {}
    fighters: dict[tuple[str, str], list[str]] = {}
    places = {territory.id: territory for territory in ports.catalogues.current().territories}
    for stored in _all(ports):
        faction = stored.faction
        if faction.created_at_ms >= Period.WEEK.start_ms(week + 1):
            continue
        if not faction.claims.get(str(week)) and not any(one.territory for one in faction.members.values()):
            continue  # it contests nothing: nobody of it has to be read
        counted = _visible(ports, stored)
        for of, taps in rules.claimed(faction, counted, week).items():
            if of in places:
                contests.setdefault(of, []).append((taps, faction.created_at_ms, faction.id))
                found[faction.id] = stored
                fighters[of, faction.id] = rules.fighters(faction, counted, week, of, places[of].least)
    held = []
    for of in places:
        if of in contests:
            won = rules.winner(contests[of])
            taps = next(row[0] for row in contests[of] if row[2] == won)
            held.append(Held(of, won, found[won].faction.name, taps, len(contests[of])))
    over = WeekOver(week=week, held=tuple(held))
    if not ports.factions.close(over, {one.territory: fighters[one.territory, one.faction] for one in held}):
        return False
    for one in held:
        event = TerritoryWon(territory=one.territory, week=Period.WEEK.label(week), taps=one.taps)
        ports.live.to_room(room_of(one.faction), event)
    log.info("territories", extra={"week": Period.WEEK.label(week), "held": len(held)})
    return True


def _all(ports: KeepFactionsPorts) -> Iterator[Stored]:
    after = ""
    while True:
        page, after = ports.factions.page(after)
        yield from page
        if not after:
            return
