"""Counters that only grow, and what they stood at when each period began: progress is their difference.

Nothing is written when a period begins. The first growth in a new period moves its base; until then a reader sees that
the base belongs to another period, and that nothing has grown in this one.
"""

from __future__ import annotations

from functools import lru_cache

from tapstack.economy.model import Mark, Tally
from tapstack.platform.calendar import DAY_MS, Period

_MONTHS = 12
"""Of a year: the number of a month, divided by it, is the number of its year."""

NEVER, UNMARKED = Tally(), Mark()
"""A counter that has never grown, and its mark."""


def numbers_at(now_ms: int) -> tuple[int, int, int]:
    """The numbers of the day, the week and the month that a time is in."""
    return numbers_on(now_ms // DAY_MS)


@lru_cache(64)
def numbers_on(day: int) -> tuple[int, int, int]:
    """The numbers of a day, its week and its month."""
    return Period.DAY.number(day), Period.WEEK.number(day), Period.MONTH.number(day)


def grown(old: Tally, by: int, numbers: tuple[int, int, int]) -> Tally:
    """A counter after it has grown, in the periods of these numbers."""
    total = old.total
    day, week, month = numbers
    if old.day == day:
        return Tally(total + by, day, old.at_day, week, old.at_week, month, old.at_month)
    at_week = old.at_week if old.week == week else total
    return Tally(total + by, day, total, week, at_week, month, old.at_month if old.month == month else total)


def marked(mark: Mark, old: Tally, now_ms: int, month: int) -> Mark:
    """The mark of a counter that has grown in a month, and was `old` before."""
    same_year = old.month == month or old.month // _MONTHS == month // _MONTHS
    return Mark(now_ms if now_ms > mark.at_ms else mark.at_ms, mark.at_year if same_year else old.total)


def progress(tally: Tally, period: Period, now_ms: int) -> int:
    """How much a counter has grown in the period that a time is in."""
    day, week, month = numbers_at(now_ms)
    if period == "day":
        return tally.total - tally.at_day if tally.day == day else 0
    if period == "week":
        return tally.total - tally.at_week if tally.week == week else 0
    return tally.total - tally.at_month if tally.month == month else 0
