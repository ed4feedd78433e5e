"""All saved counters, for an operator's work on the whole game."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from tapstack.platform.retries import Retry, once

if TYPE_CHECKING:
    from tapstack.admin.ports import CounterPagePorts
    from tapstack.play.model import Counter


def pages(
    ports: CounterPagePorts, unreadable: Callable[[str, str], object] | None = None, retry: Retry = once
) -> Iterator[list[Counter]]:
    """All saved counters, page by page; `unreadable` is called with each id that can't be read, and why;
    by default they are logged. `retry` repeats a page that fails.
    """
    cursor: str | None = None
    while True:
        page, cursor = retry(partial(_page, ports, cursor, unreadable))
        yield page
        if cursor is None:
            return


def _page(
    ports: CounterPagePorts, cursor: str | None, unreadable: Callable[[str, str], object] | None
) -> tuple[list[Counter], str | None]:
    if unreadable is None:
        return ports.counters.scan_page(cursor)
    return ports.counters.scan_page(cursor, unreadable=unreadable)
