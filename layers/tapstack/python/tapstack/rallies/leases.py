"""The names of the leases of rallies."""

from __future__ import annotations


def bar(rally_id: str) -> str:
    """Claimed by whoever draws the bar of a rally in its group: not too often."""
    return f"rallies:bar:{rally_id}"
