"""What factions need: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from typing import Protocol

from tapstack.factions.model import Stored
from tapstack.platform.paging import Cursors

# -- stores --


class FactionSearch(Protocol):
    """Factions by the beginning of their names; raises StoreUnavailable."""

    def search(self, start: str, after: str, limit: int) -> list[tuple[str, Stored]]: ...


# -- bundles --


class SearchPorts(Protocol):
    """To find factions."""

    @property
    def cursors(self) -> Cursors: ...
    @property
    def factions(self) -> FactionSearch: ...
