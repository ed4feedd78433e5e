"""Shortcuts in MiniStack's DynamoDB: the same answers for half of the work that a batch of counters takes.

MiniStack takes each number apart digit by digit, about eight times per write, checks each item of a batch twice, and
sums up capacity units that nobody has asked for. Nothing here decides anything: what is not plain goes the long way.
"""

from collections.abc import Callable
from typing import Any

_PLAIN_DIGITS = 30
"""Below DynamoDB's 38, with room for a carry."""


def is_plain(text: object) -> bool:
    """Whether text is a whole number as DynamoDB itself would write it: digits, and no zero before them."""
    return (
        type(text) is str
        and len(text) <= _PLAIN_DIGITS
        and text.isascii()
        and text.isdigit()
        and (text[0] != "0" or text == "0")
    )


def install(dynamodb: Any) -> None:
    """Change the functions of MiniStack's `dynamodb` module; raises AttributeError where it has them no more."""
    dynamodb._number_error = _plain_or(dynamodb._number_error, lambda _: None)
    dynamodb._ddb_canonicalize_number = _plain_or(dynamodb._ddb_canonicalize_number, lambda text: text)
    dynamodb._number_size_bytes = _plain_or(dynamodb._number_size_bytes, _size)
    batch = _Batch(dynamodb._batch_write_item, dynamodb._validate_item, dynamodb._accumulate_write_capacity)
    dynamodb._batch_write_item = batch.write
    dynamodb._validate_item = batch.validate
    dynamodb._accumulate_write_capacity = batch.add_capacity


def _plain_or(long_way: Callable[[Any], Any], short_way: Callable[[str], Any]) -> Callable[[Any], Any]:
    def answer(text: Any) -> Any:
        return short_way(text) if is_plain(text) else long_way(text)

    return answer


def _size(text: str) -> int:
    """Bytes of a plain number: one, and one for each two digits, in pairs from the decimal point."""
    digits = text.rstrip("0")
    if not digits:
        return 1
    zeros = len(text) - len(digits)
    digits_in_pairs = len(digits) + zeros % 2
    return 1 + (digits_in_pairs + 1) // 2


class _Batch:
    """The functions of a batch, which MiniStack's event loop runs in one step: so this knows which batch it is at."""

    def __init__(
        self, write: Callable[[Any], Any], validate: Callable[..., Any], add_capacity: Callable[..., None]
    ) -> None:
        self._write, self._validate, self._add_capacity = write, validate, add_capacity
        self._valid: set[int] | None = None
        self._asked = True

    def write(self, data: Any) -> Any:
        self._valid, self._asked = set(), data.get("ReturnConsumedCapacity", "NONE") != "NONE"
        try:
            return self._write(data)
        finally:
            self._valid, self._asked = None, True

    def validate(self, item: Any, *rest: Any, **named: Any) -> Any:
        """The refusal of an item, None for a valid one: the second time in a batch it is the same object."""
        if self._valid is not None and id(item) in self._valid:
            return None
        refusal = self._validate(item, *rest, **named)
        if refusal is None and self._valid is not None:
            self._valid.add(id(item))
        return refusal

    def add_capacity(self, *of: Any) -> None:
        if self._asked:
            self._add_capacity(*of)
