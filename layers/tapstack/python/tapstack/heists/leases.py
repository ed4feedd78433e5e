"""The names of the leases of heists."""

from __future__ import annotations


def closing(heist_id: str) -> str:
    """Held by whoever closes a heist: thousands look at its end, and each would write all shares."""
    return f"heists:closing:{heist_id}"
