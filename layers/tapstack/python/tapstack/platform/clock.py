"""Time, as something that is handed in."""

from __future__ import annotations

import time
from collections.abc import Callable

Clock = Callable[[], int]
"""Returns the milliseconds since 1970-01-01 UTC."""


def system_clock() -> int:
    """The machine's own clock, in milliseconds since 1970-01-01 UTC."""
    return time.time_ns() // 1_000_000
