"""The leaderboard in answers that are sent anyway: what has changed of it since the one that a client has."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from tapstack.leaderboards import leases
from tapstack.leaderboards.rules import EVERY_MS, change_of, is_fresh
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.threads import in_thread
from tapstack.play.model import BoardNews
from tapstack.play.taps import ask_for

if TYPE_CHECKING:
    from tapstack.leaderboards.model import Board
    from tapstack.leaderboards.ports import RidingPorts
    from tapstack.play.model import BoardChange

READ_EVERY_MS = 1_000
KEPT = 16
"""Boards that a process remembers: a client that sends every 15 s has one of the last four."""


class RecentBoards:
    """The boards that a process has seen, without I/O: the current one, and those that clients may still have.

    A version names one board (see publish_board.lua), so what has changed between two is exact. Whoever has a board
    that this process never saw, or a made-up one, gets the whole of the current one.
    """

    def __init__(self) -> None:
        self._read_at_ms: int | None = None
        self._current: Board | None = None
        self._seen: OrderedDict[int, Board] = OrderedDict()
        self._changes: dict[int, BoardChange] = {}

    def begin_read(self, now_ms: int) -> bool:
        """Whether the caller is to read the published board now: one in a second is."""
        if self._read_at_ms is not None and 0 <= now_ms - self._read_at_ms < READ_EVERY_MS:
            return False
        self._read_at_ms = now_ms
        return True

    def saw(self, board: Board | None) -> None:
        """Takes the board that was read; None where none is published."""
        last, self._current = self._current, board
        if board is None or (last and last.version == board.version):
            return
        seen = self._seen.copy()  # other threads read the old one meanwhile
        seen[board.version] = board
        while len(seen) > KEPT:
            seen.popitem(last=False)
        self._seen, self._changes = seen, {}

    def stale(self, now_ms: int) -> bool:
        """Whether the board has to be computed: nobody has for a while."""
        return self._current is None or not is_fresh(self._current, now_ms)

    def news(self, since: int) -> BoardNews | None:
        """What a client with the board of that version is told; None where no board is published."""
        board = self._current
        if board is None:
            return None
        if since == board.version:
            return BoardNews(board.version)
        known = self._seen.get(since)
        since = since if known else 0  # all unknown versions share one answer
        found = self._changes.get(since)
        if found is None or found.version != board.version:
            found = self._changes[since] = change_of(board, known)
        return BoardNews(board.version, found)


def bring(ports: RidingPorts, since: int | UnsetType) -> BoardNews | None:
    """What has changed of the board, after reading the published one where that is due; None if it wasn't asked for."""
    if since is UNSET:
        return None
    now_ms = ports.clock()
    if ports.recent_boards.begin_read(now_ms):
        _read(ports, now_ms)
    return ports.recent_boards.news(since)


async def bring_async(ports: RidingPorts, since: int | UnsetType) -> BoardNews | None:
    """As bring, on an event loop: one caller a second waits for the read, in a thread."""
    if since is UNSET:
        return None
    now_ms = ports.clock()
    if ports.recent_boards.begin_read(now_ms):
        await in_thread(_read, ports, now_ms)
    return ports.recent_boards.news(since)


def _read(ports: RidingPorts, now_ms: int) -> None:
    """One more round trip a second and process; and a message to the sync function where the board is to be computed.

    An unavailable store delays the board, and never the answer that it was to ride along with.
    """
    try:
        ports.recent_boards.saw(ports.published_boards.get())
        if ports.recent_boards.stale(now_ms) and ports.leases.claim(leases.REFRESH_LATER, EVERY_MS):
            ask_for(ports, "board", delay_s=1)  # then the last computation is 5 s old to the millisecond
    except StoreUnavailable:
        pass
