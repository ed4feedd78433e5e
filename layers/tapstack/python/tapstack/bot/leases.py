"""The names of the bot's claims."""

from __future__ import annotations


def share(player_id: str) -> str:
    """Claimed by a player who shares their score, while they may not do so again."""
    return f"share:{player_id}"
