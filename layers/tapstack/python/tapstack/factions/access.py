"""Who may enter a faction's room: `faction:<id>`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapstack.factions.ports import RoomPorts

ROOM = "faction:"


def room_of(faction_id: str) -> str:
    return ROOM + faction_id


def may_enter(ports: RoomPorts, player_id: str, room: str) -> bool:
    """Whether a player is a member of the faction whose room this is; raises StoreUnavailable."""
    faction_id = room.removeprefix(ROOM)
    return (
        room.startswith(ROOM)
        and bool(faction_id)
        and ports.factions.membership(player_id).membership.faction == faction_id
    )
