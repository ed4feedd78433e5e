"""A player's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.domain.identity import check_username

if TYPE_CHECKING:
    from tapstack.domain.state import Player
    from tapstack.services.stores import Stores


def account(stores: Stores, player_id: str) -> tuple[Player, int]:
    """A player's account and clicks; raises NotFound (`player_unknown`)."""
    player = stores.players.get(player_id)
    clicks = stores.hot.clicks_of([player_id]).get(player_id)
    if clicks is None:
        counter = stores.counters.get(player_id)
        clicks = counter.clicks if counter else 0
    return player, clicks


def rename(stores: Stores, player_id: str, username: str) -> tuple[Player, int]:
    """Gives a player a username; raises BadRequest for a bad one, Conflict (`username_taken`) for another's."""
    check_username(username)
    player, clicks = account(stores, player_id)
    if player.username == username:
        return player, clicks
    return stores.players.rename(player, username), clicks
