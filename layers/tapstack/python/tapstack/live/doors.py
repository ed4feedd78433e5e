"""Doors that are open to everybody as long as there is what their rooms belong to."""

from __future__ import annotations

from collections.abc import Callable

REMEMBERED = 4_096


class OpenDoor:
    """Lets in everybody to the room of something that there is, whose id can't be guessed: who has it was let in.

    Rooms of anything else would be places of their own, as many as somebody likes to make. Each thing is looked up
    once: it stays for days, and a page without a WebSocket reads its rooms every 5 s.
    """

    def __init__(self, is_there: Callable[[str], bool]) -> None:
        self._is_there = is_there
        self._known: set[str] = set()

    def __call__(self, player_id: str, key: str) -> bool:  # noqa: ARG002
        """Whether there is what the key names; raises StoreUnavailable."""
        if key in self._known:
            return True
        if not self._is_there(key):
            return False
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known.add(key)
        return True
