"""What others see of players, kept in Redis for a while: an own rank names ten others, whom it would read each time.

Whoever is about to be renamed, or to wear something else, is forgotten first, and for a moment not kept again: so what
was read before the change is not kept after it, and a change that is cut short leaves nothing old.
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
CHANGING_MS = 10_000
"""Longer than a change in DynamoDB and a read beside it may take."""

_of_json = msgspec.json.Decoder(Shown).decode


class RedisNames:
    """Every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def keep(self, shown: Mapping[str, Shown]) -> None:
        """Keeps what others see of players, except for those who are changing."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id, one in shown.items():
                pipe.set(NAME + player_id, msgspec.json.encode(one).decode(), px=KEPT_MS, nx=True)
            pipe.execute()

    def forget(self, player_id: str) -> None:
        """Forgets what others have seen of a player who changes now."""
        with available():
            self.client.set(NAME + player_id, "", px=CHANGING_MS)

    def drop(self, player_id: str) -> None:
        """Leaves nothing of a player who was closed to everybody long before."""
        with available():
            self.client.delete(NAME + player_id)


def kept(raw: str | None) -> Shown | None:
    """What a key holds; None for nothing, and for what another release has written."""
    try:
        return _of_json(raw) if raw else None
    except msgspec.DecodeError:
        return None
