"""The seasons of the catalogue that counts now, as the boards need them: a push moves their dates, no deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.economy.rules import seasons
from tapstack.leaderboards.model import SeasonPeriod

if TYPE_CHECKING:
    from tapstack.economy.ports import CatalogueVersions


class SeasonDates:
    """Raises StoreUnavailable where nothing is known of the catalogue yet."""

    def __init__(self, catalogues: CatalogueVersions) -> None:
        self._catalogues = catalogues

    def all(self) -> list[SeasonPeriod]:
        """Every season: over, running or to come."""
        return [seasons.period_of(one) for one in self._catalogues.current().seasons]
