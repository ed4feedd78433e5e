"""The side of the live state that sync, cleanup and rebuild work on, bucket by bucket."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Any, NamedTuple

from tapstack.platform import redis_scripts
from tapstack.platform.redis_client import available
from tapstack.play import redis_keys as keys
from tapstack.play.model import CountedUpdate, Counter, EndedSession, SessionState, check
from tapstack.play.rules.periods import Periods
from tapstack.players.rules.identity import bucket_of

REFUSED_AGAIN_MS = 300_000
"""A player who could not be saved is tried again after this, and not sooner."""

SETTLED_AT_ONCE = 1_000
"""A player's ended sessions that one run moves into the history: more than open_session.lua lets one have."""


class Unreadable(NamedTuple):
    """A player whose hash is not as the scripts write it: why, and its fields as far as it is a hash."""

    player_id: str
    reason: str
    fields: Mapping[str, str]


class Reading(NamedTuple):
    """The live counters of some players; those who are not loaded are in neither."""

    counters: list[Counter]
    unreadable: list[Unreadable]


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
            taps, started, ended = _ended(value)
            sessions[name[2:]] = SessionState(taps, started, ended)
    periods = Periods.unpack(int(fields["day"]), fields.get("per", "")) if "day" in fields else None
    pressed = CountedUpdate(int(fields["u"]), int(fields.get("u_at", ""))) if "u" in fields else None
    spent_us = float(fields["spent"])
    if not isfinite(spent_us):
        raise ValueError(f"spent is {fields['spent']}")
    return check(Counter(player_id, int(fields["c"]), int(spent_us), int(fields["at"]), sessions, periods, pressed))


def _ended(value: str) -> tuple[int, int, int]:
    """The taps, start and end (ms) of an ended session; raises ValueError."""
    taps, started, ended = value.split(":")
    return int(taps), int(started), int(ended)


def _read(player_id: str, row: Any) -> Counter | Unreadable | None:
    """What HGETALL has answered for a player; None for who is not loaded."""
    if isinstance(row, Exception):
        return Unreadable(player_id, str(row), {})
    if not row:
        return None
    try:
        return _counter(player_id, row)
    except (ValueError, IndexError, OverflowError) as error:
        return Unreadable(player_id, str(error), row)


def _execute(pipe: Any) -> list[Any]:
    """The answers of a pipeline; in the place of one for a key of another type its error. Raises other errors."""
    rows: list[Any] = pipe.execute(raise_on_error=False)
    for row in rows:
        if isinstance(row, Exception) and not str(row).startswith("WRONGTYPE"):
            raise row
    return rows


SKEW_MS = 1_000
"""How much later than the caller's clock a session may have been heard of by Redis's."""


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

    def waiting(self, bucket: int, limit: int) -> list[str]:
        """The ids of up to `limit` players that are in flight."""
        with available():
            return list(self.client.srandmember(keys.SYNCING[bucket], limit))

    def read(self, player_ids: Sequence[str]) -> list[Counter]:
        """The live counters of players, in one round trip; skipped are who is not loaded, and who can't be read."""
        return self.read_each(player_ids).counters

    def read_each(self, player_ids: Sequence[str]) -> Reading:
        """The live counters of players, in one round trip, and who of them can't be read: that spoils no other's."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id in player_ids:
                pipe.hgetall(keys.player(bucket_of(player_id, self.buckets), player_id))
            rows = _execute(pipe)
        found = [_read(i, row) for i, row in zip(player_ids, rows, strict=True)]
        return Reading(
            [one for one in found if isinstance(one, Counter)], [one for one in found if isinstance(one, Unreadable)]
        )

    def finish(self, bucket: int, token: str, written: Sequence[str], refused: Sequence[str] = ()) -> int:
        """Drops players that are saved, or can't be: how many are left, or -1 when the lease was lost.

        Then all of them are dirty again: others have saved them meanwhile, and may have been overwritten. Who was
        refused stays loaded, and is in flight again after REFUSED_AGAIN_MS.
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
        """Open sessions last heard of before a time, longest idle first, as (player id, session key)."""
        with available():
            members = self.client.zrangebyscore(keys.SESSIONS[bucket], "-inf", before_ms, start=0, num=limit)
        return [(player_id, session) for player_id, _, session in (member.partition(":") for member in members)]

    def put_off(self, bucket: int, player_id: str, session: str, at_ms: int) -> None:
        """Lets a session that can't be ended count as heard of at a time, so that it is in nobody's way until then."""
        with available():
            self.client.zadd(keys.SESSIONS[bucket], {f"{player_id}:{session}": at_ms}, xx=True)

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

        Players awaiting a sync are skipped: a watermark in the history whose clicks are lost with Redis would take
        those taps with it. Ending a session makes the player dirty, and `begin` moves from dirty to syncing: so who
        is in neither of them, looked at last and in this order, is saved. But for who can't be saved: what makes their
        item too large are these sessions, so moving them on is what mends it. Who can't be read is skipped, too.
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
            ended = [(name[2:], value) for name, value in row.items() if name.startswith("e:")][:SETTLED_AT_ONCE]
            found[player_id] = [(value, EndedSession(player_id, key, *_ended(value))) for key, value in ended]
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
            keys.REFUSED[b],
            keys.ticket(b, player_id),
        ]
        with available():
            return bool(redis_scripts.run(self.client, "play/settle_player", script_keys, args))

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
                redis_scripts.run(
                    self.client,
                    "play/restore_board",
                    [keys.SCORES[b], keys.META[b], keys.ERASED[b], keys.HIDDEN[b]],
                    args,
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
                redis_scripts.run(self.client, "play/mark_warm", [keys.META[bucket]], [token])
