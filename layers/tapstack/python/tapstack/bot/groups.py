"""In groups: the leaderboard, and the way into the game."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton

from tapstack.bot.texts import TEXTS
from tapstack.leaderboards import all_time
from tapstack.leaderboards.chat_rows import rows
from tapstack.platform.errors import TooManyRequests
from tapstack.platform.limits import Limit
from tapstack.players.mentions import with_names
from tapstack.telegram.client import bot_name
from tapstack.telegram.context import Call, Rows, message_call
from tapstack.telegram.links import chat_link
from tapstack.telegram.notices import wake_sender
from tapstack.telegram.texts import language_of

if TYPE_CHECKING:
    from tapstack.bot.ports import GroupPorts
    from tapstack.telegram.updates import Update

COMMANDS = ("top", "play")
PRIVATE = ("wallet", "shop", "bag", "crates")
"""What is nobody else's business: a group is told where it is."""

SHOWN = 10

LIMIT = Limit(burst=20, every_ms=3_000)
"""Commands of one group: as many as the outbox may answer there, 20 a minute, so that none has to wait."""


def answer(ports: GroupPorts, update: Update) -> Call:
    """Answers /top and /play, and says where purses are opened; anything else in a group is not for the bot."""
    if update.command not in (*COMMANDS, *PRIVATE):
        return {}
    try:
        ports.limiter.spend("group", f"telegram {update.chat_id}", LIMIT)
    except TooManyRequests:
        return {}
    language = language_of(update.user.language_code)
    link = InlineKeyboardButton(TEXTS.plain("b.play_here", language), url=chat_link(bot_name(ports), "group"))
    if update.command == "top":
        text = _top(ports, language)
    else:
        text = TEXTS.say("group.private" if update.command in PRIVATE else "group.play", language)
    return _reply(ports, update, text, [[link]])


def _top(ports: GroupPorts, language: str) -> str:
    board = all_time.current(ports)
    lines = rows(board.entries[:SHOWN], "", language) or [TEXTS.say("board.empty", language)]
    title = TEXTS.say("board.title", language)
    return "\n".join([title, "", *lines, "", TEXTS.say("board.total", language, clicks=board.total_clicks)])


def _reply(ports: GroupPorts, update: Update, text: str, keyboard: Rows) -> Call:
    """Answers at once, or through the outbox where the group has used up its allowance."""
    call = message_call(update.chat_id, text, keyboard)
    if ports.outbox.spend(update.chat_id) == 0:
        return with_names(ports, call)
    if ports.outbox.put_once(f"{update.id}:0", call):
        wake_sender(ports)
    return {}
