"""Finds players by whatever an operator has of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tapstack.platform.bounds import MAX_SEARCH, MAX_TELEGRAM_ID
from tapstack.platform.errors import GameError, NotFound
from tapstack.players.rules.identity import PLAYER_ID

if TYPE_CHECKING:
    from tapstack.players.model import Player
    from tapstack.players.ports import SearchPorts


def find(ports: SearchPorts, text: str, *, limit: int = 20) -> list[Player]:
    """Players by id, Telegram id, @username, referral code, or the start of a name.

    A text that identifies one player finds that player alone; otherwise names are searched.
    """
    if not 0 < len(text) <= MAX_SEARCH:
        return []
    lookups: list[Callable[[], Player | None]] = []
    if PLAYER_ID.fullmatch(text):
        lookups.append(lambda: ports.players.get(text))
    if text.isascii() and text.isdigit() and int(text) <= MAX_TELEGRAM_ID:
        lookups.append(lambda: ports.players.by_telegram_id(int(text)))
    lookups.append(lambda: ports.players.by_username(text.removeprefix("@")))
    lookups.append(lambda: ports.players.by_ref_code(text.removeprefix("ref_")))
    for lookup in lookups:
        try:
            if found := lookup():
                return [found]
        except GameError:
            continue
    by_name = list(ports.player_index.search(text, limit=limit).items)
    by_username = ports.player_index.search(text.removeprefix("@"), by="username", limit=limit).items
    return [*by_name, *(p for p in by_username if p.id not in {q.id for q in by_name})][:limit]


def find_one(ports: SearchPorts, text: str) -> Player:
    """The one player that a text identifies; raises NotFound if there is none, or more than one."""
    found = find(ports, text, limit=2)
    if len(found) != 1:
        raise NotFound(f"{text!r} matches {'several players' if found else 'no player'}", code="player_unknown")
    return found[0]
