"""The names of leases and claims in play: of all callers, one does the work."""

from __future__ import annotations

from tapstack.play.model import Work

RECOVERY = "rebuild:lease"
"""Held by the run that recovers the boards."""

SYNC_LATER = "sync:later"
"""Claimed to ask for a second sync while another run has players in flight."""


def due(work: Work) -> str:
    """Claimed to ask for work that is due, once for all buckets."""
    return f"{work}:claim"


def window(number: int) -> str:
    """Claimed to schedule the sync at a window's end, once for all buckets."""
    return f"sync:window:{number}"


def unsaved_report(player_id: str) -> str:
    """Claimed to report a player who can't be saved, while that need not be said again."""
    return f"refused:{player_id}"


def sync(bucket: int) -> str:
    """Held while a bucket's players are saved, or one of them is erased. The scripts of saving take it as a key."""
    return f"{{b{bucket:02d}}}:lease"
