"""The names of limits in Redis."""

from __future__ import annotations


def limit(what: str, who: str) -> str:
    """What a caller (hashed) has used of the limit of one kind of call."""
    return f"limit:{what}:{who}"
