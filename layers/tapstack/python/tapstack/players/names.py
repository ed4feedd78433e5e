"""What to call a player in the chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.players.rules.names import without_links
from tapstack.players.texts import TEXTS
from tapstack.telegram.texts import DEFAULT

if TYPE_CHECKING:
    from tapstack.players.model import Player


def name_of(player: Player) -> str:
    """What to call a player to themselves."""
    return player.username or player.display_name or nameless(player.id, DEFAULT)


def name_for_others(player: Player) -> str:
    """What to call a player to somebody else: a name like "FREE: t.me/..." sends nobody a link."""
    return player.username or without_links(player.display_name) or nameless(player.id, DEFAULT)


def nameless(player_id: str, language: str) -> str:
    """What to call a player without a name."""
    return TEXTS.plain("name.nameless", language, id=player_id[:4])
