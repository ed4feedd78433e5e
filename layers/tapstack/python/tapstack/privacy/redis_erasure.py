"""The live state as erasure needs it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tapstack.moderation import redis_keys as moderation_keys
from tapstack.platform import redis_scripts
from tapstack.platform.redis_client import available
from tapstack.play import redis_keys as play_keys
from tapstack.players.rules.identity import bucket_of

ERASED_FOR_MS = 2 * 86_400_000
"""How long an erased player can't be loaded: longer than any token lives."""


class RedisErasure:
    """Drops players from Redis; raises StoreUnavailable where it is unavailable.

    `now_ms` replaces Redis's own clock in tests.
    """

    def __init__(self, client: Any, *, buckets: int, now_ms: Callable[[], int] | None = None) -> None:
        self.client = client
        self.buckets = buckets
        self._now_ms = now_ms or (lambda: 0)

    def erase(self, player_id: str) -> bool:
        """Drops everything live of a player; says whether there was anything."""
        b = bucket_of(player_id, self.buckets)
        script_keys = [
            play_keys.player(b, player_id),
            play_keys.META[b],
            play_keys.ERASED[b],
            play_keys.DIRTY[b],
            play_keys.SYNCING[b],
            play_keys.ACTIVE[b],
            play_keys.SESSIONS[b],
            play_keys.ENDED[b],
            play_keys.SCORES[b],
            play_keys.REFUSED[b],
            play_keys.opened(b, player_id),
            moderation_keys.samples(b, player_id),
            play_keys.ticket(b, player_id),
            play_keys.HIDDEN[b],
        ]
        args = [self._now_ms(), player_id, ERASED_FOR_MS]
        with available():
            return bool(redis_scripts.run(self.client, "privacy/erase_player", script_keys, args))
