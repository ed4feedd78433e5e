"""A player's paid taps and energy, as the tap script has left them in Redis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.redis_client import available
from tapstack.platform.settings import PlaySettings
from tapstack.play import redis_keys as keys
from tapstack.play.model import PaidTaps
from tapstack.play.rules.energy import energy_at
from tapstack.players.rules.identity import bucket_of


class RedisPaidTaps:
    """Reads paid taps for whoever pays for them; `now_ms` says at what time the energy is reckoned."""

    def __init__(self, client: Any, settings: PlaySettings, now_ms: Callable[[], int]) -> None:
        self.client = client
        self._settings = settings
        self._now_ms = now_ms

    def paid_taps(self, player_id: str) -> PaidTaps | None:
        """One read; None for a player who is not loaded, of whom nothing is known here.

        Raises StoreUnavailable where Redis is unavailable, or (`player_unreadable`) holds what no script has written.
        """
        name = keys.player(bucket_of(player_id, self._settings.buckets), player_id)
        with available():
            fields = self.client.hmget(name, *FIELDS)
        return paid_taps_of(fields, self._settings, self._now_ms())


FIELDS = ("c", "pt", "en", "at")
"""What it takes to know them, of a player's hash."""


def paid_taps_of(fields: Sequence[str | None], of: PlaySettings, now_ms: int) -> PaidTaps | None:
    """Paid taps, from the values of FIELDS; None for a player who is not loaded.

    Raises StoreUnavailable (`player_unreadable`).
    """
    clicks, paid_taps, tat_ms, tapped_ms = fields
    if clicks is None:
        return None
    try:
        paid, tapped = int(paid_taps or 0), int(tapped_ms or 0)
        tat = int(tat_ms or 0) - max(0, tapped - now_ms)
    except ValueError as error:
        raise StoreUnavailable(
            "this player's paid taps can't be read", code="player_unreadable", retry_after_s=60
        ) from error
    return PaidTaps(paid, energy_at(now_ms, tat, full=of.energy_full, every_ms=of.energy_every_ms), tapped)
