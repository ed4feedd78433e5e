"""The side of the live state that an operator's work needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tapstack.domain.identity import bucket_of
from tapstack.stores import keys, scripts
from tapstack.stores.redis_client import available

ERASED_FOR_MS = 2 * 86_400_000
"""How long an erased player can't be loaded: longer than any token lives."""


class HotDesk:
    """Takes players out, one bucket at a time. `now_ms` replaces Redis's own clock in tests."""

    def __init__(self, client: Any, *, buckets: int, now_ms: Callable[[], int] | None = None) -> None:
        self.client = client
        self.buckets = buckets
        self._now_ms = now_ms or (lambda: 0)

    def erase(self, player_id: str) -> bool:
        """Drops all that is live of a player; says whether there was anything."""
        b = bucket_of(player_id, self.buckets)
        script_keys = [
            keys.player(b, player_id),
            keys.META[b],
            keys.ERASED[b],
            keys.DIRTY[b],
            keys.SYNCING[b],
            keys.ACTIVE[b],
            keys.SESSIONS[b],
            keys.ENDED[b],
            keys.SCORES[b],
        ]
        with available():
            return bool(
                scripts.run(self.client, "erase_player", script_keys, [self._now_ms(), player_id, ERASED_FOR_MS])
            )
