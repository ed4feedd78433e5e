"""Schedule expressions of EventBridge: `rate(...)` and `cron(...)`, in UTC.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

_RATE = re.compile(r"rate\((\d+) (minute|minutes|hour|hours|day|days)\)")
_UNIT_S = {"minute": 60, "hour": 3600, "day": 86400}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_FIELDS = (  # name, lowest, highest, names and the number of the first
    ("minutes", 0, 59, (), 0),
    ("hours", 0, 23, (), 0),
    ("day of month", 1, 31, (), 0),
    ("month", 1, 12, _MONTHS, 1),
    ("day of week", 1, 7, _DAYS, 1),
    ("year", 1970, 2199, (), 0),
)
_SEARCH_DAYS = 8 * 366

Next = Callable[[datetime], datetime | None]


@dataclass(frozen=True)
class _Cron:
    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    years: frozenset[int]

    def day_fits(self, day: datetime) -> bool:
        # Python's Monday is 0; EventBridge's Sunday is 1.
        weekday = (day.weekday() + 1) % 7 + 1
        fits = day.year in self.years and day.month in self.months
        return fits and day.day in self.days and weekday in self.weekdays

    def after(self, moment: datetime) -> datetime | None:
        """Return the first fitting minute later than `moment`, or None within the next eight years."""
        start = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
        for offset in range(_SEARCH_DAYS):
            day = start.replace(hour=0, minute=0) + timedelta(days=offset)
            if self.day_fits(day):
                earliest = start if offset == 0 else day
                if found := self._time_on(earliest):
                    return found
        return None

    def _time_on(self, earliest: datetime) -> datetime | None:
        for hour in sorted(self.hours):
            for minute in sorted(self.minutes):
                moment = earliest.replace(hour=hour, minute=minute)
                if moment >= earliest:
                    return moment
        return None


def parse_schedule(expression: str) -> Next:
    """Return the function from a moment (UTC, aware) to the next firing; ValueError says what is wrong."""
    if match := _RATE.fullmatch(expression):
        period = timedelta(seconds=int(match[1]) * _UNIT_S[match[2].rstrip("s")])
        if not period:
            raise ValueError(f"{expression!r}: a rate is at least 1")
        return lambda moment: moment + period
    if expression.startswith("cron(") and expression.endswith(")"):
        return _cron(expression).after
    raise ValueError(f"{expression!r} is neither rate(...) nor cron(...)")


def _cron(expression: str) -> _Cron:
    fields = expression[5:-1].split()
    if len(fields) != len(_FIELDS):
        raise ValueError(f"{expression!r}: cron has six fields")
    sets = []
    for text, (name, low, high, names, first) in zip(fields, _FIELDS, strict=True):
        try:
            sets.append(_field(text.upper(), low, high, {n: i + first for i, n in enumerate(names)}))
        except ValueError:
            raise ValueError(f"{expression!r}: {name} {text!r} is not supported") from None
    return _Cron(*sets)


def _field(text: str, low: int, high: int, names: dict[str, int]) -> frozenset[int]:
    if text in ("*", "?"):
        return frozenset(range(low, high + 1))
    values: set[int] = set()
    for part in text.split(","):
        span, slash, step = part.partition("/")
        first, dash, last = span.partition("-")
        start = low if first == "*" else _number(first, names)
        end = _number(last, names) if dash else (high if slash or first == "*" else start)
        if not low <= start <= end <= high or (slash and int(step) < 1):
            raise ValueError
        values.update(range(start, end + 1, int(step) if slash else 1))
    return frozenset(values)


def _number(text: str, names: dict[str, int]) -> int:
    return names[text] if text in names else int(text)
