"""In groups: the tap button, the group's own board, and the way into the game."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton

from tapstack.bot.cooldowns import too_fast
from tapstack.bot.tap_callbacks import user_of
from tapstack.bot.texts import TEXTS
from tapstack.groups import tapping
from tapstack.groups.model import Panel
from tapstack.groups.panel import board_call, panel_call
from tapstack.groups.rules import TAP
from tapstack.leaderboards import all_time
from tapstack.leaderboards.chat_rows import rows
from tapstack.platform.errors import Forbidden, TooManyRequests
from tapstack.platform.limits import COOLDOWNS
from tapstack.play import chat_taps
from tapstack.players.mentions import with_names
from tapstack.telegram.client import bot_name
from tapstack.telegram.context import Call, message_call
from tapstack.telegram.dispatch import answer_callback_query
from tapstack.telegram.links import chat_link
from tapstack.telegram.notices import wake_sender
from tapstack.telegram.texts import language_of
from tapstack.telegram.updates import Kind

if TYPE_CHECKING:
    from tapstack.bot.ports import GroupPorts
    from tapstack.telegram.updates import Update

COMMANDS = ("tap", "top", "play", "heist", "rally", "duel")
"""What Telegram offers in groups; the last three are answered by bot/heists.py, bot/rallies.py and bot/duels.py."""
PRIVATE = ("wallet", "shop", "bag", "crates")
"""What is nobody else's business: a group is told where it is."""

ELSEWHERE = ("faction", "raid")
"""What is played in private: a group is told so."""

SHOWN = 10

MEMBER = ("member", "administrator")
"""The bot's status in a group that it may write to."""


def answer(ports: GroupPorts, update: Update) -> Call:
    """Answers the commands, says where purses are opened, greets a group once, and follows its upgrade.

    Anything else in a group is not for the bot.
    """
    if update.upgraded_from:
        ports.groups.upgraded(update.chat_id, update.upgraded_from)
        return {}
    if update.kind is Kind.MY_CHAT_MEMBER:
        return _greet(ports, update) if update.text in MEMBER else {}
    if update.command not in (*COMMANDS, *PRIVATE, *ELSEWHERE) or too_many(ports, update):
        return {}
    return send(ports, update, _answer(ports, update, language_of(update.user.language_code)))


def tap(ports: GroupPorts, update: Update) -> Call:
    """Counts a tap for its player and for the group; the panel follows every few seconds (groups/saving.py)."""
    user = user_of(ports, update)
    try:
        result = chat_taps.record_tap_callback(ports, update.user, user.player_id, update.id)
    except TooManyRequests as error:
        return answer_callback_query(update.query_id, too_fast(error, user.language))
    except Forbidden:
        return answer_callback_query(update.query_id, TEXTS.plain("banned.toast", user.language))
    if result.accepted:
        panel = Panel(update.message_id, language_of(update.data.removeprefix(TAP)))
        tapping.count(ports, update.chat_id, user.player_id, panel if update.message_id else None)
    key = "tap.counted" if result.accepted else "tap.too_fast"
    return answer_callback_query(update.query_id, TEXTS.plain(key, user.language, clicks=result.clicks))


def _greet(ports: GroupPorts, update: Update) -> Call:
    """Says hello to a group that the bot has come to: once ever, however often it is added again.

    It goes through the outbox, which has it once for a day: also where this update comes again.
    """
    group_id, board = update.chat_id, ports.groups.get(update.chat_id)
    if not board.greeted and not too_many(ports, update):
        call = panel_call(ports, group_id, board, language_of(update.user.language_code), greets=True)
        wake = ports.outbox.put_once("greeting", call)
        ports.groups.greeted(group_id)
        if wake:
            wake_sender(ports)
    return {}


def too_many(ports: GroupPorts, update: Update) -> bool:
    try:
        ports.limiter.spend("group", f"telegram {update.chat_id}", COOLDOWNS["group"])
    except TooManyRequests:
        return True
    return False


def _answer(ports: GroupPorts, update: Update, language: str) -> Call:
    if update.command == "tap":
        return panel_call(ports, update.chat_id, ports.groups.get(update.chat_id), language)
    if update.command == "top":
        board = ports.groups.get(update.chat_id)
        if board.own or board.earlier:
            return board_call(ports, update.chat_id, board, language, SHOWN)
    link = InlineKeyboardButton(TEXTS.plain("b.play_here", language), url=chat_link(bot_name(ports), "group"))
    if update.command == "top":
        text = _top(ports, language)
    elif update.command in ELSEWHERE:
        text = TEXTS.say("group.elsewhere", language)
    else:
        text = TEXTS.say("group.private" if update.command in PRIVATE else "group.play", language)
    return message_call(update.chat_id, text, [[link]])


def _top(ports: GroupPorts, language: str) -> str:
    """The leaderboard of the game, for a group without a board of its own yet."""
    board = all_time.current(ports)
    lines = rows(board.entries[:SHOWN], "", language) or [TEXTS.say("board.empty", language)]
    title = TEXTS.say("board.title", language)
    return "\n".join([title, "", *lines, "", TEXTS.say("board.total", language, clicks=board.total_clicks)])


def send(ports: GroupPorts, update: Update, call: Call) -> Call:
    """Answers at once, or through the outbox where the group has used up its allowance."""
    if ports.outbox.spend(update.chat_id) == 0:
        return with_names(ports, call)
    if ports.outbox.put_once(f"{update.id}:0", call):
        wake_sender(ports)
    return {}
