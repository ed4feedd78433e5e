"""The time, injected, so that limits and expiries are tested without waiting."""

import time
from typing import Protocol


class Clock(Protocol):
    """Answers the time in seconds since the epoch."""

    def now(self) -> float:
        """The time in seconds."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """The time in seconds."""
        return time.time()


class ManualClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now_s: float = 1_800_000_000.0) -> None:
        self.now_s = now_s

    def now(self) -> float:
        """The time in seconds."""
        return self.now_s

    def advance(self, seconds: float) -> None:
        """Move forward by `seconds`."""
        self.now_s += seconds
