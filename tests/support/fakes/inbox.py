"""Inboxes in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock

from tapstack.inbox.model import Inbox, Kind, Notice
from tapstack.inbox.rules import MOST_PEOPLE, newest


class MemoryInbox:
    """The same conditions as those of the real writes."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[tuple[str, str], Notice]] = defaultdict(dict)
        self.read_up_to: dict[str, int] = {}
        self._lock = Lock()

    def add(self, player_id: str, notice: Notice) -> bool:
        with self._lock:
            return self.kept[player_id].setdefault((notice.kind, notice.key), notice) is notice

    def gather(self, player_id: str, kind: Kind, key: str, person: str, at_ms: int) -> bool:
        with self._lock:
            before = self.kept[player_id].get((kind, key), Notice(kind, key, at_ms))
            if person in before.people or len(before.people) >= MOST_PEOPLE:
                return False
            self.kept[player_id][kind, key] = replace(before, at_ms=at_ms, people=before.people | {person})
            return True

    def read(self, player_id: str, now_ms: int) -> Inbox:
        return Inbox(tuple(newest(self.kept[player_id].values(), now_ms)), self.read_up_to.get(player_id, 0))

    def mark_read(self, player_id: str, up_to_ms: int, now_ms: int) -> None:  # noqa: ARG002
        self.read_up_to[player_id] = max(up_to_ms, self.read_up_to.get(player_id, 0))

    def delete(self, player_id: str, notices: Sequence[Notice]) -> None:
        for notice in notices:
            self.kept[player_id].pop((notice.kind, notice.key), None)

    def forget(self, player_id: str) -> int:
        self.read_up_to.pop(player_id, None)
        return len(self.kept.pop(player_id, {}))


class MemoryUnread:
    """Keeps nothing: the inbox is asked each time."""

    def keep(self, player_id: str, unread: int) -> None: ...
