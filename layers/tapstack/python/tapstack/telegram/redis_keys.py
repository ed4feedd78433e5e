"""The names of conversations and of the outbox in Redis. The outbox has one hash tag, and so one cluster slot."""

from __future__ import annotations

BOT_NAME = "bot:name"

OUTBOX_QUEUE = "{outbox}:queue"
"""Sorted set of the names of waiting calls, by due time (ms)."""

OUTBOX_CALLS = "{outbox}:calls"
"""Hash: the waiting calls by name, `<version> <failed attempts> <JSON>`."""

OUTBOX_IN_FLIGHT = "{outbox}:under-way"
"""Sorted set of messages (`<chat>:<message>`) with an edit in flight, and of chats with a screen in flight, from the
outbox (`<chat>:screen`) or in a webhook's answer (`<chat>:answer`), by when its lease ends (ms)."""

OUTBOX_CHATS = "{outbox}:chats"
"""Sorted set of chats by the time of their next message (ms)."""

OUTBOX_GATE = "{outbox}:gate"
"""Hash: spent (us: the TAT of the bot's GCRA), paused (ms), awake and woken (ms: until when a sender is at work, or
was woken), sender, version; and clock, time (ms): the outbox's own time, lua/shared/outbox_time.lua."""


def outbox_once(chat_id: int) -> str:
    """Sorted set of the names of a chat's calls that may be added only once, by when that ends (ms)."""
    return f"{{outbox}}:once:{chat_id}"


def outbox_sent(hour: int) -> str:
    """Hash of what messages show, by the names of their edits, for messages edited in one hour."""
    return f"{{outbox}}:sent:{hour}"


def outbox_screens(day: int) -> str:
    """Hash of the screens of chats, by chat, for those that were shown on one day: lua/shared/outbox_screen.lua."""
    return f"{{outbox}}:screens:{day}"


def cached_user(user_id: int) -> str:
    return f"chat:{user_id}:card"
