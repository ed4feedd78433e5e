"""Score cards: players put theirs into any chat, by inline mode or from the Mini App."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultPhoto,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode

from tapstack.bot.texts import TEXTS
from tapstack.cards.addresses import address
from tapstack.cards.making import card_of
from tapstack.cards.model import SIZES, Card, Shape
from tapstack.play import sessions
from tapstack.players.links import chat_invite_link
from tapstack.players.model import ModerationStatus
from tapstack.telegram.client import bot_name
from tapstack.telegram.texts import language_of

if TYPE_CHECKING:
    from tapstack.bot.ports import InlinePorts, PictureCardPorts, ScoreCardPorts
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
    card = card_of(ports, player, language, Shape.MESSAGE)
    return InlineQueryResultArticle(
        id=f"score-{card.clicks}",
        title=TEXTS.plain("inline.title", language, clicks=card.clicks),
        description=TEXTS.plain("inline.description", language),
        input_message_content=InputTextMessageContent(
            _text(card), parse_mode=ParseMode.HTML.value, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=_play_button(ports, player, language),
    )


def picture_card(ports: PictureCardPorts, player: Player, language: str) -> InlineQueryResultPhoto | None:
    """A player's score as a picture, with the same text and link; None where Telegram can't fetch pictures."""
    api_url = ports.settings.telegram.api_url
    if not api_url:
        return None
    card = card_of(ports, player, language, Shape.MESSAGE)
    picture = api_url + address(ports, card)
    width, height = SIZES[Shape.MESSAGE]
    return InlineQueryResultPhoto(
        id=f"score-{card.clicks}",
        photo_url=picture,
        thumbnail_url=picture,
        photo_width=width,
        photo_height=height,
        caption=_text(card),
        parse_mode=ParseMode.HTML.value,
        reply_markup=_play_button(ports, player, language),
    )


def _text(card: Card) -> str:
    if card.clicks:
        return str(TEXTS.say("inline.card", card.language, name=card.name, count=card.clicks, rank=card.rank))
    return str(TEXTS.say("inline.card_new", card.language, name=card.name))


def _play_button(ports: ScoreCardPorts, player: Player, language: str) -> InlineKeyboardMarkup:
    link = chat_invite_link(bot_name(ports), player)
    return InlineKeyboardMarkup([[InlineKeyboardButton(TEXTS.plain("b.play_here", language), url=link)]])
