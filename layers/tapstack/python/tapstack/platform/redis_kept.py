"""Values that Redis keeps for a while, so that who asks again needs no other store.

What is about to change is forgotten first, and for a moment not kept again: so what was read before the change is not
kept after it, and a change that is cut short leaves nothing old. What is read is to be kept at once.
"""

from __future__ import annotations

from typing import Any

CHANGING_MS = 20_000
"""Longer than a change in DynamoDB and a read beside it may take, with what `dynamo_client.py` tries again."""


def keep(pipe: Any, key: str, value: str, for_ms: int) -> None:
    """Keeps a value, unless it is changing."""
    pipe.set(key, value, px=for_ms, nx=True)


def forget(pipe: Any, key: str) -> None:
    """Forgets a value that is about to change."""
    pipe.set(key, "", px=CHANGING_MS)
