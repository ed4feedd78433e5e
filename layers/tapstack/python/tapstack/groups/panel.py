"""What a group is shown: its best of today and ever, and the button to tap. Nothing here loads python-telegram-bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapstack.groups.rules import CONSIDERED, TAP, places, ranked, shares_of
from tapstack.groups.texts import TEXTS
from tapstack.leaderboards.chat_rows import rows
from tapstack.platform.calendar import Period
from tapstack.telegram.links import chat_link, known_bot_name
from tapstack.telegram.notices import text_call

if TYPE_CHECKING:
    from tapstack.groups.model import GroupBoard
    from tapstack.groups.ports import PanelPorts

SHOWN = 5
"""Lines of each ranking under the tap button."""


def panel_call(
    ports: PanelPorts, group_id: int, board: GroupBoard, language: str, *, greets: bool = False
) -> dict[str, Any]:
    """The message to tap at, as a sendMessage."""
    title = TEXTS.say("group.greeting" if greets else "group.title", language)
    shown = board_lines(ports, board, language, SHOWN)
    call = text_call(group_id, "\n".join([title, *shown]))
    tap = {"text": TEXTS.plain("b.tap_more", language), "callback_data": f"{TAP}{language}"}
    keyboard = [[tap], *_way_in(ports, language)]
    return call | {"reply_markup": {"inline_keyboard": keyboard}}


def board_call(ports: PanelPorts, group_id: int, board: GroupBoard, language: str, most: int) -> dict[str, Any]:
    """The group's board by itself, as a sendMessage."""
    title = TEXTS.say("group.board", language)
    call = text_call(group_id, "\n".join([title, *board_lines(ports, board, language, most)]))
    return call | {"reply_markup": {"inline_keyboard": _way_in(ports, language)}}


def board_lines(ports: PanelPorts, board: GroupBoard, language: str, most: int) -> list[str]:
    """The best of today and ever, without players whom the public boards omit; nothing where nobody has tapped.

    One message is for all, so hidden players do not see themselves here either.
    """
    shares = shares_of(board)
    today, ever = ranked(shares, Period.DAY.number_at(ports.clock())), ranked(shares, None)
    ids = {i for i, _ in (*today[:CONSIDERED], *ever[:CONSIDERED])}
    found = ports.players.get_many(sorted(ids)) if ids else {}
    shown = {i for i, player in found.items() if not player.hidden}
    lines = []
    for key, best in (("group.today", today), ("group.ever", ever)):
        if best := [row for row in best if row[0] in shown or row[0] not in ids]:
            total = TEXTS.say(key, language, clicks=sum(n for _, n in best))
            lines += ["", total, *rows(places(best, shown, most), "", language)]
    return lines


def _way_in(ports: PanelPorts, language: str) -> list[list[dict[str, str]]]:
    """The button into the game, once the bot's name is known."""
    name = known_bot_name(ports)
    return [[{"text": TEXTS.plain("b.play_here", language), "url": chat_link(name, "group")}]] if name else []
