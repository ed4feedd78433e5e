"""How rare achievements are: what part of all players has claimed a tier, counted about (HyperLogLog, 1% off)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tapstack.economy.catalogue.model import Catalogue

if TYPE_CHECKING:
    from tapstack.goals.ports import Badge, Live

KEPT_MS = 60_000
"""How old the numbers may be."""


class Rarities:
    """What one process knows."""

    def __init__(self) -> None:
        self._read_at_ms = -KEPT_MS
        self._version = ""
        self._holders: Mapping[Badge, int] = {}
        self._players = 0

    def asked(self, catalogue: Catalogue, now_ms: int) -> list[Badge]:
        """The badges whose holders are to be counted anew: all of them once in a while, mostly none."""
        if catalogue.version == self._version and 0 <= now_ms - self._read_at_ms < KEPT_MS:
            return []
        return [(one.id, tier) for one in catalogue.achievements for tier in range(1, len(one.tiers) + 1)]

    def keep(self, live: Live, catalogue: Catalogue, now_ms: int) -> None:
        """Keeps what was counted."""
        if live.holders is not None:
            self._holders, self._players = live.holders, live.players or 0
            self._version, self._read_at_ms = catalogue.version, now_ms

    def permille(self, badge: Badge, *, own: bool = False) -> int | None:
        """How many of a thousand players have it, at least one where anybody has; its `own` holder is somebody."""
        holders = self._holders.get(badge)
        return permille(max(int(own), holders) if holders is not None else None, self._players)


def permille(holders: int | None, players: int) -> int | None:
    """How many of a thousand players so many are, at least one where there are any; None where it is not known."""
    if holders is None or not players:
        return None
    return min(1_000, max(int(holders > 0), round(holders * 1_000 / players)))
