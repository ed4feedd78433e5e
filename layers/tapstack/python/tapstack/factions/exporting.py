"""What factions keep of a player, for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapstack.platform.calendar import Period

if TYPE_CHECKING:
    from tapstack.factions.ports import ExportFactionPorts


def exported(ports: ExportFactionPorts, player_id: str) -> dict[str, Any]:
    """The faction of a player, how many they have asked to join, and what they fought for before they moved on.

    Times in s since 1970.
    """
    membership = ports.factions.membership(player_id).membership
    stored = ports.factions.get(membership.faction) if membership.faction else None
    member = stored.faction.members.get(player_id) if stored else None
    own = None
    if stored and member:
        own = {
            "id": stored.faction.id,
            "name": stored.faction.name,
            "role": str(member.role),
            "joined_at_s": member.joined_at_ms // 1_000,
            "clicks_at_joining": member.clicks,
            "paid_taps_at_joining": member.paid,
            "territory": member.territory or None,
            "given": stored.given.get(player_id, 0),
        }
    fought = [
        {"week": Period.WEEK.label(int(week)), "faction": faction_id, "territory": territory, "taps": count}
        for week, taps in membership.fought.items()
        for key, count in taps.items()
        for faction_id, territory in (key.split(":"),)
    ]
    return {
        "faction": own,
        "free_at_s": membership.free_at_ms // 1_000,
        "asked": len(membership.asked),
        "fought": fought,
    }
