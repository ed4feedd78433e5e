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

NEVER, _UNMARKED = Tally(), Mark()
"""A counter that has never grown, and its mark."""


def numbers_at(now_ms: int) -> tuple[int, int, int]:
    """The numbers of the day, the week and the month that a time is in."""
    return numbers_on(now_ms // DAY_MS)


@lru_cache(64)
def numbers_on(day: int) -> tuple[int, int, int]:
    """The numbers of a day, its week and its month."""
    return Period.DAY.number(day), Period.WEEK.number(day), Period.MONTH.number(day)


def grown(tallies: dict[str, Tally], name: str, by: int, numbers: tuple[int, int, int]) -> dict[str, Tally]:
    """The counters after one of them has grown, in the periods of these numbers."""
    if by <= 0:
        return tallies
    old = tallies.get(name, NEVER)
    day, week, month = numbers
    new = Tally(
        old.total + by,
        day,
        old.at_day if old.day == day else old.total,
        week,
        old.at_week if old.week == week else old.total,
        month,
        old.at_month if old.month == month else old.total,
    )
    return {**tallies, name: new}


def marked(
    marks: dict[str, Mark], name: str, old: Tally, now_ms: int, numbers: tuple[int, int, int]
) -> dict[str, Mark]:
    """The marks after a counter has grown that was `old` before."""
    mark, same_year = marks.get(name, _UNMARKED), old.month // _MONTHS == numbers[2] // _MONTHS
    return {**marks, name: Mark(max(now_ms, mark.at_ms), mark.at_year if same_year else old.total)}


def progress(tally: Tally, period: Period, now_ms: int) -> int:
    """How much a counter has grown in the period that a time is in."""
    day, week, month = numbers_at(now_ms)
    if period == "day":
        return tally.total - tally.at_day if tally.day == day else 0
    if period == "week":
        return tally.total - tally.at_week if tally.week == week else 0
    return tally.total - tally.at_month if tally.month == month else 0
