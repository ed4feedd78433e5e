"""Prizes of the league: for the place in the week that is over, as its closed table has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.league.model import TIERS

if TYPE_CHECKING:
    from tapstack.goals.ports import PrizePorts
    from tapstack.league.model import League, Seat


def place(
    ports: PrizePorts, league: League | None, seat: Seat | None, week: int, player_id: str
) -> tuple[str, int] | None:
    """The tier that a player was in and their rank there in the week before one, None where they had no place.

    A division keeps how its members have come into it, as long as its own week runs.
    """
    if league is None or seat is None or league.week != week:
        return None
    division = ports.league.get(league, seat)
    placing = division.placed.get(player_id) if division else None
    return (str(TIERS[placing.tier]), placing.rank) if placing else None
