"""What the bot's framework needs: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from typing import Any, Protocol

from tapstack.platform.clock import Clock
from tapstack.platform.leases import Leases
from tapstack.platform.settings import Settings
from tapstack.telegram.model import Chat, LeasedCall, Message

# -- stores --


class Conversations(Protocol):
    def get(self, chat_id: int) -> Chat: ...
    def save(self, chat: Chat, now_s: int) -> bool: ...


class Messages(Protocol):
    def put(self, *messages: Message) -> None: ...


class BotNames(Protocol):
    def bot_name(self) -> str | None: ...


class BotNameCache(BotNames, Protocol):
    def keep_bot_name(self, name: str) -> None: ...


class Allowance(Protocol):
    """The rate that Telegram allows, shared by all containers."""

    def spend(self, chat_id: int, *, ahead_ms: int = ...) -> int: ...
    def pause(self, ms: int) -> None: ...


class Outgoing(Allowance, Protocol):
    """The outbox, for whoever puts calls into it."""

    def show(self, key: str, call: dict[str, Any], *, message_id: int = ..., asks: bool = ...) -> bool: ...
    def may_show(self, chat_id: int, message_id: int, *, asks: bool = ...) -> bool: ...
    def is_screen(self, chat_id: int, message_id: int) -> bool: ...
    def put_edit(self, call: dict[str, Any]) -> bool: ...
    def put_once(
        self, key: str, call: dict[str, Any], *, limited: bool = True, urgent: bool = True, chat_id: int = 0
    ) -> bool: ...


class Outbox(Outgoing, Protocol):
    """The outbox, for the sender."""

    def take(self, sender: str = "") -> tuple[list[LeasedCall], int]: ...
    def ack(self, leased: LeasedCall, *, sent: bool = False, message_id: int = 0) -> None: ...
    def send_anew(self, leased: LeasedCall) -> None: ...
    def retry(self, leased: LeasedCall, delay_ms: int, *, pause_ms: int = 0, counts: bool = True) -> None: ...
    def go_idle(self, sender: str = "", *, anyway: bool = False) -> bool: ...


class SenderWakes(Protocol):
    def wake(self) -> None: ...


class OutboxQueue(SenderWakes, Protocol):
    def dead_letter(self, call: dict[str, Any], reason: str) -> bool: ...


# -- bundles --


class ContextPorts(Protocol):
    """What every scene may rely on."""

    settings: Settings
    clock: Clock


class LockPorts(Protocol):
    @property
    def leases(self) -> Leases: ...


class RecordPorts(Protocol):
    clock: Clock

    @property
    def messages(self) -> Messages: ...


class WakePorts(Protocol):
    @property
    def outbox_queue(self) -> SenderWakes: ...


class DispatchPorts(WakePorts, Protocol):
    @property
    def outbox(self) -> Outgoing: ...


class ClientPorts(Protocol):
    """To call Telegram."""

    settings: Settings

    @property
    def outbox(self) -> Allowance: ...


class BotNamePorts(Protocol):
    settings: Settings

    @property
    def conversation_cache(self) -> BotNames: ...


class AskNamePorts(ClientPorts, Protocol):
    """To ask Telegram for the bot's name."""

    @property
    def conversation_cache(self) -> BotNameCache: ...


class SenderPorts(Protocol):
    settings: Settings
    clock: Clock

    @property
    def outbox(self) -> Outbox: ...
    @property
    def outbox_queue(self) -> OutboxQueue: ...
    @property
    def conversations(self) -> Conversations: ...


class ConversePorts(ContextPorts, LockPorts, RecordPorts, DispatchPorts, Protocol):
    """To hold a conversation: lock it, let a scene act, save it, send what the scene says."""

    @property
    def conversations(self) -> Conversations: ...
