"""How the taps of a rally add up, and what each player may claim of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from tapstack.economy.catalogue.model import Rallies

MOST_MEMBERS = 100
"""Players in one rally: their taps are read together, whenever it is shown."""

GRACE_MS = 5_000
"""After the end, for the taps that clients are still sending."""

CLAIM_DAYS = 7
KEPT_MS = (CLAIM_DAYS + 1) * 86_400_000


class Score(NamedTuple):
    """What all have reached: `reached` is the number of the step, 0 for none; `top` the juggernaut, "" for nobody."""

    total: int
    reached: int
    top: str


def id_of(player_id: str, op: str) -> str:
    """The id of the rally that a player begins by an op: the same for a retry, and nobody can guess it."""
    return hashlib.sha256(f"rally:{player_id}:{op.lower()}".encode()).hexdigest()[:16]


def contributions(bases: Mapping[str, int], now: Mapping[str, int]) -> dict[str, int]:
    """What each has tapped since joining; whose taps are not known now, or lost, has none."""
    return {player_id: max(0, now.get(player_id, base) - base) for player_id, base in bases.items()}


def score(of: Rallies, taps: Mapping[str, int]) -> Score:
    """What so many taps have come to. Of two with as many, the one with the lower id is the juggernaut."""
    total = sum(taps.values())
    reached = sum(step.taps <= total for step in of.steps)
    earners = sorted((-n, player_id) for player_id, n in taps.items() if n >= of.least)
    return Score(total, reached, earners[0][1] if len(earners) >= of.players else "")


def may_claim(of: Rallies, taps: Mapping[str, int], player_id: str) -> bool:
    return score(of, taps).reached > 0 and taps.get(player_id, 0) >= of.least
