"""The side of the live state that an operator's work needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tapstack.moderation import redis_keys as moderation_keys
from tapstack.platform import redis_scripts
from tapstack.platform.bounds import MAX_CLICKS, MAX_TOTAL
from tapstack.platform.errors import Conflict, StoreUnavailable
from tapstack.platform.redis_client import available
from tapstack.play import redis_keys as keys
from tapstack.play.model import Refusal
from tapstack.players.rules.identity import bucket_of

ERASED_FOR_MS = 2 * 86_400_000
"""How long an erased player can't be loaded: longer than any token lives."""


@dataclass(frozen=True, slots=True)
class Saving:
    """How many players wait to be saved, at most how long the oldest of their changes has waited, and who can't be.

    `lag_ms` is counted from when all changes of a bucket were saved last, so no round that saves nothing shortens it.
    """

    unsaved: int
    lag_ms: int
    refused: int


def _done(answer: int) -> bool | Refusal:
    return Refusal.STALE if answer == Refusal.STALE else bool(answer)


class RedisAdmin:
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
            keys.REFUSED[b],
            keys.opened(b, player_id),
            moderation_keys.samples(b, player_id),
            keys.ticket(b, player_id),
            keys.HIDDEN[b],
        ]
        with available():
            return bool(
                redis_scripts.run(
                    self.client, "privacy/erase_player", script_keys, [self._now_ms(), player_id, ERASED_FOR_MS]
                )
            )

    def hide(self, player_id: str) -> bool:
        """Takes a player off the all-time board; says whether that changed anything."""
        return bool(self._hide(player_id, "1", 0, 0, ""))

    def show(self, player_id: str, clicks: int, at_ms: int, ticket: str) -> bool | Refusal:
        """Puts a player on the all-time board again, with what is saved of them where they are not loaded.

        Says whether that changed anything, or STALE where it has to be read again.
        """
        return _done(self._hide(player_id, "0", clicks, at_ms, ticket))

    def _hide(self, player_id: str, hidden: str, clicks: int, at_ms: int, ticket: str) -> int:
        b = bucket_of(player_id, self.buckets)
        script_keys = [
            keys.player(b, player_id),
            keys.META[b],
            keys.SCORES[b],
            keys.HIDDEN[b],
            keys.ticket(b, player_id),
        ]
        with available():
            args = [player_id, hidden, clicks, at_ms, ticket]
            return int(redis_scripts.run(self.client, "moderation/hide_player", script_keys, args))

    def adjust(self, player_id: str, by: int) -> int | None:
        """Changes a loaded player's clicks, never below 0: the clicks after it, or None where nobody is loaded.

        Raises Conflict (`too_many_clicks`) or StoreUnavailable (`player_unreadable`), and has changed nothing then.
        """
        b = bucket_of(player_id, self.buckets)
        script_keys = [keys.player(b, player_id), keys.META[b], keys.SCORES[b], keys.DIRTY[b]]
        with available():
            clicks = int(
                redis_scripts.run(
                    self.client, "admin/adjust_clicks", script_keys, [player_id, by, MAX_CLICKS, MAX_TOTAL]
                )
            )
        if clicks == -2:
            raise Conflict(f"nobody can have more than {MAX_CLICKS:,} clicks", code="too_many_clicks")
        if clicks == -3:
            raise StoreUnavailable("this player can't be read in Redis", code="player_unreadable", retry_after_s=60)
        return None if clicks < 0 else clicks

    def active(self) -> list[str]:
        """Everybody with an open session."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for bucket in range(self.buckets):
                pipe.smembers(keys.ACTIVE[bucket])
            return [player_id for ids in pipe.execute() for player_id in ids]

    def sample(self, player_ids: Sequence[str], kept: int, for_s: int) -> dict[str, list[int]]:
        """Records the clicks of players now; by player, those recorded so far, the oldest first.

        Skipped are who is not loaded, and who can't be read.
        """
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id in player_ids:
                pipe.hget(keys.player(bucket_of(player_id, self.buckets), player_id), "c")
            found = pipe.execute(raise_on_error=False)
            clicks = [(i, c) for i, c in zip(player_ids, found, strict=True) if isinstance(c, str) and c.isdigit()]
            pipe = self.client.pipeline(transaction=False)
            for player_id, count in clicks:
                key = moderation_keys.samples(bucket_of(player_id, self.buckets), player_id)
                pipe.rpush(key, count)
                pipe.ltrim(key, -kept, -1)
                pipe.expire(key, for_s)
                pipe.lrange(key, 0, -1)
            raw = pipe.execute()
        return {i: [int(c) for c in noted] for (i, _), noted in zip(clicks, raw[3::4], strict=True)}

    def saving(self, now_ms: int) -> Saving:
        """How saving stands, in one round trip; `now_ms` by Redis's clock."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for bucket in range(self.buckets):
                pipe.scard(keys.DIRTY[bucket])
                pipe.scard(keys.SYNCING[bucket])
                pipe.zcard(keys.REFUSED[bucket])
                pipe.hget(keys.META[bucket], "saved_to")
            raw = pipe.execute()
        rows = list(zip(*[iter(raw)] * 4, strict=True))
        waiting = [int(saved_to) for dirty, syncing, _, saved_to in rows if dirty + syncing and saved_to]
        return Saving(
            unsaved=sum(dirty + syncing for dirty, syncing, *_ in rows),
            lag_ms=max(0, now_ms - min(waiting)) if waiting else 0,
            refused=sum(refused for _, _, refused, _ in rows),
        )

    def refused(self) -> list[str]:
        """The players who could not be saved."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for bucket in range(self.buckets):
                pipe.zrange(keys.REFUSED[bucket], 0, -1)
            return [player_id for ids in pipe.execute() for player_id in ids]

    def memory_bytes(self) -> int:
        """The memory that Redis uses, all nodes together; 0 where the server doesn't say."""
        with available():
            found = self.client.info("memory")
        nodes = [found] if "used_memory" in found else [node for node in found.values() if isinstance(node, dict)]
        return sum(int(node.get("used_memory", 0)) for node in nodes)

    def repair(self, player_id: str, clicks: int, at_ms: int, ticket: str = "") -> bool | Refusal:
        """Puts a player's board entry right, with what is saved of them where they are not loaded.

        Says whether it was wrong, or STALE where that was read under no ticket that is still good.
        """
        b = bucket_of(player_id, self.buckets)
        script_keys = [keys.player(b, player_id), keys.META[b], keys.SCORES[b], keys.HIDDEN[b], keys.ERASED[b]]
        script_keys.append(keys.ticket(b, player_id))
        with available():
            return _done(
                int(
                    redis_scripts.run(
                        self.client, "admin/repair_board", script_keys, [player_id, clicks, at_ms, ticket]
                    )
                )
            )

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
