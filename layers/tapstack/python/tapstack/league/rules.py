"""Who plays whom in the league, and who goes up and down at the end of a week.

Last week's board decides everything, so planning it again gives the same league: players of a tier are put into
divisions by their place in that week, the best into the first one. A player without taps goes down a tier a week, and
leaves the league from the lowest: a league of players who have gone would be no contest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tapstack.league.model import TIERS, Division, Moved, Placing, Seat, Zone

DIVISION = 50
"""The most players of a division."""

MOVING = 5
"""One player of so many goes up, and one goes down."""

PLAYERS_A_TIER = 20
"""The league opens another tier for each so many players: in a small one they would sit alone in their tiers."""


STEPS = {Zone.UP: 1, Zone.STAY: 0, Zone.DOWN: -1}
MOVED = {Zone.UP: Moved.UP, Zone.STAY: Moved.STAYED, Zone.DOWN: Moved.DOWN}


class Moves(NamedTuple):
    """How many of a division go up and down."""

    up: int
    down: int


class Plan(NamedTuple):
    """The divisions of a week; `name` is the same for the same divisions, and differs for others."""

    name: str
    tiers_open: int
    divisions: list[Division]


def tiers_open(players: int) -> int:
    """How many tiers a league of so many players has."""
    return min(len(TIERS), 1 + players // PLAYERS_A_TIER)


def moves(tier: int, players: int, tiers: int) -> Moves:
    """How many of a division of so many players go up and down, where so many tiers are open."""
    moving = players // MOVING
    return Moves(moving if tier + 1 < tiers else 0, moving if tier else 0)


def zone(rank: int, clicks: int, players: int, going: Moves, tier: int) -> Zone:
    """What a rank in a division of so many players leads to."""
    if tier and (not clicks or rank > players - going.down):
        return Zone.DOWN
    return Zone.UP if clicks and rank <= going.up else Zone.STAY


def plan(ranked: Sequence[str], last: Iterable[Division], last_tiers: int) -> Plan:
    """The league that follows a week: `ranked` are all who tapped in it, best first, `last` was its league."""
    place = {player_id: n for n, player_id in enumerate(ranked)}
    going: dict[str, tuple[int, Moved]] = {}
    placed: dict[str, Placing] = {}
    for division in last:
        for player_id, placing in _placed(division, place):
            placed.setdefault(player_id, placing)
        for player_id, tier, moved in _after(division, place, last_tiers):
            going.setdefault(player_id, (tier, moved))
    # a member of the lowest tier without taps is not among these: the league is over for them
    staying = {player_id: to for player_id, to in going.items() if to[0] >= 0}
    for player_id in ranked:
        staying.setdefault(player_id, (0, Moved.NEW))
    tiers = tiers_open(len(staying))
    by_tier: list[list[str]] = [[] for _ in range(tiers)]
    for player_id in sorted(staying, key=lambda i: (place.get(i, len(place)), i)):
        by_tier[min(staying[player_id][0], tiers - 1)].append(player_id)
    divisions = [
        Division(
            Seat(tier, number),
            {i: staying[i][1] for i in members},
            placed={i: placed[i] for i in members if i in placed},
        )
        for tier, players in enumerate(by_tier)
        for number, members in enumerate(_split(players), 1)
    ]
    return Plan(_name(divisions), tiers, divisions)


def _after(division: Division, place: Mapping[str, int], tiers: int) -> Iterable[tuple[str, int, Moved]]:
    """The players of a division, each with the tier that follows for them, -1 for none."""
    tier, size = division.seat.tier, len(division.members)
    going = moves(tier, size, tiers)
    for player_id, (_, rank) in _placed(division, place):
        to = zone(rank, 1, size, going, tier)
        yield player_id, tier + STEPS[to], MOVED[to]
    for player_id in division.members:
        if player_id not in place:
            yield player_id, tier - 1, Moved.DOWN


def _placed(division: Division, place: Mapping[str, int]) -> Iterable[tuple[str, Placing]]:
    """The players of a division who have tapped, the best first."""
    active = sorted((i for i in division.members if i in place), key=place.__getitem__)
    return ((player_id, Placing(division.seat.tier, rank)) for rank, player_id in enumerate(active, 1))


def _split(players: Sequence[str]) -> Iterable[Sequence[str]]:
    """The players in order, in as few divisions as they need, all of about the same size."""
    count = -(-len(players) // DIVISION)
    start = 0
    for n in range(count):
        size = len(players) // count + (n < len(players) % count)
        yield players[start : start + size]
        start += size


def _name(divisions: Sequence[Division]) -> str:
    digest = hashlib.sha256()
    for division in divisions:
        digest.update(f"{division.seat.tier}:{division.seat.division}".encode())
        for player_id, moved in division.members.items():
            placing = division.placed.get(player_id)
            digest.update(
                f",{player_id}:{moved}:{placing.tier}:{placing.rank}".encode()
                if placing
                else f",{player_id}:{moved}".encode()
            )
    return digest.hexdigest()[:12]
