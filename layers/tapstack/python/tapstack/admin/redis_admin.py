"""The live state as operators need it: adjustments, repairs, and how saving is doing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tapstack.admin.model import BoardPosition, SavingStatus
from tapstack.platform import redis_scripts
from tapstack.platform.bounds import MAX_CLICKS, MAX_TOTAL
from tapstack.platform.errors import Conflict, StoreUnavailable
from tapstack.platform.redis_client import available
from tapstack.play import redis_keys as play_keys
from tapstack.play.model import Refusal
from tapstack.players.rules.identity import bucket_of

NOT_LOADED, TOO_MANY_CLICKS, UNREADABLE = -1, -2, -3
"""What lua/adjust_clicks.lua answers instead of the clicks."""


class RedisAdmin:
    """Adjusts, repairs and measures; every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any, *, buckets: int) -> None:
        self.client = client
        self.buckets = buckets

    def adjust(self, player_id: str, by: int) -> int | None:
        """Changes a loaded player's clicks, never below 0: the clicks after it, or None if they are not loaded.

        Raises Conflict (`too_many_clicks`) or StoreUnavailable (`player_unreadable`) and then has changed nothing.
        """
        b = bucket_of(player_id, self.buckets)
        script_keys = [play_keys.player(b, player_id), play_keys.META[b], play_keys.SCORES[b], play_keys.DIRTY[b]]
        args = [player_id, by, MAX_CLICKS, MAX_TOTAL]
        with available():
            clicks = int(redis_scripts.run(self.client, "admin/adjust_clicks", script_keys, args))
        if clicks == TOO_MANY_CLICKS:
            raise Conflict(f"nobody can have more than {MAX_CLICKS:,} clicks", code="too_many_clicks")
        if clicks == UNREADABLE:
            raise StoreUnavailable("this player can't be read in Redis", code="player_unreadable", retry_after_s=60)
        return None if clicks == NOT_LOADED else clicks

    def saving(self, now_ms: int) -> SavingStatus:
        """How saving is doing, in one round trip; `now_ms` by Redis's clock."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for bucket in range(self.buckets):
                pipe.scard(play_keys.DIRTY[bucket])
                pipe.scard(play_keys.SYNCING[bucket])
                pipe.zcard(play_keys.REFUSED[bucket])
                pipe.hget(play_keys.META[bucket], "saved_to")
            raw = pipe.execute()
        rows = list(zip(*[iter(raw)] * 4, strict=True))
        waiting = [int(saved_to) for dirty, syncing, _, saved_to in rows if dirty + syncing and saved_to]
        return SavingStatus(
            unsaved=sum(dirty + syncing for dirty, syncing, *_ in rows),
            lag_ms=max(0, now_ms - min(waiting)) if waiting else 0,
            refused=sum(refused for _, _, refused, _ in rows),
        )

    def refused(self) -> list[str]:
        """The players who could not be saved."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for bucket in range(self.buckets):
                pipe.zrange(play_keys.REFUSED[bucket], 0, -1)
            return [player_id for ids in pipe.execute() for player_id in ids]

    def memory_bytes(self) -> int:
        """The memory that Redis uses, all nodes together; 0 where the server doesn't say."""
        with available():
            found = self.client.info("memory")
        nodes = [found] if "used_memory" in found else [node for node in found.values() if isinstance(node, dict)]
        return sum(int(node.get("used_memory", 0)) for node in nodes)

    def repair(self, player_id: str, clicks: int, at_ms: int, ticket: str = "") -> bool | Refusal:
        """Corrects a player's entry on the all-time board, with their saved clicks if they are not loaded.

        Says whether it was wrong, or STALE if what was saved was not read under a ticket that is still valid.
        """
        b = bucket_of(player_id, self.buckets)
        script_keys = [
            play_keys.player(b, player_id),
            play_keys.META[b],
            play_keys.SCORES[b],
            play_keys.HIDDEN[b],
            play_keys.ERASED[b],
            play_keys.ticket(b, player_id),
        ]
        with available():
            answer = int(
                redis_scripts.run(self.client, "admin/repair_board", script_keys, [player_id, clicks, at_ms, ticket])
            )
        return Refusal.STALE if answer == Refusal.STALE else bool(answer)

    def positions(self, player_ids: Sequence[str]) -> dict[str, BoardPosition]:
        """By player, what the all-time board has of them."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id in player_ids:
                b = bucket_of(player_id, self.buckets)
                pipe.zscore(play_keys.SCORES[b], player_id)
                pipe.sismember(play_keys.HIDDEN[b], player_id)
                pipe.sismember(play_keys.DIRTY[b], player_id)
                pipe.sismember(play_keys.SYNCING[b], player_id)
            raw = pipe.execute()
        rows = zip(player_ids, *(raw[n::4] for n in range(4)), strict=True)
        return {
            player_id: BoardPosition(None if score is None else int(score), bool(hidden), bool(dirty or syncing))
            for player_id, score, hidden, dirty, syncing in rows
        }

    def highest_bucket(self) -> int:
        """The highest bucket that this Redis holds anything of, -1 for none."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for key in play_keys.META:
                pipe.exists(key)
            found = pipe.execute()
        return max((n for n, there in enumerate(found) if there), default=-1)
