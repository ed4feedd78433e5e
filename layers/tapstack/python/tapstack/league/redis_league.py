"""The league in Redis: who sits where, who has just come onto the week's board, and what they have tapped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from tapstack.leaderboards import redis_keys as board_keys
from tapstack.league import redis_keys as keys
from tapstack.league.model import Division, League, Seat
from tapstack.platform.batches import batches
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.redis_client import available
from tapstack.players.model import Shown
from tapstack.players.rules.identity import bucket_of

AT_ONCE = 1_000
"""Rows of one command: more would keep others waiting."""

KEPT_MS = 14 * DAY_MS
PROGRESS_KEPT_MS = DAY_MS
NAMES_KEPT_MS = 60_000


class RedisLeague:
    """Every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any, *, buckets: int) -> None:
        self.client = client
        self.buckets = buckets

    # -- the week's board --

    def ranked(self, week: int) -> list[str]:
        """All who have tapped in a week, best first: in the order of the week's board, ties as there."""
        rows: list[tuple[str, float]] = []
        for key in board_keys.period(Period.WEEK, week, self.buckets):
            start = 0
            while True:
                with available():
                    page = self.client.zrevrange(key, start, start + AT_ONCE - 1, withscores=True)
                rows += page
                start += AT_ONCE
                if len(page) < AT_ONCE:
                    break
        return [player_id for player_id, _ in sorted(rows, key=lambda row: -row[1])]

    def scores(self, week: int, player_ids: Sequence[str]) -> list[tuple[str, float]]:
        """The scores of players on a week's board, best first, ties as there, in one round trip; 0 for the others."""
        boards = board_keys.period(Period.WEEK, week, self.buckets)
        rows = sorted(player_ids, reverse=True)
        rows.sort(key=lambda i: bucket_of(i, self.buckets))
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id in rows:
                pipe.zscore(boards[bucket_of(player_id, self.buckets)], player_id)
            scores = pipe.execute()
        found = [(player_id, score or 0.0) for player_id, score in zip(rows, scores, strict=True)]
        return sorted(found, key=lambda row: -row[1])

    # -- newcomers --

    def newcomers(self, week: int, limit: int) -> list[str]:
        """Up to `limit` players a bucket who have come onto the week's board and were not looked at yet."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for key in board_keys.newcomers(Period.WEEK, week, self.buckets):
                pipe.srandmember(key, limit)
            return [player_id for ids in pipe.execute() for player_id in ids]

    def looked_at(self, week: int, player_ids: Iterable[str]) -> None:
        """Takes players off the newcomers of a week."""
        names = board_keys.newcomers(Period.WEEK, week, self.buckets)
        for bucket, ids in self._by_bucket(player_ids).items():
            with available():
                self.client.srem(names[bucket], *ids)

    def announce(self, week: int) -> None:
        """Counts all who are on a week's board as newcomers."""
        names = board_keys.newcomers(Period.WEEK, week, self.buckets)
        for bucket, ids in self._by_bucket(self.ranked(week)).items():
            for batch in batches(ids, AT_ONCE):
                with available():
                    self.client.sadd(names[bucket], *batch)
            with available():
                self.client.pexpire(names[bucket], KEPT_MS)

    # -- seats --

    def current(self) -> League | None:
        """The league whose seats are here, or None."""
        with available():
            return league_of(self.client.get(keys.CURRENT))

    def seat(self, week: int, player_id: str) -> tuple[League | None, Seat | None]:
        """The league whose seats are here, and a player's seat in that of a week, in one round trip."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.get(keys.CURRENT)
            pipe.hget(keys.seats(week, self.buckets)[bucket_of(player_id, self.buckets)], player_id)
            league, seat = pipe.execute()
        return league_of(league), seat_of(seat)

    def seated(self, week: int, player_ids: Sequence[str]) -> set[str]:
        """Those of the players who have a seat."""
        names = keys.seats(week, self.buckets)
        found: set[str] = set()
        for bucket, ids in self._by_bucket(player_ids).items():
            with available():
                seats = self.client.hmget(names[bucket], ids)
            found |= {player_id for player_id, seat in zip(ids, seats, strict=True) if seat}
        return found

    def count(self, week: int) -> int:
        """How many players have a seat in a week."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for name in keys.seats(week, self.buckets):
                pipe.hlen(name)
            counts: list[int] = pipe.execute()
        return sum(counts)

    def put_seats(self, week: int, seats: Mapping[str, Seat]) -> None:
        """Seats players."""
        names = keys.seats(week, self.buckets)
        for bucket, ids in self._by_bucket(seats).items():
            for batch in batches(ids, AT_ONCE):
                with available():
                    self.client.hset(names[bucket], mapping={i: f"{seats[i].tier}:{seats[i].division}" for i in batch})
            with available():
                self.client.pexpire(names[bucket], KEPT_MS)

    def clear_seats(self, week: int) -> None:
        """Drops all seats of a week."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for name in keys.seats(week, self.buckets):
                pipe.unlink(name)
            pipe.execute()

    def show(self, league: League) -> None:
        """Says that the seats of a league are here, all of them."""
        with available():
            self.client.set(keys.CURRENT, msgspec.json.encode(league).decode())

    def forget(self, week: int, player_id: str) -> None:
        """Drops a player's seat."""
        bucket = bucket_of(player_id, self.buckets)
        with available():
            self.client.hdel(keys.seats(week, self.buckets)[bucket], player_id)

    # -- names --

    def names(self, league: League, division: Division) -> dict[str, Shown] | None:
        """What others see of a division's visible members, None where they have not been read for a while."""
        with available():
            raw = self.client.get(_names_key(league, division))
        return msgspec.json.decode(raw, type=dict[str, Shown]) if raw else None

    def keep_names(self, league: League, division: Division, names: Mapping[str, Shown]) -> None:
        """Keeps what others see of a division's visible members for a while."""
        with available():
            self.client.set(_names_key(league, division), msgspec.json.encode(names).decode(), px=NAMES_KEPT_MS)

    def forget_names(self, league: League, division: Division) -> None:
        """Drops what is kept of a division's names."""
        with available():
            self.client.delete(_names_key(league, division))

    # -- progress --

    def stored(self, league: League) -> int:
        """How many divisions of a plan an interrupted run has stored."""
        with available():
            raw = self.client.get(keys.PROGRESS)
        name, _, count = (raw or "").rpartition(" ")
        return int(count) if name == f"{league.week} {league.plan}" else 0

    def record_stored(self, league: League, count: int) -> None:
        """Records how many divisions of a plan are stored."""
        with available():
            self.client.set(keys.PROGRESS, f"{league.week} {league.plan} {count}", px=PROGRESS_KEPT_MS)

    def _by_bucket(self, player_ids: Iterable[str]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for player_id in player_ids:
            found.setdefault(bucket_of(player_id, self.buckets), []).append(player_id)
        return found


def _names_key(league: League, division: Division) -> str:
    return keys.names(league.week, league.plan, division.seat.tier, division.seat.division, division.version)


def league_of(raw: str | None) -> League | None:
    """What `show` has stored."""
    try:
        return msgspec.json.decode(raw, type=League) if raw else None
    except msgspec.DecodeError:  # another version of this code has written it
        return None


def seat_of(raw: str | None) -> Seat | None:
    """What `put_seats` has stored."""
    if not raw:
        return None
    tier, _, division = raw.partition(":")
    return Seat(int(tier), int(division))
