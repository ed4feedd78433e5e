"""The names of the league in Redis: copies of what DynamoDB has, for quick reads."""

from __future__ import annotations

CURRENT = "league:current"
"""The league whose seats are in Redis (JSON); absent until they are."""

PROGRESS = "league:progress"
"""How many divisions of a plan are stored: the plan of a week, and that number."""


def seats(week: int, buckets: int) -> list[str]:
    """The seats of a week, one hash a bucket: `tier:division` by player."""
    return [f"{{b{bucket:02d}}}:league:{week}" for bucket in range(buckets)]


def names(week: int, plan: str, tier: int, division: int, version: int) -> str:
    """What others see of a division's members (JSON), by the version of the division, for a minute."""
    return f"league:shown:{week}:{plan}:{tier}:{division}:{version}"
