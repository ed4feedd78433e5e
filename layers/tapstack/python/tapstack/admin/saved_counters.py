"""All saved counters, for an operator's work on the whole game."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tapstack.platform.errors import StoreUnavailable
from tapstack.play.dynamo_counters import log_unreadable

if TYPE_CHECKING:
    from tapstack.play.model import Counter
    from tapstack.ports import Stores

ATTEMPTS = 5


def pages(stores: Stores, unreadable: Callable[[str, str], object] = log_unreadable) -> Iterator[list[Counter]]:
    """All saved counters, page by page; `unreadable` is called with each id that can't be read, and why.

    A page that fails is read again, ATTEMPTS times in all: only the operator is waiting.
    """
    cursor: str | None = None
    while True:
        for left in reversed(range(ATTEMPTS)):
            try:
                page, cursor = stores.counters.scan_page(cursor, unreadable=unreadable)
                break
            except StoreUnavailable:
                if not left:
                    raise
        yield page
        if cursor is None:
            return
