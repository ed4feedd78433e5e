"""What the bot answers to an update."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from telegram import Update

from tapstack.domain.initdata import TelegramUser
from tapstack.errors import BadRequest
from tapstack.services import leaderboard, sessions
from tapstack.telegram.welcome import welcome

if TYPE_CHECKING:
    from tapstack.services.stores import Stores


def answer(stores: Stores, raw: dict[str, Any]) -> dict[str, Any]:
    """One method call for Telegram, or nothing; raises BadRequest for what is no update."""
    started = _started(raw)
    if not started:
        return {}
    chat_id, user, start_param = started
    player = sessions.find_or_create(stores, user, start_param)
    clicks = stores.hot.clicks_of([player.id]).get(player.id, 0)
    board = leaderboard.current(stores)
    return welcome(chat_id, player, clicks, board, stores.settings.miniapp_url)


def _started(raw: dict[str, Any]) -> tuple[int, TelegramUser, str] | None:
    """Who says /start in which private chat, and by what link; None for every other update."""
    try:
        message = Update.de_json(raw, None).message
        user = message.from_user if message else None
        if not message or not user or user.is_bot or message.chat.type != "private":
            return None
        command, _, start_param = (message.text or "").partition(" ")
        if command.split("@")[0] != "/start":
            return None
        return message.chat.id, msgspec.convert(user.to_dict(), TelegramUser), start_param.strip()
    except Exception as error:  # python-telegram-bot checks no types: garbage raises whatever it leads to
        raise BadRequest("this is not an update") from error
