"""Many at once, work beside a test, and time that only moves when a test says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event
from typing import TypeVar

from tapstack.platform.clock import system_clock

from support import midnight

T = TypeVar("T")


def race(workers: int, work: Callable[[int], T]) -> list[T]:
    """What each of so many threads got, all let go at the same moment; raises what any of them raised."""
    gate = Barrier(workers)

    def run(number: int) -> T:
        gate.wait()
        return work(number)

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(run, range(workers)))


@contextmanager
def beside(*works: Callable[[], object]) -> Iterator[None]:
    """Does each piece of work again and again, at least once, in a thread of its own for the time of a with-block.

    The threads end however the block ends; what any of them raised is raised after it.
    """
    over = Event()

    def again(work: Callable[[], object]) -> None:
        work()
        while not over.is_set():
            work()

    with ThreadPoolExecutor(len(works)) as pool:
        running = [pool.submit(again, work) for work in works]
        try:
            yield
        finally:
            over.set()
    for one in running:
        one.result()


class ManualClock:
    """Milliseconds since 1970, from now on, or a given time, moved by hand."""

    def __init__(self, now_ms: int | None = None) -> None:
        self.now_ms = midnight.start_ms(system_clock()) if now_ms is None else now_ms

    def __call__(self) -> int:
        return self.now_ms

    def advance(self, seconds: float) -> None:
        self.now_ms += round(seconds * 1_000)
