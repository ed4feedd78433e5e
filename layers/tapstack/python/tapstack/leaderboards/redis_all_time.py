"""Leaderboard reads and the public board's one stored copy."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from tapstack.leaderboards import redis_keys as keys
from tapstack.platform.calendar import Period
from tapstack.platform.redis_client import available
from tapstack.play import redis_keys as play_keys
from tapstack.play.rules.score import clicks_of
from tapstack.players.rules.identity import bucket_of


@dataclass(frozen=True, slots=True)
class BucketSummary:
    """What one bucket adds to the whole: its clicks, players, active players, its best, and whether it is whole."""

    clicks: int
    players: int
    active: int
    top: Sequence[tuple[str, float]]
    warm: bool


class RedisAllTimeBoard:
    """Ranks are merged from all buckets: none of them ever holds the whole board."""

    def __init__(self, client: Any, *, buckets: int) -> None:
        self.client = client
        self.buckets = buckets

    def published(self, name: str = keys.BOARD) -> str | None:
        """The stored copy of a public board, as JSON."""
        with available():
            found: str | None = self.client.get(name)
        return found

    def publish(self, board: str, name: str = keys.BOARD) -> None:
        with available():
            self.client.set(name, board)

    def forget(self, player_id: str) -> None:
        """Takes a player, with their name, off the stored copies of all boards."""
        for name in (keys.BOARD, *(keys.period_board(period) for period in Period)):
            raw = self.published(name)
            if raw is None or player_id not in raw:
                continue
            board = msgspec.json.decode(raw)
            board["entries"] = [entry for entry in board["entries"] if entry["id"] != player_id]
            self.publish(msgspec.json.encode(board).decode(), name)

    def summaries(self, top: int) -> list[BucketSummary]:
        """Every bucket's summary, in one round trip."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for b in range(self.buckets):
                pipe.hmget(play_keys.META[b], "total", "epoch")
                pipe.zcard(play_keys.SCORES[b])
                pipe.scard(play_keys.ACTIVE[b])
                pipe.zrevrange(play_keys.SCORES[b], 0, top - 1, withscores=True)
            raw = pipe.execute()
        return [
            BucketSummary(int(total or 0), players, active, best, warm=epoch is not None)
            for (total, epoch), players, active, best in zip(*[iter(raw)] * 4, strict=True)
        ]

    def spread(self, summaries: Sequence[BucketSummary], version: int, flush_every_ms: int) -> None:
        """Tells every bucket how the others stand, so that a click's answer needs no other bucket."""
        clicks = sum(s.clicks for s in summaries)
        players = sum(s.players for s in summaries)
        active = sum(s.active for s in summaries)
        with available():
            pipe = self.client.pipeline(transaction=False)
            for b, s in enumerate(summaries):
                others = {
                    "o_clicks": clicks - s.clicks,
                    "o_players": players - s.players,
                    "o_active": active - s.active,
                    "version": version,
                    "flush": flush_every_ms,
                }
                pipe.hset(play_keys.META[b], mapping=others)
            pipe.execute()

    def score(self, player_id: str) -> float | None:
        """A player's score, or None for who is on no board."""
        with available():
            found: float | None = self.client.zscore(play_keys.SCORES[bucket_of(player_id, self.buckets)], player_id)
        return found

    def rank(self, score: float, boards: Sequence[str] = play_keys.SCORES) -> int:
        """1 + the number of players with a higher score on a board, in one round trip."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for key in boards[: self.buckets]:
                pipe.zcount(key, f"({score!r}", "+inf")
            higher: list[int] = pipe.execute()
        return 1 + sum(higher)

    def place(
        self, player_id: str, score: float, each_side: int, boards: Sequence[str] = play_keys.SCORES
    ) -> tuple[int, list[tuple[str, int]]]:
        """The rank of a player with that score, and the player among up to each_side others above and below.

        Rows are (id, clicks), best first; among exact equals the player comes first, as `rank` counts. One round trip.
        """
        with available():
            pipe = self.client.pipeline(transaction=False)
            for key in boards[: self.buckets]:
                pipe.zcount(key, f"({score!r}", "+inf")
                pipe.zrangebyscore(key, f"({score!r}", "+inf", start=0, num=each_side, withscores=True)
                pipe.zrevrangebyscore(key, repr(score), "-inf", start=0, num=each_side + 1, withscores=True)
            raw = pipe.execute()
        above = sorted((p for rows in raw[1::3] for p in rows if p[0] != player_id), key=lambda p: p[1])[:each_side]
        below = sorted((p for rows in raw[2::3] for p in rows if p[0] != player_id), key=lambda p: -p[1])[:each_side]
        return 1 + sum(raw[::3]), _rows([*reversed(above), (player_id, score), *below])

    def top(self, boards: Sequence[str], count: int) -> tuple[list[tuple[str, int]], int]:
        """The best of a board as (id, clicks), and how many are on it."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for key in boards[: self.buckets]:
                pipe.zcard(key)
                pipe.zrevrange(key, 0, count - 1, withscores=True)
            raw = pipe.execute()
        best = heapq.nlargest(count, (pair for rows in raw[1::2] for pair in rows), key=lambda p: p[1])
        return _rows(best), sum(raw[::2])


def _rows(pairs: Iterable[tuple[str, float]]) -> list[tuple[str, int]]:
    return [(player_id, clicks_of(score)) for player_id, score in pairs]
