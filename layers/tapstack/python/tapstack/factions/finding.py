"""Finding factions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.factions.answers import FactionPage, card
from tapstack.platform.paging import page_size
from tapstack.players.rules.names import fold

if TYPE_CHECKING:
    from tapstack.factions.ports import SearchPorts


def search(ports: SearchPorts, name: str, limit: int, cursor: str | None) -> FactionPage:
    """A page of the factions whose names begin like this, in the order of their names."""
    start, limit = fold(name), page_size(limit)
    scope = ("factions", start)
    after = ports.cursors.read(cursor, str, *scope) if cursor else ""
    rows = ports.factions.search(start, after, limit)
    more = ports.cursors.sign(rows[-1][0], *scope) if len(rows) == limit else None
    return FactionPage([card(stored.faction) for _, stored in rows], more)
