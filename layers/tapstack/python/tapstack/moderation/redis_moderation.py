"""The live state as moderation needs it: who is on the public boards, and how fast players tap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tapstack.moderation import redis_keys as keys
from tapstack.platform import redis_scripts
from tapstack.platform.redis_client import available
from tapstack.play import redis_keys as play_keys
from tapstack.play.model import Refusal
from tapstack.players.rules.identity import bucket_of


class RedisModeration:
    """Hides, shows and samples players; every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any, *, buckets: int) -> None:
        self.client = client
        self.buckets = buckets

    def hide(self, player_id: str) -> bool:
        """Takes a player off the all-time board; says whether that changed anything."""
        return bool(self._hide(player_id, "1", 0, 0, ""))

    def show(self, player_id: str, clicks: int, at_ms: int, ticket: str) -> bool | Refusal:
        """Puts a player back on the all-time board, with their saved clicks if they are not loaded.

        Says whether that changed anything, or STALE if what was saved has to be read again.
        """
        answer = self._hide(player_id, "0", clicks, at_ms, ticket)
        return Refusal.STALE if answer == Refusal.STALE else bool(answer)

    def _hide(self, player_id: str, hidden: str, clicks: int, at_ms: int, ticket: str) -> int:
        b = bucket_of(player_id, self.buckets)
        script_keys = [
            play_keys.player(b, player_id),
            play_keys.META[b],
            play_keys.SCORES[b],
            play_keys.HIDDEN[b],
            play_keys.ticket(b, player_id),
        ]
        args = [player_id, hidden, clicks, at_ms, ticket]
        with available():
            return int(redis_scripts.run(self.client, "moderation/hide_player", script_keys, args))

    def active(self) -> list[str]:
        """All players with an open session."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for bucket in range(self.buckets):
                pipe.smembers(play_keys.ACTIVE[bucket])
            return [player_id for ids in pipe.execute() for player_id in ids]

    def sample(self, player_ids: Sequence[str], kept: int, for_s: int) -> dict[str, list[int]]:
        """Records the clicks of players now; by player, the latest `kept` samples, the oldest first.

        Players who are not loaded, or can't be read, are skipped.
        """
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id in player_ids:
                pipe.hget(play_keys.player(bucket_of(player_id, self.buckets), player_id), "c")
            found = pipe.execute(raise_on_error=False)
            clicks = [(i, c) for i, c in zip(player_ids, found, strict=True) if isinstance(c, str) and c.isdigit()]
            pipe = self.client.pipeline(transaction=False)
            for player_id, count in clicks:
                key = keys.samples(bucket_of(player_id, self.buckets), player_id)
                pipe.rpush(key, count)
                pipe.ltrim(key, -kept, -1)
                pipe.expire(key, for_s)
                pipe.lrange(key, 0, -1)
            raw = pipe.execute()
        return {i: [int(c) for c in samples] for (i, _), samples in zip(clicks, raw[3::4], strict=True)}
