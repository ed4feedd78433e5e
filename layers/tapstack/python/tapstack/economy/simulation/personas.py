"""Kinds of players: when they play, how much they tap, and what they do with their coins."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Persona:
    """A kind of player.

    `share` is a part of all players, `visits` the visits on a day, `taps` the taps of a visit (from, to), `varies` by
    how much (per cent) players of a kind tap more or less than that, `plays` the chance to play on a day at all. One
    who `invests` buys what earns before anything else; one who `spends` goes on buying while there are coins for
    something, and one who `calculates` uses as many boosts as pay. `claims` is the chance to check in on a day and to
    claim whatever is ready then.
    """

    name: str
    share: float
    visits: int
    taps: tuple[int, int]
    plays: float
    varies: int = 40
    invests: bool = True
    spends: bool = True
    calculates: bool = False
    claims: float = 1.0


IDLE = Persona("idle", 0.55, 1, (20, 120), 0.35, invests=False, spends=False, claims=0.1)
CASUAL = Persona("casual", 0.347, 2, (200, 900), 0.8, claims=0.35)
REGULAR = Persona("regular", 0.10, 4, (1_200, 2_600), 1.0, claims=0.8)
BOT = Persona("bot", 0.001, 15, (3_000, 3_000), 1.0, varies=0, calculates=True)
"""Taps 25 times a second for as long as there is energy, and finds out what pays."""

RING = Persona("ring", 0.002, 4, (1_200, 2_600), 1.0, claims=0.8)
"""Twenty accounts of one person; there is no way to give another anything, which the report shows."""

PERSONAS = (IDLE, CASUAL, REGULAR, BOT, RING)
