"""Whom a player does not raid: friends, and members of the same faction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.players.rules.referrals import are_friends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapstack.players.model import Player
    from tapstack.raids.ports import RaidPorts


def allies_among(ports: RaidPorts, player: Player, others: Sequence[Player]) -> set[str]:
    """The ids of those of the others who are the player's friends or mates; raises StoreUnavailable."""
    belongs = ports.factions.memberships([player.id, *(other.id for other in others)])
    own, tree = belongs[player.id].membership.faction, (player.id, player.referrer_id)
    mates = {one.id for one in others if own and belongs[one.id].membership.faction == own}
    return mates.union(one.id for one in others if are_friends(tree, (one.id, one.referrer_id)))
