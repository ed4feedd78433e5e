"""Who may claim the reward for a territory that was won."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from tapstack.factions import rules
from tapstack.factions.counting import counters
from tapstack.platform.calendar import Period

if TYPE_CHECKING:
    from tapstack.economy.catalogue.model import Territory
    from tapstack.factions.model import WeekOver
    from tapstack.factions.ports import ClaimPorts

Fighters = Mapping[str, Collection[str]]
"""By territory the players who were listed for it."""


def may_claim(ports: ClaimPorts, player_id: str, over: WeekOver, territory: Territory, fighters: Fighters) -> bool:
    """Whether a player has tapped enough for who has won a territory in a week.

    They were among the `fighters` when the week was closed; or had left by then, been removed, or chosen another one.
    """
    held = next((one for one in over.held if one.territory == territory.id), None)
    if held is None:
        return False
    if player_id in fighters.get(territory.id, ()):
        return True
    own = ports.factions.membership(player_id).membership
    taps = own.fought.get(str(over.week), {}).get(rules.cause(held.faction, held.territory), 0)
    if not taps or ports.players.get(player_id).hidden:
        return False
    if taps < territory.least and own.faction == held.faction:
        taps += _since(ports, player_id, over.week, held.faction, territory.id)
    return taps >= territory.least


def _since(ports: ClaimPorts, player_id: str, week: int, faction_id: str, territory_id: str) -> int:
    """What a member has tapped in a week since they came back to a territory."""
    stored = ports.factions.get(faction_id)
    member = stored.faction.members.get(player_id) if stored else None
    if member is None or member.territory != territory_id:
        return 0
    counter = counters(ports, [player_id]).get(player_id)
    return rules.in_period(counter, Period.WEEK, week, member.since) if counter else 0
