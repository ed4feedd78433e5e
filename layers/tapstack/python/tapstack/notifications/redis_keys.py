"""The names of reminders in Redis."""

from __future__ import annotations

WALK = "reminders:walk"
"""Hash: when the current walk began (ms), and its cursor, "" once it is over."""


def seen(buckets: int) -> list[str]:
    """What the last walk has seen of players, by player: `<clicks>:<rank>:<reminded_at_ms>`; one hash a bucket."""
    return [f"{{b{bucket:02d}}}:reminders" for bucket in range(buckets)]
