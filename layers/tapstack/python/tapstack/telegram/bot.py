"""What the bot answers to an update."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import Update

from tapstack.domain.initdata import TelegramUser
from tapstack.errors import BadRequest
from tapstack.services import leaderboard, sessions
from tapstack.telegram.welcome import welcome

if TYPE_CHECKING:
    from tapstack.services.stores import Stores


def answer(stores: Stores, raw: dict[str, Any]) -> dict[str, Any]:
    """One method call for Telegram, or nothing; raises BadRequest for what is no update."""
    try:
        update = Update.de_json(raw, None)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadRequest("this is not an update") from error
    message = update.message
    user = message.from_user if message else None
    if not message or not user or user.is_bot or message.chat.type != "private":
        return {}
    command, _, start_param = (message.text or "").partition(" ")
    if command.split("@")[0] != "/start":
        return {}
    player = sessions.find_or_create(
        stores,
        TelegramUser(user.id, user.first_name, user.last_name or "", language_code=user.language_code or ""),
        start_param.strip(),
    )
    clicks = stores.hot.clicks_of([player.id]).get(player.id, 0)
    board = leaderboard.current(stores)
    return welcome(message.chat.id, player, clicks, board, stores.settings.miniapp_url)
