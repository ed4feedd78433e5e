"""Score cards: players put theirs into any chat, by inline mode or from the Mini App."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode

from tapstack.bot.texts import TEXTS
from tapstack.leaderboards import all_time
from tapstack.play import sessions
from tapstack.players.accounts import clicks_of
from tapstack.players.links import chat_invite_link
from tapstack.players.model import ModerationStatus
from tapstack.players.names import name_for_others
from tapstack.telegram.client import bot_name
from tapstack.telegram.texts import language_of

if TYPE_CHECKING:
    from tapstack.bot.ports import InlinePorts, ScoreCardPorts
    from tapstack.players.model import Player
    from tapstack.telegram.context import Call
    from tapstack.telegram.updates import Update

CACHE_S = 5


def answer(ports: InlinePorts, update: Update) -> Call:
    """Answers with one result: the own score card."""
    player = sessions.find_or_create(ports, update.user)
    card = score_card(ports, player, language_of(player.chosen_language or "", update.user.language_code))
    is_banned = player.status is ModerationStatus.BANNED
    return {
        "method": "answerInlineQuery",
        "inline_query_id": update.query_id,
        "results": [] if is_banned else [card.to_dict()],
        "cache_time": CACHE_S,
        "is_personal": True,
    }


def score_card(ports: ScoreCardPorts, player: Player, language: str) -> InlineQueryResultArticle:
    """A player's score as a message, with a link that credits them for whoever joins by it."""
    clicks = clicks_of(ports, player.id)
    name = name_for_others(player)
    if clicks:
        rank = all_time.own_rank(ports, player.id).rank
        text = TEXTS.say("inline.card", language, name=name, count=clicks, rank=rank)
    else:
        text = TEXTS.say("inline.card_new", language, name=name)
    link = chat_invite_link(bot_name(ports), player)
    return InlineQueryResultArticle(
        id=f"score-{clicks}",
        title=TEXTS.plain("inline.title", language, clicks=clicks),
        description=TEXTS.plain("inline.description", language),
        input_message_content=InputTextMessageContent(
            str(text), parse_mode=ParseMode.HTML.value, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton(TEXTS.plain("b.play_here", language), url=link)]]),
    )
