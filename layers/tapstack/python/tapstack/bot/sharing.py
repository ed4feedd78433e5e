"""Sharing from the Mini App: a score card that Telegram keeps ready for the player to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from tapstack.bot.inline import score_card
from tapstack.platform.errors import Conflict, StoreUnavailable
from tapstack.players.accounts import sharer
from tapstack.telegram.client import CONNECT_S, READ_S, bot_of, retry_after_ms, run
from tapstack.telegram.texts import language_of

if TYPE_CHECKING:
    from telegram import PreparedInlineMessage

    from tapstack.ports import Stores

AWAY_S = 5


def prepare(stores: Stores, player_id: str) -> PreparedInlineMessage:
    """Has Telegram keep a player's score card ready for `Telegram.WebApp.shareMessage`.

    Raises NotFound, Forbidden (`banned`), Conflict (`not_shareable`) where Telegram does not take it,
    TooManyRequests and StoreUnavailable (`telegram_unavailable`). https://core.telegram.org/bots/api#savepreparedinlinemessage
    """
    player = sharer(stores, player_id)
    chat = stores.conversations.get(player.telegram_id)
    try:
        saving = bot_of(stores).save_prepared_inline_message(
            player.telegram_id,
            score_card(stores, player, language_of(chat.language, player.language)),
            allow_user_chats=True,
            allow_group_chats=True,
            allow_channel_chats=True,
            connect_timeout=CONNECT_S,
            read_timeout=READ_S,
        )
        return run(saving)
    except RetryAfter as error:
        raise _away("Telegram wants a pause", retry_after_s=-(-retry_after_ms(error) // 1_000)) from error
    except (BadRequest, Forbidden) as error:
        raise Conflict("Telegram takes no message for this player", code="not_shareable") from error
    except TelegramError as error:
        raise _away("Telegram does not answer", retry_after_s=AWAY_S) from error


def _away(message: str, retry_after_s: int) -> StoreUnavailable:
    return StoreUnavailable(message, retry_after_s=retry_after_s, code="telegram_unavailable")
