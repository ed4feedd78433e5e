"""In groups: the leaderboard, and the way into the game."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton

from tapstack.bot.views import deep_link, rows
from tapstack.leaderboards import all_time
from tapstack.platform.errors import TooManyRequests
from tapstack.platform.limits import Limit
from tapstack.players.mentions import named
from tapstack.telegram.answers import wake_sender
from tapstack.telegram.context import Call, Rows, message_call
from tapstack.telegram.texts import language_of, plain, say

if TYPE_CHECKING:
    from tapstack.ports import Stores
    from tapstack.telegram.updates import Incoming

SHOWN = 10

COMMANDS = Limit(burst=20, every_ms=3_000)
"""Of one group: as many as the outbox may answer there, 20 a minute, so that none are left to wait."""


def answer(stores: Stores, incoming: Incoming) -> Call:
    """/top and /play; anything else in a group is not for the bot."""
    if incoming.command not in ("top", "play"):
        return {}
    try:
        stores.limiter.spend("group", f"telegram {incoming.chat_id}", COMMANDS)
    except TooManyRequests:
        return {}
    language = language_of(incoming.user.language_code)
    link = InlineKeyboardButton(plain("b.play_here", language), url=deep_link(stores, "group"))
    if incoming.command == "top":
        return _reply(stores, incoming, _top(stores, language), [[link]])
    return _reply(stores, incoming, say("group.play", language), [[link]])


def _top(stores: Stores, language: str) -> str:
    board = all_time.current(stores)
    lines = rows(board.entries[:SHOWN], "", language) or [say("home.empty", language)]
    title = say("board.title", language)
    return "\n".join([title, "", *lines, "", say("home.all", language, clicks=board.total_clicks)])


def _reply(stores: Stores, incoming: Incoming, text: str, keyboard: Rows) -> Call:
    """The answer at once, or through the outbox where the group has had its share of messages."""
    call = message_call(incoming.chat_id, text, keyboard)
    if stores.outbox.spend(incoming.chat_id) == 0:
        return named(stores, call)
    if stores.outbox.put_once(f"{incoming.update_id}:0", call):
        wake_sender(stores)
    return {}
