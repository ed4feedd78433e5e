"""What tells a torn read from a whole one: a sum over all parts of a player's holdings, kept with the wallet.

A transaction writes all at once, but a query may see one part from before it and another from after it:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-isolation
Each part carries the number of the entry that has written it, its mark; the wallet carries the sum over all of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

_MODULUS = 1 << 60


def weight(part: str, mark: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{part}:{mark}".encode()).digest()[:8]) % _MODULUS


def total(marks: Mapping[str, int]) -> int:
    """The sum over all parts."""
    return sum(weight(part, mark) for part, mark in marks.items()) % _MODULUS
