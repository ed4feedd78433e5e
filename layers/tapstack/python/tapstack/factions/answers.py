"""What the API of factions answers."""

from __future__ import annotations

import msgspec

from tapstack.factions.model import Entrance, Faction


class FactionCard(msgspec.Struct, frozen=True, kw_only=True):
    """A faction as anybody sees it in a list."""

    id: str
    name: str
    level: int
    members: int
    entrance: Entrance
    colour: str = ""


class FactionPage(msgspec.Struct, frozen=True):
    """A page of factions; `cursor` asks for the next one."""

    factions: list[FactionCard]
    cursor: str | None = None


def card(faction: Faction) -> FactionCard:
    return FactionCard(
        id=faction.id,
        name=faction.name,
        level=faction.level,
        members=len(faction.members),
        entrance=faction.entrance,
        colour=faction.colour,
    )
