"""Broadcasts in memory."""

from __future__ import annotations


class MemoryBroadcasts:
    """The broadcasts of a game that never sent one."""

    def received(self, _: int) -> dict[str, str]:
        return {}
