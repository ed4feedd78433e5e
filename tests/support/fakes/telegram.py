"""Conversations, messages and the outbox in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from tapstack.telegram.model import CachedUser, Chat, Message
from telegram import PreparedInlineMessage


@dataclass
class MemoryConversations:
    """Conversations as they were saved: JSON, so that nobody changes what is kept."""

    saved: dict[int, bytes] = field(default_factory=dict)

    def get(self, chat_id: int) -> Chat:
        raw = self.saved.get(chat_id)
        return msgspec.json.decode(raw, type=Chat) if raw else Chat(chat_id)

    def save(self, chat: Chat, now_s: int) -> bool:  # noqa: ARG002
        if self.get(chat.id).version != chat.version:
            return False
        chat.version += 1
        self.saved[chat.id] = msgspec.json.encode(chat)
        return True


@dataclass
class MemoryConversationCache:
    """Users and the bot's name in a dict."""

    users: dict[int, CachedUser] = field(default_factory=dict)
    name: str | None = None

    def user(self, user_id: int) -> CachedUser | None:
        return self.users.get(user_id)

    def keep_user(self, user_id: int, user: CachedUser) -> None:
        self.users[user_id] = user

    def forget(self, user_id: int) -> None:
        self.users.pop(user_id, None)

    def bot_name(self) -> str | None:
        return self.name

    def keep_bot_name(self, name: str) -> None:
        self.name = name


@dataclass
class MemoryMessages:
    """What was said, in order."""

    kept: list[Message] = field(default_factory=list)

    def put(self, *messages: Message) -> None:
        self.kept += messages

    def all(self, chat_id: int) -> Iterator[Message]:
        return (message for message in reversed(self.kept) if message.chat_id == chat_id)


def sendable(call: dict[str, Any]) -> dict[str, Any]:
    """The call itself; raises TypeError, as the outbox in Redis does, where it can't be written as JSON."""
    msgspec.json.encode(call)
    return call


@dataclass
class MemoryOutbox:
    """Remembers what waits, and has room for every message at once."""

    calls: dict[str, dict[str, Any]] = field(default_factory=dict)

    def show(self, key: str, call: dict[str, Any], *, message_id: int = 0, asks: bool = False) -> bool:  # noqa: ARG002
        self.calls[f"s:{call['chat_id']}"] = sendable(call)
        return True

    def may_show(self, chat_id: int, message_id: int, *, asks: bool = False) -> bool:  # noqa: ARG002
        for name in (f"e:{message_id}", f"l:{message_id}", f"s:{chat_id}"):
            self.calls.pop(name, None)
        return True

    def is_screen(self, chat_id: int, message_id: int) -> bool:  # noqa: ARG002
        return True

    def put_edit(self, call: dict[str, Any]) -> bool:
        self.calls[f"e:{call['message_id']}"] = sendable(call)
        return True

    def put_later(self, call: dict[str, Any], delay_ms: int) -> None:  # noqa: ARG002
        self.calls[f"l:{call['message_id']}"] = sendable(call)

    def put_once(
        self,
        key: str,
        call: dict[str, Any],
        *,
        limited: bool = True,  # noqa: ARG002
        urgent: bool = True,  # noqa: ARG002
        chat_id: int = 0,  # noqa: ARG002
    ) -> bool:
        self.calls.setdefault(key, sendable(call))
        return True

    def spend(self, chat_id: int, *, ahead_ms: int = 0) -> int:  # noqa: ARG002
        return 0

    def pause(self, ms: int) -> None:
        """Nobody sends anything."""


@dataclass
class MemoryMilestones:
    """What players were last seen at."""

    seen: dict[str, int] = field(default_factory=dict)

    def known(self, player_ids: Sequence[str]) -> dict[str, int]:
        return {i: self.seen[i] for i in player_ids if i in self.seen}

    def keep(self, player_id: str, milestone: int) -> None:
        self.seen[player_id] = milestone


class MemoryBot:
    """Takes every message that is to be prepared, for an hour."""

    async def save_prepared_inline_message(self, *_: Any, **__: Any) -> PreparedInlineMessage:
        return PreparedInlineMessage("prepared", datetime.now(UTC) + timedelta(hours=1))


@dataclass
class MemoryOutboxQueue:
    """Counts how often the sender was woken."""

    woken: int = 0

    def wake(self) -> None:
        self.woken += 1
