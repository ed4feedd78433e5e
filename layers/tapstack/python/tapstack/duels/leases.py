"""The names of the leases of duels."""

from __future__ import annotations


def score(duel_id: str) -> str:
    """Claimed by whoever draws the score of a duel in its group: not too often."""
    return f"duels:score:{duel_id}"
