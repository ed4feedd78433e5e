"""The names of this concept in Redis."""

from __future__ import annotations


def samples(bucket: int, player_id: str) -> str:
    """The clicks of a player as they were sampled each minute."""
    return f"{{b{bucket:02d}}}:samples:{player_id}"
