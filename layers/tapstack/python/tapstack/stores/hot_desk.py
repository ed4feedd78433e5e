"""The side of the live state that an operator's work needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tapstack.domain.identity import bucket_of
from tapstack.stores import keys, scripts
from tapstack.stores.redis_client import available

ERASED_FOR_MS = 2 * 86_400_000
"""How long an erased player can't be loaded: longer than any token lives."""


class HotDesk:
    """Takes players out, hides, adjusts and watches them. `now_ms` replaces Redis's own clock in tests."""

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
            keys.samples(b, player_id),
            keys.HIDDEN[b],
        ]
        with available():
            return bool(
                scripts.run(self.client, "erase_player", script_keys, [self._now_ms(), player_id, ERASED_FOR_MS])
            )

    def hide(self, player_id: str) -> bool:
        """Takes a player off the all-time board; says whether that changed anything."""
        return self._hide(player_id, "1", 0, 0)

    def show(self, player_id: str, clicks: int, at_ms: int) -> bool:
        """Puts a player on the all-time board again, with what is saved of them where they are not loaded."""
        return self._hide(player_id, "0", clicks, at_ms)

    def _hide(self, player_id: str, hidden: str, clicks: int, at_ms: int) -> bool:
        b = bucket_of(player_id, self.buckets)
        script_keys = [keys.player(b, player_id), keys.META[b], keys.SCORES[b], keys.HIDDEN[b]]
        with available():
            return bool(scripts.run(self.client, "hide_player", script_keys, [player_id, hidden, clicks, at_ms]))

    def adjust(self, player_id: str, by: int) -> int | None:
        """Changes a loaded player's clicks, never below 0: the clicks after it, or None where nobody is loaded."""
        b = bucket_of(player_id, self.buckets)
        script_keys = [keys.player(b, player_id), keys.META[b], keys.SCORES[b], keys.DIRTY[b]]
        with available():
            clicks = int(scripts.run(self.client, "adjust_clicks", script_keys, [player_id, by]))
        return None if clicks < 0 else clicks

    def active(self) -> list[str]:
        """Everybody with an open session."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for bucket in range(self.buckets):
                pipe.smembers(keys.ACTIVE[bucket])
            return [player_id for ids in pipe.execute() for player_id in ids]

    def sample(self, player_ids: Sequence[str], kept: int, for_s: int) -> dict[str, list[int]]:
        """Notes the clicks of players now; by player, those noted so far, the oldest first."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id in player_ids:
                pipe.hget(keys.player(bucket_of(player_id, self.buckets), player_id), "c")
            clicks = [(i, c) for i, c in zip(player_ids, pipe.execute(), strict=True) if c is not None]
            pipe = self.client.pipeline(transaction=False)
            for player_id, count in clicks:
                key = keys.samples(bucket_of(player_id, self.buckets), player_id)
                pipe.rpush(key, count)
                pipe.ltrim(key, -kept, -1)
                pipe.expire(key, for_s)
                pipe.lrange(key, 0, -1)
            raw = pipe.execute()
        return {i: [int(c) for c in noted] for (i, _), noted in zip(clicks, raw[3::4], strict=True)}

    def sync_lag_ms(self, now_ms: int) -> int:
        """At most how long the oldest change has been waiting: since the last sync of its bucket, by Redis's clock."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for bucket in range(self.buckets):
                pipe.scard(keys.DIRTY[bucket])
                pipe.hget(keys.META[bucket], "synced")
            raw = pipe.execute()
        synced = [int(at_ms) for dirty, at_ms in zip(raw[::2], raw[1::2], strict=True) if dirty and at_ms]
        return max(0, now_ms - min(synced)) if synced else 0

    def memory_bytes(self) -> int:
        """The memory that Redis uses, all nodes together; 0 where the server doesn't say."""
        with available():
            found = self.client.info("memory")
        nodes = [found] if "used_memory" in found else [node for node in found.values() if isinstance(node, dict)]
        return sum(int(node.get("used_memory", 0)) for node in nodes)

    def repair(self, player_id: str, clicks: int, at_ms: int) -> bool:
        """Puts a player's board entry right, with what is saved of them where they are not loaded."""
        b = bucket_of(player_id, self.buckets)
        script_keys = [keys.player(b, player_id), keys.META[b], keys.SCORES[b], keys.HIDDEN[b], keys.ERASED[b]]
        with available():
            return bool(scripts.run(self.client, "repair_board", script_keys, [player_id, clicks, at_ms]))

    def places(self, player_ids: Sequence[str]) -> dict[str, tuple[int | None, bool, bool]]:
        """By player: the clicks that the board shows or None, whether they are hidden, and whether a sync is due."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id in player_ids:
                b = bucket_of(player_id, self.buckets)
                pipe.zscore(keys.SCORES[b], player_id)
                pipe.sismember(keys.HIDDEN[b], player_id)
                pipe.sismember(keys.DIRTY[b], player_id)
                pipe.sismember(keys.SYNCING[b], player_id)
            raw = pipe.execute()
        rows = zip(player_ids, *(raw[n::4] for n in range(4)), strict=True)
        return {i: (None if score is None else int(score), bool(h), bool(d or s)) for i, score, h, d, s in rows}

    def highest_bucket(self) -> int:
        """The highest bucket that this Redis holds anything of, -1 for none."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for key in keys.META:
                pipe.exists(key)
            found = pipe.execute()
        return max((n for n, there in enumerate(found) if there), default=-1)

    def unsaved(self) -> int:
        """How many players wait to be saved."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for bucket in range(self.buckets):
                pipe.scard(keys.DIRTY[bucket])
                pipe.scard(keys.SYNCING[bucket])
            counts: list[int] = pipe.execute()
        return sum(counts)
