"""Score cards: anybody can put theirs into any chat, by inline mode or from the Mini App."""

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

from tapstack.bot.views import clicks_of, invite_link, name_for_others, rank_of
from tapstack.play import sessions
from tapstack.telegram.context import Call
from tapstack.telegram.texts import language_of, plain, say

if TYPE_CHECKING:
    from tapstack.players.model import Player
    from tapstack.ports import Stores
    from tapstack.telegram.updates import Incoming

CACHE_S = 5


def answer(stores: Stores, incoming: Incoming) -> Call:
    """One result: the own score card."""
    player = sessions.find_or_create(stores, incoming.user)
    card = score_card(stores, player, language_of(incoming.user.language_code))
    return {
        "method": "answerInlineQuery",
        "inline_query_id": incoming.query_id,
        "results": [card.to_dict()],
        "cache_time": CACHE_S,
        "is_personal": True,
    }


def score_card(stores: Stores, player: Player, language: str) -> InlineQueryResultArticle:
    """A player's score as a message of theirs, with a link that counts who comes by it."""
    clicks = clicks_of(stores, player)
    name = name_for_others(player)
    if clicks:
        text = say("inline.card", language, name=name, clicks=clicks, rank=rank_of(stores, player))
    else:
        text = say("inline.card_new", language, name=name)
    link = InlineKeyboardButton(plain("b.play_here", language), url=invite_link(stores, player))
    return InlineQueryResultArticle(
        id=f"score-{clicks}",
        title=plain("inline.title", language, clicks=clicks),
        description=plain("inline.description", language),
        input_message_content=InputTextMessageContent(
            str(text), parse_mode=ParseMode.HTML.value, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=InlineKeyboardMarkup([[link]]),
    )
