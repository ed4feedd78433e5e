"""A tap in the chat: counted in one script call, answered by a toast; what the message shows follows at its pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton

from tapstack.platform.errors import Forbidden, TooManyRequests
from tapstack.play import chat_taps, sessions
from tapstack.telegram.answers import answer_press, wake_sender
from tapstack.telegram.context import Call, Rows, button, message_call
from tapstack.telegram.model import Card
from tapstack.telegram.texts import language_of, plain, say

if TYPE_CHECKING:
    from tapstack.ports import Stores
    from tapstack.telegram.updates import Incoming


def answer(stores: Stores, incoming: Incoming) -> Call:
    """Counts a press and answers it; the message is edited through the outbox, where only the newest edit counts."""
    card = _card(stores, incoming)
    try:
        tapped = chat_taps.record_tap_callback(stores, incoming.user, card.player_id, incoming.update_id, incoming.data)
    except TooManyRequests:
        return answer_press(incoming.query_id, plain("tap.too_fast", card.language))
    except Forbidden:
        return answer_press(incoming.query_id, plain("error.banned", card.language))
    data = chat_taps.button_data(stores, card.player_id, tapped.button)
    shown = panel(card.language, tapped.clicks, tapped.total_clicks, data)
    chat_id, message_id = incoming.chat_id, incoming.message_id
    wake = stores.outbox.put_edit(message_call(chat_id, *shown, message_id))
    paused = pause(card.language, tapped.clicks)
    stores.outbox.put_later(message_call(chat_id, *paused, message_id), stores.settings.session_idle_s * 1_000)
    if wake:
        wake_sender(stores)
    key = "tap.counted" if tapped.accepted else "tap.too_fast"
    return answer_press(incoming.query_id, plain(key, card.language, clicks=tapped.clicks))


def _card(stores: Stores, incoming: Incoming) -> Card:
    card = stores.conversation_cache.card(incoming.user.id)
    if card is None:
        player = sessions.find_or_create(stores, incoming.user)
        chat = stores.conversations.get(incoming.user.id)
        card = Card(player.id, language_of(chat.language, incoming.user.language_code, player.language))
        stores.conversation_cache.keep_card(incoming.user.id, card)
    return card


def panel(language: str, clicks: int, total: int, data: str) -> tuple[str, Rows]:
    """The screen one taps on; `data` is its button's."""
    lines = [
        say("tap.title", language),
        "",
        say("home.own", language, clicks=clicks),
        say("home.all", language, clicks=total),
    ]
    return "\n".join(lines), [[button(plain("b.tap_more", language), data)], _home(language)]


def pause(language: str, clicks: int) -> tuple[str, Rows]:
    """The screen of a session that has ended because nobody tapped."""
    lines = [say("tap.paused", language), "", say("home.own", language, clicks=clicks)]
    return "\n".join(lines), [[button(plain("b.resume", language), "tap:resume")], _home(language)]


def _home(language: str) -> list[InlineKeyboardButton]:
    return [button(plain("b.home", language), "home:open"), button(plain("b.board", language), "leaderboard:open")]
