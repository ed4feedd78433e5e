"""The milestones that players were last seen at, for a day or two: who has reached nothing new is not looked up."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from tapstack.platform.redis_client import available

KEPT_MS = 2 * 86_400_000


class RedisMilestones:
    """Every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def known(self, player_ids: Sequence[str]) -> dict[str, int]:
        """The milestones of those players who are known."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for key in reversed(_keys()):
                pipe.hmget(key, player_ids)
            pages = pipe.execute()
        return {i: int(found) for page in pages for i, found in zip(player_ids, page, strict=True) if found}

    def keep(self, player_id: str, milestone: int) -> None:
        """Remembers a milestone."""
        key = _keys()[0]
        with available():
            pipe = self.client.pipeline(transaction=True)
            pipe.hset(key, player_id, milestone)
            pipe.pexpire(key, KEPT_MS)
            pipe.execute()


def _keys() -> list[str]:
    """Hashes of today and of yesterday, in one slot of a cluster."""
    day = int(time.time()) // 86_400
    return [f"{{milestones}}:{day}", f"{{milestones}}:{day - 1}"]
