"""The names of the boards in Redis. The all-time board's are play's: a tap updates it."""

from __future__ import annotations

ALL_TIME = "all"


def published(period: str) -> str:
    """A leaderboard as its readers get it (JSON)."""
    return f"board:{period}"


BOARD = published(ALL_TIME)


def period(kind: str, number: int, buckets: int) -> list[str]:
    """The boards of one day, week or month, one a bucket: sorted sets of who tapped in it, by score."""
    return [f"{{b{bucket:02d}}}:{kind}:{number}" for bucket in range(buckets)]


def newcomers(kind: str, number: int, buckets: int) -> list[str]:
    """Who has come onto the board of a period, one set a bucket: kept until the league has looked at them."""
    return [f"{key}:new" for key in period(kind, number, buckets)]
