"""Closing the contests of a week: who holds each territory, and who may claim for it.

All factions are read, page after page, for a while each minute. What was found so far is kept in Redis, and the next
run goes on from there; where Redis is lost, it begins anew. How a week has ended is written in one transaction, once.
"""

from __future__ import annotations

import logging
from time import monotonic
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tapstack.factions import rules
from tapstack.factions.access import room_of
from tapstack.factions.counting import visible
from tapstack.factions.model import Closing, Contest, Held, WeekOver
from tapstack.live.events import TerritoryWon
from tapstack.platform.calendar import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapstack.factions.model import Stored
    from tapstack.factions.ports import KeepFactionsPorts

log = logging.getLogger(__name__)

AFTER_MS = 300_000
"""How long after its end a week is closed: by then all taps of it are saved, or players count with those they have."""

BUDGET_S = 10.0
"""A run reads no more factions after this; the next one continues."""


def close_due(ports: KeepFactionsPorts, *, budget_s: float = BUDGET_S) -> bool:
    """Closes the contests of the last week that is over, unless that is done; says whether it has.

    Whoever is second changes nothing.
    """
    week = Period.WEEK.number_at(ports.clock() - AFTER_MS) - 1
    if ports.factions.week(week) is not None:
        return False
    closing = ports.live_factions.closing()
    if closing is None or closing.week != week:
        closing = Closing(week=week)
    deadline_s = monotonic() + budget_s
    while True:
        page, after = ports.factions.page(closing.after)
        best = dict(closing.best)
        for stored in page:
            _contest(ports, week, stored, best)
        if ports.saving.cold_buckets():
            return False  # Redis was lost meanwhile, and with it who is hidden
        closing = Closing(week=week, after=after, best=best)
        if not after:
            return _close(ports, closing)
        ports.live_factions.record_closing(closing)
        if monotonic() >= deadline_s:
            return False


def _contest(ports: KeepFactionsPorts, week: int, stored: Stored, best: dict[str, Contest]) -> None:
    """Has a faction contest the territories that its members have tapped for."""
    faction = stored.faction
    fighting = [one for one, member in faction.members.items() if member.territory]
    if faction.created_at_ms >= Period.WEEK.start_ms(week + 1):
        return
    if not faction.claims.get(str(week)) and not fighting:
        return  # it contests nothing: nobody of it has to be read
    counted = visible(ports, fighting)
    for of, taps in rules.claimed(faction, counted, week).items():
        place = ports.catalogues.current().territory(of)
        if place is None:
            continue
        new = Contest(faction.id, faction.name, faction.created_at_ms, taps, 1, ())
        old = best.get(of)
        if old and rules.winner([_row(old), _row(new)]) == old.faction:
            best[of] = replace(old, rivals=old.rivals + 1)
        else:
            fighters = tuple(rules.fighters(faction, counted, week, of, place.least))
            best[of] = replace(new, rivals=old.rivals + 1 if old else 1, fighters=fighters)


def _row(contest: Contest) -> tuple[int, int, str]:
    return contest.taps, contest.created_at_ms, contest.faction


def _close(ports: KeepFactionsPorts, closing: Closing) -> bool:
    week, best = closing.week, _known(ports, closing.best)
    held = tuple(Held(of, one.faction, one.name, one.taps, one.rivals) for of, one in best.items())
    if not ports.factions.close(WeekOver(week=week, held=held), {of: one.fighters for of, one in best.items()}):
        return False
    ports.live_factions.forget_closing()
    for one in held:
        event = TerritoryWon(territory=one.territory, week=Period.WEEK.label(week), taps=one.taps)
        ports.live.to_room(room_of(one.faction), event)
    log.info("territories", extra={"week": Period.WEEK.label(week), "held": len(held)})
    return True


def _known(ports: KeepFactionsPorts, best: Mapping[str, Contest]) -> dict[str, Contest]:
    """In the order of the map, without territories that have left it."""
    return {of.id: best[of.id] for of in ports.catalogues.current().territories if of.id in best}
