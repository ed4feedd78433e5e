"""Who is told when something appears on a screen: open chat pages, and tests that wait."""

import asyncio
from collections import deque
from typing import Any

Event = dict[str, Any]


class Hub:
    """Hands each event to those who watch the user, in order, and remembers the last ones.

    `sequence` counts a user's events, so that a page that lost its connection can ask for what it missed.
    """

    KEPT = 200

    def __init__(self) -> None:
        self._watchers: dict[int, set[asyncio.Queue[Event | None]]] = {}
        self._recent: dict[int, deque[Event]] = {}
        self._sequence: dict[int, int] = {}
        self.closed = False

    def tell(self, user_ids: list[int], kind: str, **data: Any) -> None:
        """Tell everybody who watches one of these users."""
        for user_id in user_ids:
            sequence = self._sequence.get(user_id, 0) + 1
            self._sequence[user_id] = sequence
            event = {"type": kind, "sequence": sequence, **data}
            self._recent.setdefault(user_id, deque(maxlen=self.KEPT)).append(event)
            for queue in self._watchers.get(user_id, ()):
                queue.put_nowait(event)

    def sequence(self, user_id: int) -> int:
        """How many events the user has had."""
        return self._sequence.get(user_id, 0)

    def since(self, user_id: int, sequence: int) -> list[Event]:
        """The remembered events after `sequence`."""
        return [event for event in self._recent.get(user_id, ()) if event["sequence"] > sequence]

    def watch(self, user_id: int) -> "asyncio.Queue[Event | None]":
        """A queue of the user's events from now on; None ends it."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self._watchers.setdefault(user_id, set()).add(queue)
        if self.closed:
            queue.put_nowait(None)
        return queue

    def leave(self, user_id: int, queue: "asyncio.Queue[Event | None]") -> None:
        """Stop watching."""
        watchers = self._watchers.get(user_id, set())
        watchers.discard(queue)
        if not watchers:
            self._watchers.pop(user_id, None)

    def close(self) -> None:
        """Send everybody away: the server stops."""
        self.closed = True
        for watchers in self._watchers.values():
            for queue in watchers:
                queue.put_nowait(None)
