"""The side of the live state that sync, cleanup and rebuild work on, bucket by bucket."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tapstack.domain.identity import bucket_of
from tapstack.domain.periods import Periods
from tapstack.domain.state import Counter, EndedSession, Pressed, SessionState
from tapstack.stores import keys, scripts
from tapstack.stores.redis_client import available


def _counter(player_id: str, fields: Mapping[str, str]) -> Counter:
    sessions = {}
    for name, value in fields.items():
        if name.startswith("w:"):
            key = name[2:]
            sessions[key] = SessionState(int(value), int(fields.get(f"b:{key}", 0)))
        elif name.startswith("e:"):
            taps, started, ended = value.split(":")
            sessions[name[2:]] = SessionState(int(taps), int(started), int(ended))
    periods = Periods.unpack(int(fields["day"]), fields["per"]) if "day" in fields else None
    pressed = Pressed(int(fields["u"]), int(fields["u_at"])) if "u" in fields else None
    return Counter(
        player_id, int(fields["c"]), int(float(fields["spent"])), int(fields["at"]), sessions, periods, pressed
    )


SKEW_MS = 1_000
"""How much later than the caller's clock a session may have been heard of by Redis's."""


class HotSync:
    """Dirty players to save, idle sessions to end, boards to restore."""

    def __init__(self, client: Any, *, buckets: int) -> None:
        self.client = client
        self.buckets = buckets

    def begin(self, bucket: int, token: str, lease_ms: int) -> int:
        """Takes the bucket's lease and sets its dirty players aside: how many, or -1 when the lease is taken."""
        with available():
            return int(
                scripts.run(
                    self.client,
                    "begin_sync",
                    [keys.SYNC_LEASE[bucket], keys.DIRTY[bucket], keys.SYNCING[bucket], keys.META[bucket]],
                    [token, lease_ms],
                )
            )

    def waiting(self, bucket: int, limit: int) -> list[str]:
        """The ids of up to `limit` players that were set aside."""
        with available():
            return list(self.client.srandmember(keys.SYNCING[bucket], limit))

    def read(self, player_ids: Sequence[str]) -> list[Counter]:
        """The live counters of players, in one round trip; who is not loaded is left out."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id in player_ids:
                pipe.hgetall(keys.player(bucket_of(player_id, self.buckets), player_id))
            rows = pipe.execute()
        return [_counter(i, row) for i, row in zip(player_ids, rows, strict=True) if row]

    def finish(self, bucket: int, token: str, written: Iterable[str]) -> int:
        """Drops players that are saved: how many are left, or -1 when the lease was lost.

        Then all of them are dirty again: others have saved them meanwhile, and may have been overwritten.
        """
        with available():
            script_keys = [keys.SYNC_LEASE[bucket], keys.SYNCING[bucket], keys.DIRTY[bucket], keys.ERASED[bucket]]
            return int(scripts.run(self.client, "finish_sync", script_keys, [token, *written]))

    def set_aside(self) -> int:
        """How many players have been set aside and not written yet."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for bucket in range(self.buckets):
                pipe.scard(keys.SYNCING[bucket])
            counts: list[int] = pipe.execute()
        return sum(counts)

    def silent(self, bucket: int, before_ms: int, limit: int) -> list[tuple[str, str]]:
        """Open sessions last heard of before a time, longest silent first, as (player id, session key)."""
        with available():
            members = self.client.zrangebyscore(keys.SESSIONS[bucket], "-inf", before_ms, start=0, num=limit)
        return [tuple(member.split(":", 1)) for member in members]

    def clamp_seen(self, bucket: int, now_ms: int) -> int:
        """Counts sessions last heard of in the future as heard of now: the clock has been set back; how many."""
        name = keys.SESSIONS[bucket]
        with available():
            members = self.client.zrangebyscore(name, f"({now_ms + SKEW_MS}", "+inf", start=0, num=1_000)
            if members:
                self.client.zadd(name, dict.fromkeys(members, now_ms), xx=True, lt=True)
        return len(members)

    def to_settle(self, bucket: int) -> list[str]:
        """The players of a bucket with ended sessions to move into the history, or with nothing open."""
        with available():
            return list(self.client.smembers(keys.ENDED[bucket]))

    def ended_sessions(self, player_ids: Sequence[str]) -> dict[str, list[tuple[str, EndedSession]]]:
        """By player, the ended sessions that still stand in Redis, each with its raw value for `settle`.

        Who waits for a sync is left out: a watermark in the history whose clicks are lost with Redis would take
        those taps with it. Ending a session makes the player dirty, and `begin` moves from dirty to syncing: so who
        is in neither of them, looked at last and in this order, is saved.
        """
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id in player_ids:
                b = bucket_of(player_id, self.buckets)
                pipe.hgetall(keys.player(b, player_id))
                pipe.sismember(keys.DIRTY[b], player_id)
                pipe.sismember(keys.SYNCING[b], player_id)
            rows = zip(*[iter(pipe.execute())] * 3, strict=True)
        found: dict[str, list[tuple[str, EndedSession]]] = {}
        for player_id, (row, dirty, syncing) in zip(player_ids, rows, strict=True):
            if dirty or syncing:
                continue
            found[player_id] = []
            for name, value in row.items():
                if name.startswith("e:"):
                    taps, started, ended = (int(part) for part in value.split(":"))
                    line = EndedSession(player_id, name[2:], taps, started, ended)
                    found[player_id].append((value, line))
        return found

    def settle(self, player_id: str, written: Sequence[tuple[str, EndedSession]]) -> bool:
        """Drops ended sessions that stand in the history, and the player when nothing else is left of them."""
        b = bucket_of(player_id, self.buckets)
        args = [player_id]
        for raw, line in written:
            args += [line.session_key, raw]
        script_keys = [
            keys.player(b, player_id),
            keys.DIRTY[b],
            keys.SYNCING[b],
            keys.ENDED[b],
            keys.ticket(b, player_id),
        ]
        with available():
            return bool(scripts.run(self.client, "settle_player", script_keys, args))

    def cold_buckets(self) -> list[int]:
        """The buckets whose board has not been built since Redis was last empty."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for bucket in range(self.buckets):
                pipe.hexists(keys.META[bucket], "epoch")
            return [bucket for bucket, warm in enumerate(pipe.execute()) if not warm]

    def restore(self, counters: Iterable[Counter], token: str = "") -> int:
        """Puts players on their boards as DynamoDB knows them, unless they are there; how many it added.

        With the token from `mark_rebuilding` only where that rebuild is still the one under way.
        """
        by_bucket: dict[int, list[Any]] = {}
        for c in counters:
            args = by_bucket.setdefault(bucket_of(c.player_id, self.buckets), [token])
            args += [c.player_id, c.clicks, c.last_tap_at_ms]
        with available():
            return sum(
                scripts.run(
                    self.client, "restore_board", [keys.SCORES[b], keys.META[b], keys.ERASED[b], keys.HIDDEN[b]], args
                )
                for b, args in by_bucket.items()
            )

    def rebuild_under_way(self, buckets: Iterable[int]) -> tuple[str, str] | None:
        """The token and cursor of a rebuild of these buckets that was broken off, None where Redis knows of none."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.hmget(keys.REBUILD_RUN, "token", "cursor")
            for bucket in buckets:
                pipe.hget(keys.META[bucket], "rebuilder")
            (token, cursor), *rebuilders = pipe.execute()
        return (token, cursor) if token and cursor and set(rebuilders) == {token} else None

    def mark_rebuilding(self, buckets: Iterable[int], token: str) -> None:
        """Says who rebuilds buckets, from the beginning."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.delete(keys.REBUILD_RUN)
            for bucket in buckets:
                pipe.hset(keys.META[bucket], "rebuilder", token)
            pipe.execute()

    def mark_progress(self, token: str, cursor: str) -> None:
        """Says how far a rebuild has come."""
        with available():
            self.client.hset(keys.REBUILD_RUN, mapping={"token": token, "cursor": cursor})

    def mark_warm(self, buckets: Iterable[int], token: str) -> None:
        """Says that the boards of buckets are whole, of those that still know the token from `mark_rebuilding`."""
        with available():
            for bucket in buckets:
                scripts.run(self.client, "mark_warm", [keys.META[bucket]], [token])
