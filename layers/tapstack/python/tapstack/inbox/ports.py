"""What the inbox needs: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tapstack.inbox.model import Inbox, Kind, Notice
from tapstack.platform.clock import Clock

# -- stores --


class NewNotices(Protocol):
    """Takes notices; raises StoreUnavailable."""

    def add(self, player_id: str, notice: Notice) -> bool: ...
    def gather(self, player_id: str, kind: Kind, key: str, person: str, at_ms: int) -> bool: ...


class ReadableInbox(Protocol):
    def read(self, player_id: str, now_ms: int) -> Inbox: ...


class OwnInbox(ReadableInbox, Protocol):
    def mark_read(self, player_id: str, up_to_ms: int, now_ms: int) -> None: ...
    def delete(self, player_id: str, notices: Sequence[Notice]) -> None: ...


class ErasableInbox(Protocol):
    def forget(self, player_id: str) -> int: ...


class KeptUnread(Protocol):
    def keep(self, player_id: str, unread: int) -> None: ...


class ForgettingUnread(Protocol):
    def forget(self, player_id: str) -> None: ...


# -- bundles --


class NoticePorts(Protocol):
    """To tell a player something."""

    clock: Clock

    @property
    def inbox(self) -> NewNotices: ...


class UnreadPorts(Protocol):
    """To count what a player has not read."""

    clock: Clock

    @property
    def inbox(self) -> ReadableInbox: ...


class KeepUnreadPorts(UnreadPorts, Protocol):
    """To keep what was counted for the next who asks."""

    @property
    def kept_unread(self) -> KeptUnread: ...
