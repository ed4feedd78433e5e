"""Whether the game does its work, for anybody who asks, at the price of one look every few seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from tapstack.admin.ports import HealthPorts

LOOKED_FOR_MS = 3_000
"""One process looks no more often, however many ask."""

LATE_S = 180
"""Changes are saved after 5 s, and by the minute's schedule at the latest: this is three of those missed."""


class Saving(msgspec.Struct, frozen=True):
    """The state of saving: unsaved players, the age of the oldest change, players who cannot be saved.

    `refused_players` are kept in Redis, reported to the operator, and tried again every few minutes.
    """

    unsaved_players: int
    oldest_unsaved_s: int
    refused_players: int


class Health(msgspec.Struct, frozen=True):
    """`degraded` names the impaired parts; the game stays playable."""

    status: Literal["ok", "degraded"]
    degraded: list[Literal["saving"]]
    saving: Saving


class HealthCheck:
    """Looks at the game for one process."""

    def __init__(self) -> None:
        self._last: tuple[int, Health] | None = None

    def __call__(self, ports: HealthPorts) -> Health:
        """The health of the game, at most LOOKED_FOR_MS old; raises StoreUnavailable where Redis is unavailable."""
        now_ms = ports.clock()
        if self._last and 0 <= now_ms - self._last[0] < LOOKED_FOR_MS:
            return self._last[1]
        health = look(ports)
        self._last = now_ms, health
        return health


def look(ports: HealthPorts) -> Health:
    """The health of the game now: two round trips to Redis, whatever the number of players."""
    found = ports.live_admin.saving(ports.play.server_time_ms())
    saving = Saving(found.unsaved, found.lag_ms // 1_000, found.refused)
    if saving.oldest_unsaved_s > LATE_S or saving.refused_players:
        return Health("degraded", ["saving"], saving)
    return Health("ok", [], saving)
