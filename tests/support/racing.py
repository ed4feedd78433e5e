"""Many at once, and time that only moves when a test says so."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")


def race(workers: int, work: Callable[[int], T]) -> list[T]:
    """What each of so many threads got, all let go at the same moment; raises what any of them raised."""
    gate = Barrier(workers)

    def run(number: int) -> T:
        gate.wait()
        return work(number)

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(run, range(workers)))


class ManualClock:
    """Milliseconds since 1970, from now on, or a given time, moved by hand."""

    def __init__(self, now_ms: int | None = None) -> None:
        self.now_ms = time.time_ns() // 1_000_000 if now_ms is None else now_ms

    def __call__(self) -> int:
        return self.now_ms

    def advance(self, seconds: float) -> None:
        self.now_ms += round(seconds * 1_000)
