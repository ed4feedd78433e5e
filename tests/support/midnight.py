"""Tests that look at boards of a day, kept off the moment at which the day changes (UTC)."""

from __future__ import annotations

from tapstack.platform.calendar import DAY_MS

MARGIN_MS = 30_000
"""The longest that a test by the real clock takes between a tap and a look at a period's board."""

MANUAL_MARGIN_MS = 900_000
"""How far tests move a manual clock that has started at the real time."""


def wait_ms(now_ms: int) -> int:
    """How long a test by the real clock waits before it begins: to the next day, if that is near."""
    left_ms = DAY_MS - now_ms % DAY_MS
    return left_ms + 1 if left_ms <= MARGIN_MS else 0


def start_ms(now_ms: int) -> int:
    """Where a manual clock starts: now, or just after midnight, if that is near.

    A little ahead of the real time does no harm: what Telegram has signed is then a few minutes old.
    """
    left_ms = DAY_MS - now_ms % DAY_MS
    return now_ms + left_ms + 1 if left_ms <= MANUAL_MARGIN_MS else now_ms
