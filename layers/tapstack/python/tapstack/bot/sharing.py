"""Sharing from the Mini App: a score card that Telegram keeps ready for the player to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from tapstack.bot import leases
from tapstack.bot.inline import score_card
from tapstack.platform.errors import Conflict, StoreUnavailable, TooManyRequests
from tapstack.players.accounts import refuse_banned
from tapstack.telegram.client import CONNECT_S, READ_S, bot_of, retry_after_ms, run
from tapstack.telegram.texts import language_of

if TYPE_CHECKING:
    from telegram import PreparedInlineMessage

    from tapstack.bot.ports import SharePorts
    from tapstack.players.model import Player

SHARE_EVERY_S = 3
"""Each time is a call to Telegram, and nobody sends score cards faster by hand."""

UNAVAILABLE_S = 5


def prepare(ports: SharePorts, player_id: str) -> PreparedInlineMessage:
    """Has Telegram keep a player's score card ready for `Telegram.WebApp.shareMessage`.

    Raises NotFound, Forbidden (`banned`), Conflict (`not_shareable`) where Telegram refuses it, TooManyRequests and
    StoreUnavailable (`telegram_unavailable`). https://core.telegram.org/bots/api#savepreparedinlinemessage
    """
    player = _sharer(ports, player_id)
    chat = ports.conversations.get(player.telegram_id)
    try:
        saving = bot_of(ports).save_prepared_inline_message(
            player.telegram_id,
            score_card(ports, player, language_of(*player.wished_languages(chat.language))),
            allow_user_chats=True,
            allow_group_chats=True,
            allow_channel_chats=True,
            connect_timeout=CONNECT_S,
            read_timeout=READ_S,
        )
        return run(saving)
    except RetryAfter as error:
        raise _unavailable("Telegram wants a pause", retry_after_s=-(-retry_after_ms(error) // 1_000)) from error
    except (BadRequest, Forbidden) as error:
        raise Conflict("Telegram takes no message for this player", code="not_shareable") from error
    except TelegramError as error:
        raise _unavailable("Telegram does not answer", retry_after_s=UNAVAILABLE_S) from error


def _sharer(ports: SharePorts, player_id: str) -> Player:
    """A player who may share their score now; raises NotFound, Forbidden (`banned`) or TooManyRequests."""
    player = ports.players.get(player_id)
    refuse_banned(player)
    if not ports.leases.claim(leases.share(player_id), SHARE_EVERY_S * 1_000):
        raise TooManyRequests(f"a score is shared at most every {SHARE_EVERY_S} s", retry_after_s=SHARE_EVERY_S)
    return player


def _unavailable(message: str, retry_after_s: int) -> StoreUnavailable:
    return StoreUnavailable(message, retry_after_s=retry_after_s, code="telegram_unavailable")
