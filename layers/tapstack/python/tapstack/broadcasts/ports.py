"""What broadcasts need: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from tapstack.broadcasts.model import Broadcast, Outcome
from tapstack.platform.clock import Clock
from tapstack.platform.settings import Settings
from tapstack.players.model import Player
from tapstack.telegram.model import Chat, LeasedCall
from tapstack.telegram.ports import SenderWakes

# -- stores --


class Addressees(Protocol):
    def get_many(self, player_ids: Sequence[str]) -> dict[str, Player]: ...
    def by_telegram_ids(self, telegram_ids: Sequence[int]) -> dict[int, Player]: ...


class Chats(Protocol):
    def get_many(self, chat_ids: Sequence[int]) -> dict[int, Chat]: ...
    def scan_page(self, after: str | None, size: int) -> tuple[list[Chat], str | None]: ...


class LastTaps(Protocol):
    def last_taps(self, player_ids: Sequence[str]) -> dict[str, int]: ...


class BroadcastReads(Protocol):
    def get(self, broadcast_id: str) -> Broadcast: ...


class BroadcastStarts(BroadcastReads, Protocol):
    def create(self, broadcast: Broadcast) -> None: ...
    def take_over(self, broadcast: Broadcast, read: Broadcast) -> bool: ...


class DrivenBroadcasts(BroadcastReads, Protocol):
    def save(self, broadcast: Broadcast) -> bool: ...
    def claimed(self, broadcast_id: str, chat_ids: Sequence[int]) -> set[int]: ...


class DeliveryClaims(BroadcastReads, Protocol):
    def claim(self, broadcast: Broadcast, chat_id: int, token: str) -> bool: ...
    def conclude(self, broadcast: Broadcast, chat_id: int, token: str, outcome: Outcome, reason: str = "") -> None: ...
    def release(self, broadcast_id: str, chat_id: int, token: str) -> None: ...


class BroadcastOutbox(Protocol):
    """The outbox, for who hands messages over."""

    def put_named(self, key: str, call: dict[str, Any]) -> bool: ...
    def waiting_among(self, names: Sequence[str]) -> set[str]: ...


class PreviewBroadcasts(Protocol):
    def create(self, broadcast: Broadcast) -> None: ...
    def stop(self, broadcast_id: str) -> bool: ...
    def outcomes(self, broadcast_id: str) -> tuple[Mapping[str, int], Mapping[str, int]]: ...


class PreviewOutbox(Protocol):
    def put_named(self, key: str, call: dict[str, Any]) -> bool: ...


class DeliveringOutbox(Protocol):
    """The outbox, for who makes the calls."""

    def ack(self, leased: LeasedCall, *, sent: bool = False) -> None: ...
    def retry(self, leased: LeasedCall, delay_ms: int, *, pause_ms: int = 0, counts: bool = True) -> None: ...


# -- bundles --


class AudiencePorts(Protocol):
    """To read an audience."""

    @property
    def players(self) -> Addressees: ...
    @property
    def conversations(self) -> Chats: ...
    @property
    def counters(self) -> LastTaps: ...


class StartPorts(Protocol):
    """To start a broadcast, or to take one over."""

    settings: Settings
    clock: Clock

    @property
    def broadcasts(self) -> BroadcastStarts: ...


class PreviewPorts(Protocol):
    """To send a broadcast to its operator first."""

    clock: Clock

    @property
    def broadcasts(self) -> PreviewBroadcasts: ...
    @property
    def outbox(self) -> PreviewOutbox: ...
    @property
    def outbox_queue(self) -> SenderWakes: ...


class DrivePorts(AudiencePorts, Protocol):
    """To hand a broadcast over to the outbox, message by message."""

    clock: Clock

    @property
    def broadcasts(self) -> DrivenBroadcasts: ...
    @property
    def outbox(self) -> BroadcastOutbox: ...
    @property
    def outbox_queue(self) -> SenderWakes: ...


class DeliveryPorts(Protocol):
    """To send a broadcast's messages, each at most once."""

    @property
    def broadcasts(self) -> DeliveryClaims: ...
    @property
    def outbox(self) -> DeliveringOutbox: ...
