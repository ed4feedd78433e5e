"""What saving, cleanup and recovery need of the live state in Redis, bucket by bucket."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Any

from tapstack.platform import redis_scripts
from tapstack.platform.redis_client import available
from tapstack.play import redis_keys as keys
from tapstack.play.model import (
    CountedUpdate,
    Counter,
    EndedSession,
    Reading,
    RecoveryProgress,
    SessionState,
    Unreadable,
    check,
)
from tapstack.play.newer import Newer
from tapstack.play.redis_schema import is_known
from tapstack.play.rules.periods import Periods
from tapstack.players.rules.identity import bucket_of

REFUSED_AGAIN_MS = 300_000
"""A player who could not be saved is tried again after this, and not sooner."""

ARCHIVED_AT_ONCE = 1_000
"""A player's ended sessions that one run moves into the history: more than open_session.lua lets one have."""


def _counter(player_id: str, fields: Mapping[str, str]) -> Counter:
    """A player's hash as a counter; raises ValueError where it can't be one."""
    missing = {"c", "spent", "at"} - fields.keys()
    if missing:
        raise ValueError(f"no {', '.join(sorted(missing))}")
    sessions = {}
    for name, value in fields.items():
        if name.startswith("w:"):
            key = name[2:]
            sessions[key] = SessionState(int(value), int(fields.get(f"b:{key}", 0)))
        elif name.startswith("e:"):
            sessions[name[2:]] = SessionState(*_ended(value))
    periods = Periods.unpack(int(fields["day"]), fields.get("per", "")) if "day" in fields else None
    counted = CountedUpdate(int(fields["u"]), int(fields.get("u_at", ""))) if "u" in fields else None
    tat_us = float(fields["spent"])
    if not isfinite(tat_us):
        raise ValueError(f"spent is {fields['spent']}")
    newer = Newer.unpack(fields.get("x", "")).packed()
    unknown = {name: value for name, value in fields.items() if not is_known(name)}
    clicks, at_ms = int(fields["c"]), int(fields["at"])
    paid, energy = int(fields.get("pt", 0)), int(fields.get("en", 0))
    return check(
        Counter(player_id, clicks, int(tat_us), at_ms, sessions, periods, counted, newer, unknown, paid, energy)
    )


def _ended(value: str) -> tuple[int, int, int]:
    """The taps, start and end (ms) of an ended session; raises ValueError."""
    taps, started, ended, *_ = value.split(":")
    return int(taps), int(started), int(ended)


def _read(player_id: str, row: Any) -> Counter | Unreadable | None:
    """What HGETALL answered for a player; None where the player is not loaded."""
    if isinstance(row, Exception):
        return Unreadable(player_id, str(row), {})
    if not row:
        return None
    try:
        return _counter(player_id, row)
    except (ValueError, IndexError, OverflowError) as error:
        return Unreadable(player_id, str(error), row)


def _execute(pipe: Any) -> list[Any]:
    """The answers of a pipeline, an error in the place of each for a key of another type; raises other errors."""
    rows: list[Any] = pipe.execute(raise_on_error=False)
    for row in rows:
        if isinstance(row, Exception) and not str(row).startswith("WRONGTYPE"):
            raise row
    return rows


SKEW_MS = 1_000
"""How far ahead of the caller's clock Redis's may have seen a session."""


