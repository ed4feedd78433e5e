"""Lines of a leaderboard in the chat."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Protocol

from tapstack.leaderboards.texts import TEXTS
from tapstack.players.mentions import mention
from tapstack.telegram.texts import Html, number


class Entry(Protocol):
    """What a line shows of a place on any board."""

    @property
    def rank(self) -> int: ...
    @property
    def id(self) -> str: ...
    @property
    def clicks(self) -> int: ...


MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}


def rows(entries: Iterable[Entry], own_id: str, language: str) -> list[Html]:
    """Lines of a leaderboard, the own one marked; the names are mentions (players/mentions.py)."""
    return [_row(entry, own_id, language) for entry in entries]


def own_row(place: str, name: str, clicks: int, language: str) -> Html:
    """The own line of a player."""
    return _own(say_row(place, name, clicks, language), language)


def say_row(place: str, name: str, clicks: int, language: str) -> Html:
    """One line: place, name, clicks."""
    shown = name if isinstance(name, Html) else escape(name)
    return Html(f"{place} {shown} · {number(clicks, language)}")


def _row(entry: Entry, own_id: str, language: str) -> Html:
    place = MEDALS.get(entry.rank, f"{number(entry.rank, language)}.")
    shown = say_row(place, mention(entry.id), entry.clicks, language)
    return _own(shown, language) if entry.id == own_id else shown


def _own(row: Html, language: str) -> Html:
    return Html(f"<b>{row} ← {TEXTS.say('board.you', language)}</b>")
