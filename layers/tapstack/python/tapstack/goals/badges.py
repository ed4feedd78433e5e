"""The achievements on a player's profile: the highest claimed tier of each, and how rare it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.economy.performing import whole
from tapstack.goals.rarity import permille
from tapstack.platform.calendar import Period
from tapstack.platform.errors import StoreUnavailable
from tapstack.players.operations import BadgeView

if TYPE_CHECKING:
    from tapstack.goals.ports import BadgePorts


def badges(ports: BadgePorts, player_id: str) -> list[BadgeView] | None:
    """A player's badges, the rarest first: a query and a round trip to Redis; None where they can't be told now."""
    try:
        achieved = whole(ports, player_id).holdings.goals.achieved
        own = list(achieved.items())
        live = ports.live_goals.read(player_id, Period.WEEK.number_at(ports.clock()), own, own)
    except StoreUnavailable:
        return None
    counts = live.holders or {}
    views = [
        BadgeView(name, tier, permille(max(1, counts.get((name, tier), 1)), live.players or 0)) for name, tier in own
    ]
    return sorted(views, key=lambda one: (1_000 if one.permille is None else one.permille, one.achievement))
