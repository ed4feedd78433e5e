"""A player's level: a function of the score alone, so nothing about it is stored.

Level n begins at 10 (n - 1)² taps: the first level-up comes with the tenth tap, each level takes 20 taps more than the
one before, and no level is the last. The Mini App computes the same (miniapp/src/game/levels.ts); the examples in
miniapp/tests/game/progress.json hold the two together.
"""

from __future__ import annotations

from math import isqrt

FIRST_LEVEL_TAPS = 10


def level_of(score: int) -> int:
    """The level of a player with this score, from 1."""
    return 1 + isqrt(score // FIRST_LEVEL_TAPS)


def level_starts_at(level: int) -> int:
    """The least score of a level."""
    return FIRST_LEVEL_TAPS * (level - 1) ** 2
