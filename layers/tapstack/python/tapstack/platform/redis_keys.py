"""The names of limits in Redis."""

from __future__ import annotations


def limit(what: str, who: str) -> str:
    """How much of what they may ask somebody (hashed) has used up, of one kind of call."""
    return f"limit:{what}:{who}"
