"""What a player sees of the league: their division, with this week's taps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import UNSET

from tapstack.http.recent import Recent
from tapstack.leaderboards import periods
from tapstack.league import rules
from tapstack.league.model import (
    TIERS,
    Division,
    DivisionView,
    League,
    LeagueRow,
    LeagueStatus,
    LeagueView,
    Moved,
    Seat,
    Tier,
)
from tapstack.platform.calendar import Period
from tapstack.play.rules.score import clicks_of
from tapstack.players.model import Shown
from tapstack.players.rules.public_names import public_name

if TYPE_CHECKING:
    from tapstack.league.ports import ReadLeaguePorts, SeatPorts

KEPT_MS = 10_000
"""How long a process keeps the members of a division."""

KEPT_AT_ONCE = 256

Names = Mapping[str, Shown]
"""The usernames of those members of a division whom everybody may see."""


class LeagueReader:
    """One process's reads."""

    def __init__(self) -> None:
        self._members: Recent[tuple[Division, Names] | None] = Recent(keep_ms=KEPT_MS, most=KEPT_AT_ONCE)

    def view(self, ports: ReadLeaguePorts, player_id: str) -> LeagueView:
        """A player's division. Their own clicks are exact, those of others about 5 s old at most."""
        now_ms = ports.clock()
        week = Period.WEEK.number_at(now_ms)
        name, ends_at_s = Period.WEEK.label(week), Period.WEEK.start_ms(week + 1) // 1_000
        own = periods.own_score(ports, player_id, Period.WEEK, week)
        clicks = clicks_of(own)
        league, seat = ports.live_league.seat(week, player_id)
        if league is None or league.week != week:
            return LeagueView(LeagueStatus.CLOSING, name, ends_at_s, clicks)
        found = self._read(ports, league, seat, now_ms) if seat else None
        if found is None or seat is None:
            status = LeagueStatus.ENTERING if clicks else LeagueStatus.OUTSIDE
            return LeagueView(status, name, ends_at_s, clicks)
        division, names = found
        periods.rank_changed_at_times(ports)
        going = rules.moves(seat.tier, len(division.members), league.tiers_open)
        rows = _rows(ports, week, division, names, player_id, own, going)
        view = DivisionView(
            TIERS[seat.tier],
            seat.division,
            next(row.rank for row in rows if row.id == player_id),
            division.members.get(player_id, Moved.NEW),
            going.up,
            TIERS[seat.tier + 1] if going.up else None,
            going.down,
            TIERS[seat.tier - 1] if seat.tier else None,
            rows,
        )
        return LeagueView(LeagueStatus.PLAYING, name, ends_at_s, clicks, view)

    def _read(self, ports: ReadLeaguePorts, league: League, seat: Seat, now_ms: int) -> tuple[Division, Names] | None:
        def read() -> tuple[Division, Names] | None:
            division = ports.league.get(league, seat)
            return (division, _names(ports, league, division)) if division else None

        return self._members.get((league, seat), now_ms, read)


def _names(ports: ReadLeaguePorts, league: League, division: Division) -> Names:
    """Read once in a while for all who look at a division: fifty accounts are the dearest part of it."""
    names = ports.live_league.names(league, division)
    if names is None:
        players = ports.players.get_many(list(division.members))
        names = {i: player.shown for i, player in players.items() if not player.hidden}
        ports.live_league.keep_names(league, division, names)
    return names


def _rows(
    ports: ReadLeaguePorts,
    week: int,
    division: Division,
    names: Names,
    own_id: str,
    own: float,
    going: rules.Moves,
) -> list[LeagueRow]:
    """The division by score. Hidden players are left out, but for themselves; among equals the caller is first."""
    scores = ports.live_league.scores(week, [i for i in division.members if i != own_id and i in names])
    above = [row for row in scores if row[1] > own]
    order = [*above, (own_id, own), *scores[len(above) :]]
    return [
        LeagueRow(
            rank,
            player_id,
            shown.username,
            public_name(player_id, shown.username),
            clicks_of(score),
            rules.zone(rank, clicks_of(score), len(division.members), going, division.seat.tier),
            shown.title or UNSET,
            shown.looks or UNSET,
        )
        for rank, (player_id, score) in enumerate(order, 1)
        for shown in (names.get(player_id, Shown()),)
    ]


def seat_of(ports: SeatPorts, player_id: str) -> tuple[Tier, int] | None:
    """The tier and the number of a player's division this week, None for a player without one."""
    week = Period.WEEK.number_at(ports.clock())
    league, seat = ports.live_league.seat(week, player_id)
    return (TIERS[seat.tier], seat.division) if seat and league and league.week == week else None
