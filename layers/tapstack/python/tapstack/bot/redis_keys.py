"""The names of this concept in Redis."""

from __future__ import annotations


def share_claim(player_id: str) -> str:
    """What a player claims to share their score: it is there while they may not do so again."""
    return f"share:{player_id}"
