"""Reminders in Redis: how far the walk has come, and what it has seen of each player.

Lost with Redis, the walk begins again, and players are compared with what it sees then. Nobody is written to twice:
claims on a day's messages are in DynamoDB.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tapstack.notifications import redis_keys as keys
from tapstack.notifications.model import Seen, Walk
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.redis_client import available
from tapstack.players.rules.identity import bucket_of

KEPT_MS = 30 * DAY_MS


class RedisReminders:
    """Every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any, *, buckets: int) -> None:
        self.client = client
        self.buckets = buckets

    def walk(self) -> Walk:
        """The current walk, or the last one."""
        with available():
            began, cursor = self.client.hmget(keys.WALK, "began", "cursor")
        return Walk(int(began or 0), cursor or None)

    def keep_walk(self, walk: Walk) -> None:
        """Records how far a walk has come."""
        with available():
            self.client.hset(keys.WALK, mapping={"began": walk.began_at_ms, "cursor": walk.cursor or ""})

    def seen(self, player_ids: Sequence[str]) -> dict[str, Seen]:
        """What was last seen of players, in one round trip; unknown ones are skipped."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id in player_ids:
                pipe.hget(self._key(player_id), player_id)
            found = pipe.execute() if player_ids else []
        return {i: Seen(*map(int, raw.split(":"))) for i, raw in zip(player_ids, found, strict=True) if raw}

    def keep_seen(self, seen: Mapping[str, Seen]) -> None:
        """Records what was seen of players, in one round trip."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id, now in seen.items():
                pipe.hset(self._key(player_id), player_id, f"{now.clicks}:{now.rank}:{now.reminded_at_ms}")
            for key in self._keys(seen):
                pipe.pexpire(key, KEPT_MS)
            pipe.execute()

    def forget(self, player_id: str) -> None:
        """Drops what was seen of a player."""
        with available():
            self.client.hdel(self._key(player_id), player_id)

    def _key(self, player_id: str) -> str:
        return keys.seen(self.buckets)[bucket_of(player_id, self.buckets)]

    def _keys(self, player_ids: Iterable[str]) -> set[str]:
        return {self._key(player_id) for player_id in player_ids}
