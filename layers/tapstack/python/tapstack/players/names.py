"""What to call a player in the chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.players.rules.names import without_links
from tapstack.players.rules.public_names import public_name

if TYPE_CHECKING:
    from tapstack.players.model import Player


def name_of(player: Player) -> str:
    """What to call a player to themselves."""
    return player.username or player.display_name or public_name(player.id, None)


def name_for_others(player: Player) -> str:
    """What to call a player to somebody else: a name like "FREE: t.me/..." sends nobody a link."""
    return player.username or without_links(player.display_name) or public_name(player.id, None)
