"""The names of this concept in Redis."""

from __future__ import annotations


def export_claim(player_id: str) -> str:
    """What a player claims to export their data, likewise."""
    return f"export:{player_id}"
