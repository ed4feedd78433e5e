"""The names of the boards in Redis. The all-time board's are play's: a tap updates it."""

from __future__ import annotations


def published(name: str) -> str:
    """A leaderboard as its readers get it (JSON), by the name of its BoardId."""
    return f"board:{name}"


BOARD = published("all")


def period(kind: str, number: int, buckets: int) -> list[str]:
    """The boards of one day, week or month, one a bucket: sorted sets of who tapped in it, by score."""
    return [f"{{b{bucket:02d}}}:{kind}:{number}" for bucket in range(buckets)]


def metric(name: str, kind: str, number: int, buckets: int) -> list[str]:
    """The boards of a metric, one a bucket: sorted sets of who has any of it, ever (kind `all`) or in a period."""
    return [f"{{b{bucket:02d}}}:m:{name}:{kind}:{number}" for bucket in range(buckets)]


def newcomers(kind: str, number: int, buckets: int) -> list[str]:
    """Who has come onto the board of a period, one set a bucket: kept until the league has looked at them."""
    return [f"{key}:new" for key in period(kind, number, buckets)]


METRICS_ARCHIVED = "boards:archived"
"""The day up to whose start all boards by metric are archived."""

COMPLETION = "boards:completion"
"""Hash: the token of the completion in progress, and the cursor that it has reached."""


def complete(bucket: int) -> str:
    """The day up to which a bucket's boards by metric are complete; lost together with them."""
    return f"{{b{bucket:02d}}}:m:complete"


def completing(bucket: int) -> str:
    """The token of the completion in progress of a bucket."""
    return f"{{b{bucket:02d}}}:m:completing"
