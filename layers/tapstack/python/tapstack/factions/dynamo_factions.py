"""Factions among the items that players share: FAC#id is a faction, and stands in a list by its name."""

from __future__ import annotations

from typing import Any, cast

import msgspec

from tapstack.economy.ports import SharedItems
from tapstack.factions.model import Faction, Stored
from tapstack.platform.errors import StoreUnavailable

FACTION = "FAC#"
BY_NAME = "faction"


class FactionStore:
    """Every call raises StoreUnavailable where the items are unavailable."""

    def __init__(self, items: SharedItems) -> None:
        self.items = items

    def search(self, start: str, after: str, limit: int) -> list[tuple[str, Stored]]:
        """Factions whose folded names begin like this, each with the place that the next page begins after."""
        rows = self.items.listed(BY_NAME, start, after, limit)
        found = self.items.shared([key for _, key in rows]) if rows else {}
        return [(f"{name}\n{key}", _stored(found[key])) for name, key in rows if key in found]


def _stored(fields: dict[str, Any]) -> Stored:
    try:
        faction = msgspec.json.decode(fields["body"], type=Faction)
    except (KeyError, msgspec.DecodeError) as error:
        raise StoreUnavailable("this faction can't be read", code="faction_unreadable", retry_after_s=60) from error
    given = cast("dict[str, int]", fields.get("given", {}))
    return Stored(faction, int(fields["seq"]), int(fields.get("treasury", 0)), int(fields.get("spent", 0)), given)
