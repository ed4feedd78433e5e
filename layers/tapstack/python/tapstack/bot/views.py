"""Pieces that several screens share."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, WebAppInfo

from tapstack.leaderboards import all_time
from tapstack.players.accounts import account
from tapstack.players.mentions import mention
from tapstack.players.rules.names import without_links
from tapstack.telegram.client import bot_name
from tapstack.telegram.texts import Html, number, plain, say

if TYPE_CHECKING:
    from tapstack.leaderboards.model import LeaderboardEntry
    from tapstack.players.model import Player
    from tapstack.ports import Stores
    from tapstack.telegram.context import Context

MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}


def name_of(player: Player) -> str:
    """What to call a player."""
    return player.username or player.display_name or _nameless(player.id, "en")


def name_for_others(player: Player) -> str:
    """What to call a player to somebody else: who writes "FREE: t.me/..." into their name sends nobody a link."""
    return player.username or without_links(player.display_name) or _nameless(player.id, "en")


def rows(entries: Iterable[LeaderboardEntry], own_id: str, language: str) -> list[Html]:
    """Lines of a leaderboard, the own one marked; the names are mentions (mentions.py)."""
    return [_row(entry, own_id, language) for entry in entries]


def _row(entry: LeaderboardEntry, own_id: str, language: str) -> Html:
    place = MEDALS.get(entry.rank, f"{number(entry.rank, language)}.")
    shown = say_row(place, mention(entry.id, language), entry.clicks, language)
    return Html(f"<b>{shown} ← {say('row.you', language)}</b>") if entry.id == own_id else shown


def _nameless(player_id: str, language: str) -> str:
    return plain("row.nameless", language, id=player_id[:4])


def say_row(place: str, name: str, clicks: int, language: str) -> Html:
    """One line: place, name, clicks."""
    shown = name if isinstance(name, Html) else escape(name)
    return Html(f"{place} {shown} · {number(clicks, language)}")


def clicks_of(stores: Stores, player: Player) -> int:
    """A player's clicks, also of one who is not playing now."""
    return account(stores, player.id)[1]


def rank_of(stores: Stores, player: Player) -> int:
    """A player's place over all players."""
    return all_time.standing(stores, player.id).rank


def open_button(context: Context) -> list[InlineKeyboardButton]:
    """The button that opens the Mini App, where Telegram would take its address."""
    url = context.stores.settings.button_url
    return [InlineKeyboardButton(context.plain("b.open"), web_app=WebAppInfo(url))] if url else []


def home_row(context: Context) -> list[InlineKeyboardButton]:
    """The way back."""
    return [context.button("b.home", "home:open")]


def deep_link(stores: Stores, parameter: str) -> str:
    """A link into the private chat with the bot: https://core.telegram.org/bots/features#deep-linking"""
    return f"https://t.me/{bot_name(stores)}?start={parameter}"


def invite_link(stores: Stores, player: Player) -> str:
    """The link that a player's friends come by."""
    return deep_link(stores, f"ref_{player.ref_code}")
