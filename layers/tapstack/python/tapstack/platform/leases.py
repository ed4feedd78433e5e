"""Leases: of all callers, one does the work.

Claims that nobody releases limit how often something happens; leases that are held exclude others for a while. Both
are kept by platform/redis_leases.py; their names are in the `leases.py` of each concept.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from typing import Protocol

from tapstack.platform.errors import StoreUnavailable


class Claims(Protocol):
    """Claims by name: True for one caller within a time."""

    def claim(self, name: str, for_ms: int, holder: str = "1") -> bool: ...


class Leases(Claims, Protocol):
    """Claims that only their holder extends and releases."""

    def extend(self, name: str, holder: str, for_ms: int) -> bool: ...
    def release(self, name: str, holder: str) -> bool: ...


Retries = Generator[None, None, None]
"""Yields whenever it is time to try again."""


@contextmanager
def held(
    leases: Leases, name: str, for_ms: int, retries: Retries, unavailable: str, *, retry_after_s: int = 1
) -> Iterator[None]:
    """Holds a lease for a with-block; raises StoreUnavailable where another holder keeps it through all `retries`."""
    holder = secrets.token_hex(8)
    with closing(retries) as moments:
        claimed = leases.claim(name, for_ms, holder) or any(leases.claim(name, for_ms, holder) for _ in moments)
    if not claimed:
        raise StoreUnavailable(unavailable, retry_after_s=retry_after_s)
    try:
        yield
    finally:
        leases.release(name, holder)


def every(pause_s: float, times: int, sleep: Callable[[float], object] = time.sleep) -> Retries:
    """A number of retries with a pause before each."""
    for _ in range(times):
        sleep(pause_s)
        yield
