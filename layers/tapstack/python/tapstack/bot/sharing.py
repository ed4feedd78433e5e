"""Sharing from the Mini App: a score card that Telegram keeps ready for the player to send."""

from __future__ import annotations

import logging
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from tapstack.bot.inline import picture_card, score_card
from tapstack.platform.errors import Conflict, StoreUnavailable
from tapstack.platform.limits import COOLDOWNS
from tapstack.players.accounts import refuse_banned
from tapstack.telegram.client import CONNECT_S, READ_S, bot_of, retry_after_ms, run
from tapstack.telegram.texts import language_of

if TYPE_CHECKING:
    from telegram import InlineQueryResult, PreparedInlineMessage

    from tapstack.bot.ports import SharePorts
    from tapstack.players.model import Player

log = logging.getLogger(__name__)

UNAVAILABLE_S = 5


def prepare(ports: SharePorts, player_id: str) -> PreparedInlineMessage:
    """Has Telegram keep a player's score card ready for `Telegram.WebApp.shareMessage`.

    Raises NotFound, Forbidden (`banned`), Conflict (`not_shareable`) where Telegram refuses it, TooManyRequests and
    StoreUnavailable (`telegram_unavailable`). https://core.telegram.org/bots/api#savepreparedinlinemessage
    """
    player = _sharer(ports, player_id)
    chat = ports.conversations.get(player.telegram_id)
    language = language_of(*player.wished_languages(chat.language))
    try:
        picture = picture_card(ports, player, language)
        if picture:
            try:
                return run(_saving(ports, player, picture))
            except BadRequest as error:
                log.warning("score cards go without a picture: %s", error)
        return run(_saving(ports, player, score_card(ports, player, language)))
    except RetryAfter as error:
        raise _unavailable("Telegram wants a pause", retry_after_s=-(-retry_after_ms(error) // 1_000)) from error
    except (BadRequest, Forbidden) as error:
        raise Conflict("Telegram takes no message for this player", code="not_shareable") from error
    except TelegramError as error:
        raise _unavailable("Telegram does not answer", retry_after_s=UNAVAILABLE_S) from error


def _saving(ports: SharePorts, player: Player, result: InlineQueryResult) -> Coroutine[Any, Any, PreparedInlineMessage]:
    return bot_of(ports).save_prepared_inline_message(
        player.telegram_id,
        result,
        allow_user_chats=True,
        allow_group_chats=True,
        allow_channel_chats=True,
        connect_timeout=CONNECT_S,
        read_timeout=READ_S,
    )


def _sharer(ports: SharePorts, player_id: str) -> Player:
    """A player who may share their score now; raises NotFound, Forbidden (`banned`) or TooManyRequests."""
    player = ports.players.get(player_id)
    refuse_banned(player)
    ports.limiter.spend("share", player_id, COOLDOWNS["share"])
    return player


def _unavailable(message: str, retry_after_s: int) -> StoreUnavailable:
    return StoreUnavailable(message, retry_after_s=retry_after_s, code="telegram_unavailable")
