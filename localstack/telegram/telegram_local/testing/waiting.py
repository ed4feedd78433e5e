"""Waiting for a condition with a deadline."""

import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")

WAIT_S = 60.0
"""Generous, for a busy machine: only reached if something is broken."""


def wait_until(what: str, probe: Callable[[], Result], timeout_s: float = WAIT_S) -> Result:
    """The first truthy result of `probe`. Raises AssertionError with `what` and the last result at the deadline."""
    deadline = time.monotonic() + timeout_s
    while not (result := probe()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {timeout_s} s: {what}; last: {result!r}")
        time.sleep(0.01)
    return result
