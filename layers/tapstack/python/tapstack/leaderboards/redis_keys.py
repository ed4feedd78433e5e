"""The names of the boards in Redis."""

from __future__ import annotations

BOARD = "board:all"
"""The public leaderboard as its readers get it (JSON)."""

BOARD_LEASE = "board:lease"

PERIODS_LEASE = "board:periods:lease"
"""Who has it brings the boards of days, weeks and months up to date, for everybody who looks at one."""

BOARD_LATER = "board:later"


def period(kind: str, number: int, buckets: int) -> list[str]:
    """The boards of one day, week or month: sorted sets of who tapped in it, by score."""
    return [f"{{b{bucket:02d}}}:{kind}:{number}" for bucket in range(buckets)]


def period_board(kind: str) -> str:
    """The leaderboard of the current day, week or month as its readers get it (JSON)."""
    return f"board:{kind}"
