"""Days, weeks, months and years of the game, in UTC: their numbers, names and bounds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from tapstack.platform.errors import BadRequest

GAME_EPOCH_MS = 1_735_689_600_000
"""2025-01-01T00:00:00Z: the zero of the tie-break's clock."""

DAY_MS = 86_400_000
_EPOCH = date(1970, 1, 1)
_MONDAY_OFFSET = 3
"""1970-01-01 was a Thursday; weeks start on Monday, as in ISO 8601."""


class Period(StrEnum):
    """A kind of period; `number` counts its periods since 1970."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    def number(self, day: int) -> int:
        """The number of the period that a day is in."""
        if self is _DAY:
            return day
        if self is _WEEK:
            return (day + _MONDAY_OFFSET) // 7
        on = _EPOCH + timedelta(days=day)
        return on.year - 1970 if self is Period.YEAR else (on.year - 1970) * 12 + on.month - 1

    def number_at(self, at_ms: int) -> int:
        """The number of the period that a time (ms since 1970) is in."""
        return self.number(at_ms // DAY_MS)

    def first_day(self, number: int) -> date:
        if self is Period.DAY:
            return _EPOCH + timedelta(days=number)
        if self is Period.WEEK:
            return _EPOCH + timedelta(days=number * 7 - _MONDAY_OFFSET)
        if self is Period.YEAR:
            return date(1970 + number, 1, 1)
        return date(1970 + number // 12, number % 12 + 1, 1)

    def start_ms(self, number: int) -> int:
        """When a period starts, which is when the one before it ends."""
        return int(datetime.combine(self.first_day(number), datetime.min.time(), UTC).timestamp()) * 1_000

    def end_ms(self, number: int) -> int:
        """When a period ends."""
        return self.start_ms(number + 1)

    def label(self, number: int) -> str:
        """`2026-11-21`, `2026-W47`, `2026-11` or `2026`: names sort as their periods follow each other."""
        first = self.first_day(number)
        if self is Period.DAY:
            return first.isoformat()
        if self is Period.WEEK:
            year, week, _ = first.isocalendar()
            return f"{year}-W{week:02d}"
        return f"{first.year:04d}" if self is Period.YEAR else f"{first.year}-{first.month:02d}"

    def parse(self, name: str) -> int:
        """The number of the period of a name; raises BadRequest for a name of no such period."""
        try:
            if self is Period.DAY:
                first = date.fromisoformat(name)
            elif self is Period.WEEK:
                year, _, week = name.partition("-W")
                first = date.fromisocalendar(int(year), int(week), 1)
            else:
                first = date.fromisoformat(f"{name}-01-01" if self is Period.YEAR else f"{name}-01")
            number = self.number((first - _EPOCH).days)
            if self.label(number) == name:
                return number
        except (ValueError, OverflowError):
            pass
        raise BadRequest(f"this is no {self} as {self.label(676)}", code="validation_failed", field="name")


_DAY, _WEEK = Period.DAY, Period.WEEK
