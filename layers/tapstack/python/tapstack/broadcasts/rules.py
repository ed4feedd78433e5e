"""Who gets a broadcast, who is skipped and why, and what they get."""

from __future__ import annotations

from typing import Any

from tapstack.broadcasts.model import Audience, Broadcast, Button, Content, Person, Verdict
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


def message(content: Content | Broadcast, language: str, chat_id: int) -> dict[str, Any]:
    """The call that sends it in somebody's language, else in the default one."""
    language = language if content.texts.get(language) else DEFAULT_LANGUAGE
    rows = [[_button(button) for button in row] for row in content.buttons.get(language, ())]
    text = content.texts[language]
    if content.photo:
        call = {"method": "sendPhoto", "chat_id": chat_id, "photo": content.photo, "caption": text}
    else:
        call = {"method": "sendMessage", "chat_id": chat_id, "text": text}
    return call | {"parse_mode": "HTML"} | ({"reply_markup": {"inline_keyboard": rows}} if rows else {})


def _button(button: Button) -> dict[str, Any]:
    leads = {"web_app": {"url": button.web_app}} if button.web_app else {"url": button.url}
    return {"text": button.text, **leads}


def key(broadcast_id: str) -> str:
    """The key of a broadcast's calls in the outbox."""
    return f"{_KEY}{broadcast_id}"


def broadcast_of(key: str) -> str:
    """The broadcast that a call with a key belongs to, "" for any other call."""
    return key.removeprefix(_KEY) if key.startswith(_KEY) else ""
