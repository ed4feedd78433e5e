"""Scores that are celebrated: 100, 1,000, 10,000 and so on, every power of ten from 100.

The Mini App computes the same (miniapp/src/game/milestones.ts); the examples in miniapp/tests/game/progress.json hold
the two together.
"""

from __future__ import annotations

FIRST_MILESTONE = 100


def last_milestone(score: int) -> int:
    """The highest milestone that this score has reached, 0 where there is none.

    A player whose score went from one number to another has passed a milestone where this differs between the two.
    """
    return 10 ** (len(str(score)) - 1) if score >= FIRST_MILESTONE else 0


def next_milestone(score: int) -> int:
    """The lowest milestone above this score."""
    return max(FIRST_MILESTONE, last_milestone(score) * 10)
