"""The names of claims on the boards: of all callers, one does the work."""

from __future__ import annotations

from tapstack.leaderboards.model import BoardId

REFRESH = "board:lease"
"""Claimed to compute the all-time board, once in a while for everybody."""

REFRESH_LATER = "board:later"
"""Claimed to ask for a computation of the all-time board as soon as it is due again."""

RANK_CHANGED = "board:periods:lease"
"""Claimed to bring the boards of all periods up to date."""


def refresh_board(board: BoardId) -> str:
    """Claimed to compute any other board of the moment."""
    return f"board:{board.name}:lease"
