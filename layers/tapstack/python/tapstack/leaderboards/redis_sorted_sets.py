"""Reads of a board that lies in several buckets: one round trip each, merged here."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from typing import Any

from tapstack.leaderboards.model import Neighbours, Row, Top
from tapstack.platform.redis_client import available
from tapstack.play.rules.score import clicks_of


def top(client: Any, keys: Sequence[str], count: int) -> Top:
    """The best of a board, and how many are on it; exact equals in the order that Redis has them in, by their ids."""
    with available():
        pipe = client.pipeline(transaction=False)
        for key in keys:
            pipe.zcard(key)
            pipe.zrevrange(key, 0, count - 1, withscores=True)
        raw = pipe.execute()
    best = heapq.nlargest(count, (pair for rows in raw[1::2] for pair in rows), key=lambda p: (p[1], p[0]))
    return Top(_rows(best), sum(raw[::2]))


def ranks(client: Any, keys: Sequence[str], scores: Sequence[float]) -> list[int]:
    """The rank of each score: 1 + the number of higher ones."""
    with available():
        pipe = client.pipeline(transaction=False)
        for score in scores:
            for key in keys:
                pipe.zcount(key, f"({score!r}", "+inf")
        counts = pipe.execute() if scores else []
    return [1 + sum(counts[i : i + len(keys)]) for i in range(0, len(counts), len(keys))]


def neighbours(client: Any, keys: Sequence[str], player_id: str, score: float, each_side: int) -> Neighbours:
    """The rank of a player with that score, and the player among up to each_side others above and below.

    The rank is 1 + the number of higher scores; among exact equals the player comes first.
    """
    with available():
        pipe = client.pipeline(transaction=False)
        for key in keys:
            pipe.zcount(key, f"({score!r}", "+inf")
            pipe.zrangebyscore(key, f"({score!r}", "+inf", start=0, num=each_side, withscores=True)
            pipe.zrevrangebyscore(key, repr(score), "-inf", start=0, num=each_side + 1, withscores=True)
        raw = pipe.execute()
    above = sorted((p for rows in raw[1::3] for p in rows if p[0] != player_id), key=lambda p: p[1])[:each_side]
    below = sorted((p for rows in raw[2::3] for p in rows if p[0] != player_id), key=lambda p: -p[1])[:each_side]
    return Neighbours(1 + sum(raw[::3]), _rows([*reversed(above), (player_id, score), *below]))


def _rows(pairs: Iterable[tuple[str, float]]) -> list[Row]:
    return [(player_id, clicks_of(score)) for player_id, score in pairs]
