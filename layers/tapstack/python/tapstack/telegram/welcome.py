"""The welcome text: own clicks, everybody's clicks, the top 20, and the way into the Mini App."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo
from telegram.constants import ParseMode

if TYPE_CHECKING:
    from tapstack.domain.state import Player
    from tapstack.services.board_types import Board, Entry

_MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}


def welcome(chat_id: int, player: Player, clicks: int, board: Board, miniapp_url: str) -> dict[str, object]:
    """A sendMessage call for the webhook's own answer.

    https://core.telegram.org/bots/api#making-requests-when-getting-updates
    """
    name = escape(player.username or player.display_name or "player")
    lines = [
        f"👋 Welcome, <b>{name}</b>!",
        "",
        f"Your clicks: <b>{clicks:,}</b>",
        f"Everybody's clicks: <b>{board.total_clicks:,}</b>",
        "",
        "🏆 <b>Top 20</b>",
        *([_row(entry, player.id) for entry in board.entries] or ["Nobody has tapped yet: be the first!"]),
    ]
    call: dict[str, object] = {
        "method": "sendMessage",
        "chat_id": chat_id,
        "text": "\n".join(lines),
        "parse_mode": ParseMode.HTML,
    }
    if miniapp_url.startswith("https://"):  # Telegram takes no other web_app URL
        button = InlineKeyboardButton("🎮 Open the game", web_app=WebAppInfo(miniapp_url))
        call["reply_markup"] = InlineKeyboardMarkup([[button]]).to_dict()
    elif miniapp_url:
        call["text"] = "\n".join([*lines, "", f"Play at {escape(miniapp_url)}"])
    return call


def _row(entry: Entry, own_id: str) -> str:
    name = escape(entry.username or f"player {entry.id[:4]}")
    row = f"{_MEDALS.get(entry.rank, f'{entry.rank}.')} {name} · {entry.clicks:,}"
    return f"<b>{row} ← you</b>" if entry.id == own_id else row
