"""Events of users, for open chat pages and for tests that wait."""

import asyncio
from collections import deque
from typing import Any

Event = dict[str, Any]


class Hub:
    """Delivers each event to the user's subscribers, in order, and keeps the last ones.

    `sequence` counts a user's events, so that a page that reconnects can ask for the events it missed.
    """

    KEPT = 200

    def __init__(self) -> None:
        self._subscribers: dict[int, set[asyncio.Queue[Event | None]]] = {}
        self._recent: dict[int, deque[Event]] = {}
        self._sequence: dict[int, int] = {}
        self.closed = False

    def publish(self, user_ids: list[int], kind: str, **data: Any) -> None:
        """Publish an event to the subscribers of these users."""
        for user_id in user_ids:
            sequence = self._sequence.get(user_id, 0) + 1
            self._sequence[user_id] = sequence
            event = {"type": kind, "sequence": sequence, **data}
            self._recent.setdefault(user_id, deque(maxlen=self.KEPT)).append(event)
            for queue in self._subscribers.get(user_id, ()):
                queue.put_nowait(event)

    def sequence(self, user_id: int) -> int:
        """The number of the user's latest event."""
        return self._sequence.get(user_id, 0)

    def since(self, user_id: int, sequence: int) -> list[Event]:
        """The kept events after `sequence`."""
        return [event for event in self._recent.get(user_id, ()) if event["sequence"] > sequence]

    def subscribe(self, user_id: int) -> "asyncio.Queue[Event | None]":
        """A queue of the user's events from now on; None ends it."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self._subscribers.setdefault(user_id, set()).add(queue)
        if self.closed:
            queue.put_nowait(None)
        return queue

    def unsubscribe(self, user_id: int, queue: "asyncio.Queue[Event | None]") -> None:
        """End a subscription."""
        subscribers = self._subscribers.get(user_id, set())
        subscribers.discard(queue)
        if not subscribers:
            self._subscribers.pop(user_id, None)

    def close(self) -> None:
        """End all subscriptions: the server stops."""
        self.closed = True
        for subscribers in self._subscribers.values():
            for queue in subscribers:
                queue.put_nowait(None)