class RedisSaving:
    """Dirty players to save, idle sessions to end, boards to restore."""

    def __init__(self, client: Any, *, buckets: int) -> None:
        self.client = client
        self.buckets = buckets

    def begin(self, bucket: int, token: str, lease_ms: int) -> int:
        """Takes the bucket's lease and its dirty players into flight: how many, or -1 when the lease is taken."""
        with available():
            return int(
                redis_scripts.run(
                    self.client,
                    "play/begin_sync",
                    [
                        keys.SYNC_LEASE[bucket],
                        keys.DIRTY[bucket],
                        keys.SYNCING[bucket],
                        keys.META[bucket],
                        keys.REFUSED[bucket],
                    ],
                    [token, lease_ms],
                )
            )

    def next_in_flight(self, bucket: int, limit: int) -> list[str]:
        """The ids of up to `limit` players that are in flight."""
        with available():
            return list(self.client.srandmember(keys.SYNCING[bucket], limit))

    def read(self, player_ids: Sequence[str]) -> list[Counter]:
        """The live counters of players, in one round trip; without those who are not loaded or can't be read."""
        return self.read_each(player_ids).counters

    def hidden(self, player_ids: Sequence[str]) -> set[str]:
        """Those of the players whom the public boards omit, in one round trip. Of a cold bucket that is not known."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id in player_ids:
                pipe.sismember(keys.HIDDEN[bucket_of(player_id, self.buckets)], player_id)
            found = pipe.execute()
        return {player_id for player_id, hidden in zip(player_ids, found, strict=True) if hidden}

    def read_each(self, player_ids: Sequence[str]) -> Reading:
        """The live counters of players, in one round trip, and the players who can't be read: they fail no others."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id in player_ids:
                pipe.hgetall(keys.player(bucket_of(player_id, self.buckets), player_id))
            rows = _execute(pipe)
        found = [_read(i, row) for i, row in zip(player_ids, rows, strict=True)]
        return Reading(
            [one for one in found if isinstance(one, Counter)], [one for one in found if isinstance(one, Unreadable)]
        )

    def release(self, bucket: int, token: str) -> bool:
        """Releases the bucket's lease; False where it is not the caller's any more."""
        with available():
            return bool(redis_scripts.run(self.client, "platform/lease", [keys.SYNC_LEASE[bucket]], [token, 0]))

    def finish(self, bucket: int, token: str, written: Sequence[str], refused: Sequence[str] = ()) -> int:
        """Drops players that are saved, or can't be; returns how many are left, or -1 where the lease was lost.

        In that case all of them are dirty again: other runs have saved them meanwhile, and may have been overwritten.
        A refused player stays loaded, and is in flight again after REFUSED_AGAIN_MS.
        """
        script_keys = [
            keys.SYNC_LEASE[bucket],
            keys.SYNCING[bucket],
            keys.META[bucket],
            keys.REFUSED[bucket],
            keys.DIRTY[bucket],
            keys.ERASED[bucket],
        ]
        args = [token, REFUSED_AGAIN_MS, len(written), *written, *refused]
        with available():
            return int(redis_scripts.run(self.client, "play/finish_sync", script_keys, args))

    def in_flight(self) -> int:
        """How many players are in flight: a sync has taken them and not written them yet."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for bucket in range(self.buckets):
                pipe.scard(keys.SYNCING[bucket])
            counts: list[int] = pipe.execute()
        return sum(counts)

    def idle(self, bucket: int, before_ms: int, limit: int) -> list[tuple[str, str]]:
        """Open sessions last seen before a time, longest idle first, as (player id, session key)."""
        with available():
            members = self.client.zrangebyscore(keys.SESSIONS[bucket], "-inf", before_ms, start=0, num=limit)
        return [(player_id, session) for player_id, _, session in (member.partition(":") for member in members)]

    def postpone(self, bucket: int, player_id: str, session: str, at_ms: int) -> None:
        """Counts a session that can't be ended as seen at a time, so that it delays no other until then."""
        with available():
            self.client.zadd(keys.SESSIONS[bucket], {f"{player_id}:{session}": at_ms}, xx=True)

    def clamp_seen(self, bucket: int, now_ms: int) -> int:
        """Counts sessions last seen in the future as seen now: the clock was set back; returns how many."""
        name = keys.SESSIONS[bucket]
        with available():
            members = self.client.zrangebyscore(name, f"({now_ms + SKEW_MS}", "+inf", start=0, num=1_000)
            if members:
                self.client.zadd(name, dict.fromkeys(members, now_ms), xx=True, lt=True)
        return len(members)

    def evictable(self, bucket: int) -> list[str]:
        """The players of a bucket with ended sessions to archive, or with no session open."""
        with available():
            return list(self.client.smembers(keys.ENDED[bucket]))

    def ended_sessions(self, player_ids: Sequence[str], kept: range) -> dict[str, list[tuple[str, EndedSession]]]:
        """By player, the ended sessions that are still in Redis, each with its raw value for `evict`.

        Those last seen within `kept` (ms since 1970) are skipped, and players awaiting a sync: were their clicks lost
        with Redis, a watermark in the history would take those taps with it. Ending a session makes the player dirty,
        and `begin` moves from dirty to syncing: so a player in neither of them, read last and in this order, is saved.
        Refused players are not skipped: these sessions are what makes their item too large. Players who can't be read
        are skipped, too.
        """
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id in player_ids:
                b = bucket_of(player_id, self.buckets)
                pipe.hgetall(keys.player(b, player_id))
                pipe.sismember(keys.DIRTY[b], player_id)
                pipe.sismember(keys.SYNCING[b], player_id)
            rows = zip(*[iter(_execute(pipe))] * 3, strict=True)
        found: dict[str, list[tuple[str, EndedSession]]] = {}
        for player_id, (row, dirty, syncing) in zip(player_ids, rows, strict=True):
            if dirty or syncing or isinstance(_read(player_id, row), Unreadable):
                continue
            newer = Newer.unpack(row.get("x", ""))
            ended = [
                (value, EndedSession(player_id, name[2:], *_ended(value), newer.more_of(name[2:])))
                for name, value in row.items()
                if name.startswith("e:")
            ]
            found[player_id] = [one for one in ended if one[1].ended_at_ms not in kept][:ARCHIVED_AT_ONCE]
        return found

    def evict(self, player_id: str, archived: Sequence[tuple[str, EndedSession]]) -> bool:
        """Drops ended sessions that are in the history, and evicts the player where nothing else is left of them."""
        b = bucket_of(player_id, self.buckets)
        args = [player_id]
        for raw, session in archived:
            args += [session.session_key, raw]
        script_keys = [
            keys.player(b, player_id),
            keys.DIRTY[b],
            keys.SYNCING[b],
            keys.ENDED[b],
            keys.REFUSED[b],
            keys.ticket(b, player_id),
        ]
        with available():
            return bool(redis_scripts.run(self.client, "play/evict_player", script_keys, args))

    def cold_buckets(self) -> list[int]:
        """The buckets whose board has not been built since Redis was last empty."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for bucket in range(self.buckets):
                pipe.hexists(keys.META[bucket], "epoch")
            return [bucket for bucket, warm in enumerate(pipe.execute()) if not warm]

    def restore(self, counters: Iterable[Counter], token: str = "") -> int:
        """Puts players on their boards as DynamoDB knows them, unless they are there; returns how many it added.

        With the token from `begin_recovery` only while that recovery is still in progress.
        """
        by_bucket: dict[int, list[Any]] = {}
        for c in counters:
            args = by_bucket.setdefault(bucket_of(c.player_id, self.buckets), [token])
            args += [c.player_id, c.clicks, c.last_tap_at_ms]
        with available():
            return sum(
                redis_scripts.run(
                    self.client,
                    "play/restore_board",
                    [keys.SCORES[b], keys.META[b], keys.ERASED[b], keys.HIDDEN[b]],
                    args,
                )
                for b, args in by_bucket.items()
            )

    def recovery_in_progress(self, buckets: Iterable[int]) -> RecoveryProgress | None:
        """How far an interrupted recovery of these buckets has come, None where Redis knows of none."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.hmget(keys.RECOVERY, "token", "cursor")
            for bucket in buckets:
                pipe.hget(keys.META[bucket], "rebuilder")
            (token, cursor), *rebuilders = pipe.execute()
        return RecoveryProgress(token, cursor) if token and cursor and set(rebuilders) == {token} else None

    def begin_recovery(self, buckets: Iterable[int], token: str) -> None:
        """Records that a recovery of buckets has begun; a later one takes its place."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.delete(keys.RECOVERY)
            for bucket in buckets:
                pipe.hset(keys.META[bucket], "rebuilder", token)
            pipe.execute()

    def record_progress(self, token: str, cursor: str) -> None:
        """Records how far a recovery has come."""
        with available():
            self.client.hset(keys.RECOVERY, mapping={"token": token, "cursor": cursor})

    def finish_recovery(self, buckets: Iterable[int], token: str) -> None:
        """Records that the boards of buckets are whole, of those that still know the token from `begin_recovery`."""
        with available():
            for bucket in buckets:
                redis_scripts.run(self.client, "play/finish_recovery", [keys.META[bucket]], [token])
