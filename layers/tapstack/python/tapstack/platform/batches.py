"""Work in batches, as stores take it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeVar

ITEMS_A_CALL = 25
"""BatchWriteItem's limit: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html"""

T = TypeVar("T")


class ItemsRefused(Exception):
    """DynamoDB will never take at least one of these items, however often they are sent."""


def batches(items: Sequence[T], size: int) -> Iterator[list[T]]:
    """The items in order, in lists of at most `size`."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
