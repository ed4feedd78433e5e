"""The keys of goals in Redis."""

from __future__ import annotations


def holders(achievement: str, tier: int) -> str:
    """HyperLogLog of the players who have claimed a tier of an achievement."""
    return f"{{goals}}:have:{achievement}:{tier}"
