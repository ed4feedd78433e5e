"""What a player did in each day, week and month.

A player's clicks in a period are their clicks now less those at its start, the base. So a tap writes one number,
and all periods follow; only the first tap of a day moves bases. The scripts in lua/ compute the same numbers;
a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tapstack.platform.calendar import Period

_PACKED = 13
"""Numbers in `Periods.packed`."""


@dataclass(frozen=True, slots=True)
class PeriodTotal:
    """What a player did in a period: `number` says which, `at_ms` when the last of it was."""

    number: int
    clicks: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class Periods:
    """A player's bases since their last counted day, and what they did in the last period of each kind before it.

    `tail` is what a newer release has put behind that, whole numbers with a colon before each: kept as it is.
    """

    day: int
    bases: tuple[int, int, int]
    before: tuple[PeriodTotal | None, PeriodTotal | None, PeriodTotal | None] = (None, None, None)
    tail: str = ""

    def done(self, clicks: int, at_ms: int) -> Iterator[tuple[Period, PeriodTotal]]:
        """All that is known of a player with so many clicks, the last of them at a time."""
        for period, base, before in zip(Period, self.bases, self.before, strict=True):
            yield period, PeriodTotal(period.number(self.day), clicks - base, at_ms)
            if before:
                yield period, before

    def packed(self) -> str:
        """All but the day, as the scripts keep it.

        Three bases, number:clicks:time for each kind before (or 0:0:0), and the number of the month of the day.
        """
        rows = [f"{d.number}:{d.clicks}:{d.at_ms}" if d else "0:0:0" for d in self.before]
        return ":".join([*map(str, self.bases), *rows, str(Period.MONTH.number(self.day))]) + self.tail

    @classmethod
    def unpack(cls, day: int, packed: str) -> Periods:
        """What `packed` has packed."""
        parts = packed.split(":")
        n = [int(part) for part in parts[:_PACKED]]
        before = [PeriodTotal(*n[i : i + 3]) if n[i] else None for i in (3, 6, 9)]
        tail = "".join(f":{part}" for part in parts[_PACKED:])
        return cls(day, (n[0], n[1], n[2]), (before[0], before[1], before[2]), tail)
