"""Taps in the chat: counted in one script call, answered by a toast; the message follows at its own pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton

from tapstack.bot.banned import explanation
from tapstack.bot.cooldowns import too_fast
from tapstack.bot.texts import TEXTS
from tapstack.platform.errors import Forbidden, TooManyRequests
from tapstack.play import chat_taps, sessions
from tapstack.telegram.context import HOME, Call, Rows, button, message_call
from tapstack.telegram.dispatch import answer_callback_query
from tapstack.telegram.model import CachedUser
from tapstack.telegram.notices import wake_sender
from tapstack.telegram.texts import language_of

if TYPE_CHECKING:
    from tapstack.bot.ports import TapCallbackPorts
    from tapstack.telegram.updates import Update


def answer(ports: TapCallbackPorts, update: Update) -> Call:
    """Counts a tap and answers it; the outbox edits the message, and only the newest edit counts."""
    user = user_of(ports, update)
    try:
        result = chat_taps.record_tap_callback(ports, update.user, user.player_id, update.id, update.data)
    except TooManyRequests as error:
        return answer_callback_query(update.query_id, too_fast(error, user.language))
    except Forbidden:
        shown = message_call(
            update.chat_id, explanation(ports.settings.telegram, user.language), None, update.message_id
        )
        if ports.outbox.put_edit(shown):
            wake_sender(ports)
        return answer_callback_query(update.query_id, TEXTS.plain("banned.toast", user.language))
    data = chat_taps.button_data(ports, user.player_id, result.button)
    screen = panel(user.language, result.clicks, result.total_clicks, data)
    wake = ports.outbox.put_edit(message_call(update.chat_id, *screen, update.message_id))
    paused = pause(user.language, result.clicks)
    idle_ms = ports.settings.play.session_idle_s * 1_000
    ports.outbox.put_later(message_call(update.chat_id, *paused, update.message_id), idle_ms)
    if wake:
        wake_sender(ports)
    key = "tap.counted" if result.accepted else "tap.too_fast"
    return answer_callback_query(update.query_id, TEXTS.plain(key, user.language, clicks=result.clicks))


def user_of(ports: TapCallbackPorts, update: Update) -> CachedUser:
    """Who has tapped; a player of their own from their first tap."""
    user = ports.conversation_cache.user(update.user.id)
    if user is None:
        player = sessions.find_or_create(ports, update.user)
        chat = ports.conversations.get(update.user.id)
        wished, account = player.wished_languages(chat.language)
        user = CachedUser(player.id, language_of(wished, update.user.language_code, account))
        ports.conversation_cache.keep_user(update.user.id, user)
    return user


def panel(language: str, clicks: int, total: int, data: str) -> tuple[str, Rows]:
    """The screen one taps on; `data` is its button's."""
    lines = [
        TEXTS.say("tap.title", language),
        "",
        TEXTS.say("home.own", language, clicks=clicks),
        TEXTS.say("board.total", language, clicks=total),
    ]
    return "\n".join(lines), [[button(TEXTS.plain("b.tap_more", language), data)], _home(language)]


def pause(language: str, clicks: int) -> tuple[str, Rows]:
    """The screen of a session that has ended because nobody tapped."""
    lines = [TEXTS.say("tap.paused", language), "", TEXTS.say("home.own", language, clicks=clicks)]
    return "\n".join(lines), [[button(TEXTS.plain("b.resume", language), "tap:resume")], _home(language)]


def _home(language: str) -> list[InlineKeyboardButton]:
    return [
        button(TEXTS.plain("b.home", language), f"{HOME}:open"),
        button(TEXTS.plain("b.board", language), "leaderboard:open"),
    ]
