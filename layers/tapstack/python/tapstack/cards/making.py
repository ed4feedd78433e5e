"""The card of a player, as they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.cards.model import Card, Shape
from tapstack.leaderboards import all_time
from tapstack.players.accounts import clicks_of
from tapstack.players.names import name_for_others

if TYPE_CHECKING:
    from tapstack.cards.ports import CardPorts
    from tapstack.players.model import Player


def card_of(ports: CardPorts, player: Player, language: str, shape: Shape) -> Card:
    """A player's score, with their rank once they have one."""
    clicks = clicks_of(ports, player.id)
    rank = all_time.own_rank(ports, player.id).rank if clicks else 0
    return Card(shape, language, name_for_others(player), clicks, rank)
