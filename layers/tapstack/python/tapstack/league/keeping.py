"""Keeping the league: closes the week that is over, and seats who is new.

Run every minute. Each step may be cut short, run twice or run late, and is then done again, to the same end: divisions
are stored under the name of their plan, which follows from them, and nobody reads them before the plan is published.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from tapstack.leaderboards import periods
from tapstack.leaderboards.archive import AFTER_MS
from tapstack.league import rules
from tapstack.league.model import TIERS, Division, League, Moved, Seat
from tapstack.platform.calendar import Period

if TYPE_CHECKING:
    from tapstack.league.ports import KeepLeaguePorts

log = logging.getLogger(__name__)

STORED_AT_ONCE = 250
"""Divisions: a killed run repeats at most so many."""

NEWCOMERS_AT_ONCE = 500
"""Players a bucket whom one run looks at: on a Monday everybody is a newcomer to the week's board."""

BUDGET_S = 20.0
"""A run stores no more divisions after this; the next one continues."""


def keep(ports: KeepLeaguePorts) -> str | None:
    """Brings the league up to date: the week whose league has just begun, None where it has already.

    A new league begins when the board of the week before is complete, as its archive does. Nothing happens while boards
    are being recovered: players who are missing there would be relegated.
    """
    if ports.saving.cold_buckets():
        return None
    week = Period.WEEK.number_at(ports.clock() - AFTER_MS)
    league = ports.league.current()
    begun = None
    if league is None or league.week < week:
        periods.rank_changed(ports)
        following = _begin(ports, league, week)
        if following is None:
            return None
        league, begun = following, Period.WEEK.label(week)
    if ports.live_league.current() != league:
        _load(ports, league)
    _seat_newcomers(ports, league)
    _open_tiers(ports, league)
    return begun


def _begin(ports: KeepLeaguePorts, last: League | None, week: int) -> League | None:
    """Plans, stores and publishes the league of a week; None where the time was over before that was done."""
    ranked = ports.live_league.ranked(week - 1)
    plan = rules.plan(ranked, ports.league.all(last) if last else (), last.tiers_open if last else 1)
    league = League(week, plan.name, plan.tiers_open)
    stored, deadline_s = ports.live_league.stored(league), monotonic() + BUDGET_S
    while stored < len(plan.divisions):
        if monotonic() > deadline_s:
            return None
        batch = plan.divisions[stored : stored + STORED_AT_ONCE]
        ports.league.put_all(league, batch)
        stored += len(batch)
        ports.live_league.record_stored(league, stored)
    if last is None:
        ports.live_league.announce(week)
    if not ports.league.publish(league):
        return ports.league.current()
    log.info("league", extra={"week": Period.WEEK.label(week), "divisions": stored, "tiers": plan.tiers_open})
    return league


def _load(ports: KeepLeaguePorts, league: League) -> None:
    """Copies all seats of a league to where they are read: after it was published, or after a loss of Redis."""
    ports.live_league.clear_seats(league.week)
    seats = {player_id: division.seat for division in ports.league.all(league) for player_id in division.members}
    ports.live_league.put_seats(league.week, seats)
    ports.live_league.show(league)


def _seat_newcomers(ports: KeepLeaguePorts, league: League) -> None:
    """Seats players without a seat who have tapped this week, in the last division of the lowest tier and new ones.

    A division is stored before its seats are shown, one after the other: of a run that was cut short the last division
    may list players who are still newcomers here. It is read before the seats: whom another run seats meanwhile has a
    seat by then, or is in a division that has changed since.
    """
    division = ports.league.last(league, 0) or Division(Seat(0, 1), {})
    found = ports.live_league.newcomers(league.week, NEWCOMERS_AT_ONCE)
    seated = ports.live_league.seated(league.week, found)
    ports.live_league.looked_at(league.week, seated)
    waiting = sorted(set(found) - seated)
    while waiting:
        listed = [i for i in waiting if i in division.members]
        room = rules.DIVISION - len(division.members)
        new = [i for i in waiting if i not in division.members][:room]
        if new:
            division = replace(division, members={**division.members, **dict.fromkeys(new, Moved.NEW)})
            if not ports.league.replace(league, division):
                return  # another run is at it
        ports.live_league.put_seats(league.week, dict.fromkeys([*listed, *new], division.seat))
        ports.live_league.looked_at(league.week, [*listed, *new])
        done = {*listed, *new}
        waiting = [i for i in waiting if i not in done]
        division = Division(Seat(0, division.seat.division + 1), {})


def _open_tiers(ports: KeepLeaguePorts, league: League) -> None:
    """Opens tiers as the league grows: who is among the best of a first week goes up at its end, too."""
    if league.tiers_open < len(TIERS):
        tiers = rules.tiers_open(ports.live_league.count(league.week))
        if tiers > league.tiers_open:
            grown = replace(league, tiers_open=tiers)
            if ports.league.open_tiers(grown):
                ports.live_league.show(grown)
