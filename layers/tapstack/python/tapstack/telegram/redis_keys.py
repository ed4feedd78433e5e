"""The names of conversations and of the outbox in Redis. The outbox has one hash tag, and so one cluster slot."""

from __future__ import annotations

BOT_NAME = "bot:name"

OUTBOX_QUEUE = "{outbox}:queue"
"""Sorted set of the names of waiting calls, by when they are due (ms)."""

OUTBOX_CALLS = "{outbox}:calls"
"""Hash: the waiting calls by name, `<version> <failed attempts> <JSON>`."""

OUTBOX_UNDER_WAY = "{outbox}:under-way"
"""Sorted set of messages (`<chat>:<message>`) of which an edit is being sent, by when that is given up (ms)."""

OUTBOX_CHATS = "{outbox}:chats"
"""Sorted set of chats by when they may get their next message (ms)."""

OUTBOX_GATE = "{outbox}:gate"
"""Hash: spent (us, GCRA of the bot), paused (ms), awake, woken (ms), sender, version; and clock, time (ms), by which
all of the outbox goes: lua/shared/outbox_time.lua."""


def outbox_once(chat_id: int) -> str:
    """Sorted set of the names of a chat's calls that were put in once and for all, by until when that holds (ms)."""
    return f"{{outbox}}:once:{chat_id}"


def outbox_sent(hour: int) -> str:
    """Hash of what messages show, by name of their edits, for those edited in an hour."""
    return f"{{outbox}}:sent:{hour}"


def chat_card(user_id: int) -> str:
    return f"chat:{user_id}:card"


def chat_lock(user_id: int) -> str:
    return f"chat:{user_id}:lock"
