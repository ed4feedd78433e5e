"""The names of the claims of privacy."""

from __future__ import annotations


def export(player_id: str) -> str:
    """Claimed by a player who exports their data, while they may not do so again."""
    return f"export:{player_id}"
