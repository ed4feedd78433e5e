"""Lists among what players share, in the order in which something is to be done about their items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.economy.model import SharedChange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapstack.economy.ports import SharedItems

AT_ONCE = 100
"""Items of one read."""


def sort_of(at_ms: int) -> str:
    """The place of an item about which something is to be done at a time (ms)."""
    return f"{at_ms:015d}"


def until(items: SharedItems, name: str, at_ms: int) -> Iterator[tuple[int, str]]:
    """The items of a list up to a time, each with its own, the first one first; a page is read when it is needed."""
    after = ""
    while True:
        page = items.listed(name, "", after, AT_ONCE)
        for sort, key in page:
            if int(sort) > at_ms:
                return
            yield int(sort), key
        if len(page) < AT_ONCE:
            return
        after = "\n".join(page[-1])


def put_off(key: str, name: str, at_ms: int) -> SharedChange:
    """Has an item come at another time, if it is still on the list."""
    return SharedChange(key, put={"sort": sort_of(at_ms)}, where={"list": name})
