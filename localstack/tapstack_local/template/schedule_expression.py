"""Schedule expressions of EventBridge: `rate(...)`.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
"""

import re
from datetime import timedelta

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}


def parse_rate(expression: str) -> timedelta:
    """Return the time from one firing to the next; ValueError says what is wrong."""
    match = _RATE.fullmatch(expression)
    if match is None:
        raise ValueError(f"{expression!r} is not a rate such as rate(5 minutes); cron(...) does not run here")
    period = int(match[1]) * _UNITS[match[2]]
    if not period:
        raise ValueError(f"{expression!r}: a rate is at least 1")
    return period
