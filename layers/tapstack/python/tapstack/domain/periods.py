"""Days, weeks and months of the game, in UTC: their numbers, names and bounds, and what a player did in each.

A player's clicks in a period are their clicks now less those at its start, the base. So a tap writes one number,
and all periods follow; only the first tap of a day moves bases. The scripts in stores/lua compute the same numbers;
a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from tapstack.errors import BadRequest

DAY_MS = 86_400_000
_EPOCH = date(1970, 1, 1)
_MONDAY_OFFSET = 3
"""1970-01-01 was a Thursday; weeks start on Monday, as in ISO 8601."""


class Period(StrEnum):
    """A kind of period; `number` counts its periods since 1970."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def number(self, day: int) -> int:
        """The number of the period that a day is in."""
        if self is Period.DAY:
            return day
        if self is Period.WEEK:
            return (day + _MONDAY_OFFSET) // 7
        on = _EPOCH + timedelta(days=day)
        return (on.year - 1970) * 12 + on.month - 1

    def number_at(self, at_ms: int) -> int:
        """The number of the period that a time (ms since 1970) is in."""
        return self.number(at_ms // DAY_MS)

    def first_day(self, number: int) -> date:
        if self is Period.DAY:
            return _EPOCH + timedelta(days=number)
        if self is Period.WEEK:
            return _EPOCH + timedelta(days=number * 7 - _MONDAY_OFFSET)
        return date(1970 + number // 12, number % 12 + 1, 1)

    def start_ms(self, number: int) -> int:
        """When a period starts, which is when the one before it ends."""
        return int(datetime.combine(self.first_day(number), datetime.min.time(), UTC).timestamp()) * 1_000

    def label(self, number: int) -> str:
        """`2026-11-21`, `2026-W47` or `2026-11`: names sort as their periods follow each other."""
        first = self.first_day(number)
        if self is Period.DAY:
            return first.isoformat()
        if self is Period.WEEK:
            year, week, _ = first.isocalendar()
            return f"{year}-W{week:02d}"
        return f"{first.year}-{first.month:02d}"

    def parse(self, name: str) -> int:
        """The number of the period of a name; raises BadRequest for a name of no such period."""
        try:
            if self is Period.DAY:
                first = date.fromisoformat(name)
            elif self is Period.WEEK:
                year, _, week = name.partition("-W")
                first = date.fromisocalendar(int(year), int(week), 1)
            else:
                first = date.fromisoformat(f"{name}-01")
            number = self.number((first - _EPOCH).days)
            if self.label(number) == name:
                return number
        except (ValueError, OverflowError):
            pass
        raise BadRequest(f"this is no {self} as {self.label(676)}", code="validation_failed", field="name")


@dataclass(frozen=True, slots=True)
class Done:
    """What a player did in a period: `number` says which, `at_ms` when the last of it was."""

    number: int
    clicks: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class Periods:
    """A player's bases since their last counted day, and what they did in the last period of each kind before it."""

    day: int
    bases: tuple[int, int, int]
    before: tuple[Done | None, Done | None, Done | None] = (None, None, None)

    def done(self, clicks: int, at_ms: int) -> Iterator[tuple[Period, Done]]:
        """All that is known of a player with so many clicks, the last of them at a time."""
        for period, base, before in zip(Period, self.bases, self.before, strict=True):
            yield period, Done(period.number(self.day), clicks - base, at_ms)
            if before:
                yield period, before

    def packed(self) -> str:
        """All but the day, as the scripts keep it.

        Three bases, number:clicks:time for each kind before (or 0:0:0), and the number of the month of the day.
        """
        rows = [f"{d.number}:{d.clicks}:{d.at_ms}" if d else "0:0:0" for d in self.before]
        return ":".join([*map(str, self.bases), *rows, str(Period.MONTH.number(self.day))])

    @classmethod
    def unpack(cls, day: int, packed: str) -> Periods:
        """What `packed` has packed."""
        n = [int(part) for part in packed.split(":")]
        before = [Done(*n[i : i + 3]) if n[i] else None for i in (3, 6, 9)]
        return cls(day, (n[0], n[1], n[2]), (before[0], before[1], before[2]))
