"""The API of the bot: Telegram's webhook, and the score card that the bot prepares for sharing."""

from __future__ import annotations

from typing import Any

import msgspec

from tapstack.http.operation import Auth, Operation
from tapstack.platform.limits import COOLDOWNS

UPDATE_LIMIT = 1_048_576
"""Bytes of a Telegram update: a reply carries the message that it answers."""

CALLS_TO_TELEGRAM = COOLDOWNS["telegram"]


class PreparedMessage(msgspec.Struct, frozen=True):
    """A score card that the player may send to any chat: `Telegram.WebApp.shareMessage(prepared_message_id)`."""

    prepared_message_id: str
    expires_at_s: int


SHARE: Operation[None, PreparedMessage] = Operation(
    "prepareShare",
    "POST",
    "/players/me/share",
    "Prepare the caller's score card as a message to share",
    Auth.SESSION_TOKEN,
    answer=PreparedMessage,
    errors=(401, 403, 404, 409, 429, 503),
    limit=CALLS_TO_TELEGRAM,
)
TELEGRAM_UPDATE: Operation[dict[str, Any], dict[str, Any]] = Operation(
    "telegramUpdate",
    "POST",
    "/telegram/webhook",
    "Telegram's updates; the response may contain one method call",
    Auth.WEBHOOK_SECRET,
    dict[str, Any],
    dict[str, Any],
    errors=(400, 401, 413, 503),
    body_limit=UPDATE_LIMIT,
)
