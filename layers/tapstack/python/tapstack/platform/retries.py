"""How long work waits for a store that is unavailable: functions don't, operators do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

Result = TypeVar("Result")


class Retry(Protocol):
    """Does something repeatable, again and again while it raises StoreUnavailable; raises the last of them."""

    def __call__(self, act: Callable[[], Result], /) -> Result: ...


def once(act: Callable[[], Result], /) -> Result:
    """Does it once."""
    return act()
