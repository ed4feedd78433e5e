"""One number per player that orders the leaderboard: more clicks first, then who got there first.

A score is `clicks + f` with 0 < f < 1, where f falls as time goes on. A double has 53 bits: a small count
leaves room for milliseconds, a billion clicks for minutes. So a rank is a plain count of higher scores.
The scripts compute the same number (lua/shared/score.lua); a test holds the two together.
"""

from __future__ import annotations

from math import floor

from tapstack.platform.calendar import GAME_EPOCH_MS

TIE_SPAN_MS = 2**41
"""How long f takes from 1 to 0: 69 years."""


def score_of(clicks: int, reached_at_ms: int) -> float:
    """The leaderboard score of a count that was reached at a time (ms since 1970)."""
    return clicks + 1 - (reached_at_ms - GAME_EPOCH_MS) / TIE_SPAN_MS


def clicks_of(score: float) -> int:
    """The count of clicks in a leaderboard score."""
    return floor(score)
