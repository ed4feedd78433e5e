"""The achievements on a player's profile: the highest claimed tier of each, and how rare it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.economy.performing import whole
from tapstack.goals.rarity import permille
from tapstack.platform.errors import StoreUnavailable
from tapstack.players.operations import BadgeView

if TYPE_CHECKING:
    from tapstack.goals.ports import BadgePorts


def badges(ports: BadgePorts, player_id: str) -> list[BadgeView] | None:
    """A player's badges, the rarest first: a query and a round trip to Redis; None while a store is unavailable."""
    try:
        own = list(whole(ports, player_id).holdings.goals.achieved.items())
        counts, players = ports.live_goals.holders(player_id, own)
    except StoreUnavailable:
        return None
    views = [BadgeView(*badge, permille(max(1, counts[badge]), players)) for badge in own]
    return sorted(views, key=lambda one: (1_000 if one.permille is None else one.permille, one.achievement))
