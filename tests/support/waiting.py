"""Waiting for what another process or thread has to do first: a condition and a deadline, never a sleep that hopes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

DEADLINE_S = 60.0
"""For a busy machine: passes at once where the condition holds, and is only reached where something is broken."""


def wait_until(what: str, probe: Callable[[], T], within_s: float = DEADLINE_S, *, every_s: float = 0.02) -> T:
    """The first truthy result of the probe; fails, naming what was awaited and the last result, when time is up."""
    deadline_s = time.monotonic() + within_s
    while not (result := probe()):
        if time.monotonic() > deadline_s:
            raise AssertionError(f"not within {within_s} s: {what}; last: {result!r}")
        time.sleep(every_s)
    return result
