"""What others see of players, kept in Redis for a while: an own rank names ten others, whom it would read each time.

Whoever is renamed or wears something else is forgotten at once, and for a moment not kept again: so what was read
before the change is not kept after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from tapstack.platform.redis_client import available
from tapstack.players.model import Shown

NAME = "name:"
"""The start of a player's key: `leaderboards/lua/own_rank.lua` reads them."""
KEPT_MS = 1_800_000
CHANGING_MS = 5_000
"""Longer than a read of DynamoDB may take."""

_of_json = msgspec.json.Decoder(Shown).decode


class RedisNames:
    """Every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def keep(self, shown: Mapping[str, Shown]) -> None:
        """Keeps what others see of players, but of those who have just changed."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id, one in shown.items():
                pipe.set(NAME + player_id, msgspec.json.encode(one).decode(), px=KEPT_MS, nx=True)
            pipe.execute()

    def forget(self, player_id: str) -> None:
        """Forgets what others saw of a player who has just changed."""
        with available():
            self.client.set(NAME + player_id, "", px=CHANGING_MS)

    def drop(self, player_id: str) -> None:
        """Leaves nothing of a player who was closed to everybody long before."""
        with available():
            self.client.delete(NAME + player_id)


def kept(raw: str | None) -> Shown | None:
    """What a key holds, None where that is nothing."""
    return _of_json(raw) if raw else None
