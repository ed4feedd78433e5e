"""The names of the leases of conversations."""

from __future__ import annotations


def conversation(user_id: int) -> str:
    """Held while one update of a person is handled."""
    return f"chat:{user_id}:lock"
