"""What a player did in each day, week, month and year.

A player's clicks in a period are their clicks now less those at its start, the base. So a tap writes one number,
and all periods follow; only the first tap of a day moves bases. The scripts in lua/ compute the same numbers;
a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from tapstack.platform.calendar import Period

_FIRST = 13
"""Numbers in `Periods.packed` before those of the year, which came later."""

_PACKED = 17
_MONTHS = 12


class PeriodTotal(msgspec.Struct, frozen=True):
    """What a player did in a period: `number` says which, `at_ms` when the last of it was."""

    number: int
    clicks: int
    at_ms: int


class Periods(msgspec.Struct, frozen=True):
    """A player's bases since their last counted day, and what they did in the last period of each kind before it.

    The year stands apart: a player of an older release has no base of it until the first tap of the next day. `tail` is
    what a newer release has put behind all that, whole numbers with a colon before each: kept as it is.
    """

    day: int
    bases: tuple[int, int, int]
    before: tuple[PeriodTotal | None, PeriodTotal | None, PeriodTotal | None] = (None, None, None)
    tail: str = ""
    year_base: int | None = None
    year_before: PeriodTotal | None = None

    def done(self, clicks: int, at_ms: int) -> Iterator[tuple[Period, PeriodTotal]]:
        """All that is known of a player with so many clicks, the last of them at a time."""
        bases, all_before = (*self.bases, self.base_of_year()), (*self.before, self.year_before)
        for period, base, before in zip(Period, bases, all_before, strict=True):
            yield period, PeriodTotal(period.number(self.day), clicks - base, at_ms)
            if before:
                yield period, before

    def base_of_year(self) -> int:
        """The clicks at the start of the year; where nobody has recorded them, at the start of what is known of it."""
        if self.year_base is not None:
            return self.year_base
        base, month = self.bases[2], self.before[2]
        same_year = month and month.number // _MONTHS == Period.MONTH.number(self.day) // _MONTHS
        return base - month.clicks if month and same_year else base

    def packed(self) -> str:
        """All but the day, as the scripts keep it.

        Three bases, number:clicks:time for each kind before (or 0:0:0), and the number of the month of the day; then,
        unless the player is an older release's, base and number:clicks:time of the year.
        """
        rows = [_packed(done) for done in self.before]
        first = ":".join([*map(str, self.bases), *rows, str(Period.MONTH.number(self.day))])
        if self.year_base is None:
            return first
        return f"{first}:{self.year_base}:{_packed(self.year_before)}{self.tail}"

    @classmethod
    def unpack(cls, day: int, packed: str) -> Periods:
        """What `packed` has packed."""
        parts = packed.split(":")
        n = [int(part) for part in parts[:_PACKED]]
        before = [PeriodTotal(*n[i : i + 3]) if n[i] else None for i in (3, 6, 9)]
        of_all = (n[0], n[1], n[2]), (before[0], before[1], before[2])
        if len(parts) <= _FIRST:
            return cls(day, *of_all)
        year = PeriodTotal(n[14], n[15], n[16])
        tail = "".join(f":{part}" for part in parts[_PACKED:])
        return cls(day, *of_all, tail, n[13], year if year.number else None)


def _packed(done: PeriodTotal | None) -> str:
    return f"{done.number}:{done.clicks}:{done.at_ms}" if done else "0:0:0"
