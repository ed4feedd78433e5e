"""The all-time board in a process's memory: for those who serve many requests in one process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.leaderboards import all_time
from tapstack.leaderboards.operations import render
from tapstack.platform.threads import in_thread

if TYPE_CHECKING:
    from asyncio import Task

    from tapstack.leaderboards.model import RenderedBoard
    from tapstack.leaderboards.ports import BoardPorts

KEPT_MS = 1_000
"""How long it is kept: a board is up to 5 s old anyway, and so is what browsers and the CDN keep of it."""


class BoardCache:
    """One copy for a process. All callers on one event loop who find it too old wait for one read."""

    def __init__(self) -> None:
        self._kept: tuple[int, RenderedBoard] | None = None
        self._reading: Task[RenderedBoard] | None = None

    def peek(self, now_ms: int, *, version: int = 0) -> RenderedBoard | None:
        """What is kept, without asking anybody; None where it is too old, or older than a version."""
        if self._kept is None:
            return None
        read_at_ms, rendered = self._kept
        fits = 0 <= now_ms - read_at_ms < KEPT_MS and rendered.board.version >= version
        return rendered if fits else None

    def read(self, ports: BoardPorts) -> RenderedBoard:
        """The board as it is served now, which is kept; raises StoreUnavailable."""
        now_ms = ports.clock()
        board = all_time.current(ports)
        if self._kept is None or self._kept[1].board != board:
            rendered = render(board)
        else:
            rendered = self._kept[1]
        self._kept = now_ms, rendered
        return rendered

    async def get(self, ports: BoardPorts, *, version: int = 0) -> RenderedBoard:
        """What is kept, or the board as `read` gives it, read in a thread; for callers on an event loop."""
        found = self.peek(ports.clock(), version=version)
        if found:
            return found
        import asyncio

        reading = self._reading
        if reading is None or reading.done():
            reading = self._reading = asyncio.create_task(in_thread(self.read, ports))
        return await asyncio.shield(reading)
