"""Who gets a broadcast, who is skipped and why, and which text they get."""

from __future__ import annotations

from collections.abc import Mapping

from tapstack.broadcasts.model import Audience, Person, Verdict
from tapstack.players.model import ModerationStatus

DEFAULT_LANGUAGE = "en"

_KEY = "broadcast:"


def judge(audience: Audience, person: Person) -> Verdict:
    """Whether somebody gets a broadcast. Shadow-banned players do: they are to notice nothing."""
    chat, player = person.chat, person.player
    if audience.kind == "language" and person.language != audience.language:
        return Verdict.OUTSIDE
    if audience.kind == "active" and person.last_tap_at_ms < audience.since_ms:
        return Verdict.OUTSIDE
    if player is None:
        return Verdict.GONE
    if player.status is ModerationStatus.BANNED:
        return Verdict.BANNED
    if chat is None:
        return Verdict.NO_CHAT
    if chat.blocked:
        return Verdict.BLOCKED
    return Verdict.SEND if chat.notify else Verdict.MUTED


def text_for(texts: Mapping[str, str], language: str) -> str:
    """The text in somebody's language, else the default one."""
    return texts.get(language) or texts[DEFAULT_LANGUAGE]


def key(broadcast_id: str) -> str:
    """The key of a broadcast's calls in the outbox."""
    return f"{_KEY}{broadcast_id}"


def broadcast_of(key: str) -> str:
    """The broadcast that a call with a key belongs to, "" for any other call."""
    return key.removeprefix(_KEY) if key.startswith(_KEY) else ""
