"""How much an inbox keeps, and for how long."""

from __future__ import annotations

from collections.abc import Iterable

from tapstack.inbox.model import Notice
from tapstack.platform.calendar import DAY_MS

KEPT_MS = 30 * DAY_MS
KEPT = 100
"""The newest are shown and kept; older ones are deleted when the player reads."""

MOST_PEOPLE = 20
"""In one notice; of more, those who came first. So nobody's friends, however many, can fill an inbox."""


def newest(notices: Iterable[Notice], now_ms: int) -> list[Notice]:
    """The notices that are not too old, newest first: DynamoDB takes its time to delete what has expired."""
    fresh = [notice for notice in notices if notice.at_ms > now_ms - KEPT_MS]
    return sorted(fresh, key=lambda notice: (notice.at_ms, notice.kind, notice.key), reverse=True)
