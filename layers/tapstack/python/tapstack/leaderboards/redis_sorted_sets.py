"""Reads of a board that lies in several buckets: one round trip each, merged here."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from typing import Any

from tapstack.leaderboards.model import Neighbours, Row, Top
from tapstack.platform.redis_client import available, read_all, scored
from tapstack.play.rules.score import clicks_of


def top(client: Any, keys: Sequence[str], count: int) -> Top:
    """The best of a board, and how many are on it; exact equals in the order that Redis has them in, by their ids."""
    commands = [of for key in keys for of in (("ZCARD", key), ("ZREVRANGE", key, 0, count - 1, "WITHSCORES"))]
    with available():
        raw = read_all(client, commands)
    best = heapq.nlargest(count, (pair for rows in raw[1::2] for pair in scored(rows)), key=lambda p: (p[1], p[0]))
    return Top(rows(best), sum(raw[::2]))


def ranks(client: Any, keys: Sequence[str], scores: Sequence[float]) -> list[int]:
    """The rank of each score: 1 + the number of higher ones."""
    commands = [("ZCOUNT", key, f"({score!r}", "+inf") for score in scores for key in keys]
    with available():
        counts = read_all(client, commands) if commands else []
    return [1 + sum(counts[i : i + len(keys)]) for i in range(0, len(counts), len(keys))]


def neighbours(client: Any, keys: Sequence[str], player_id: str, score: float, each_side: int) -> Neighbours:
    """The rank of a player with that score, and the player among up to each_side others above and below.

    The rank is 1 + the number of higher scores; among exact equals the player comes first.
    """
    higher, lower = (f"({score!r}", "+inf"), (repr(score), "-inf")
    commands: list[tuple[str | int, ...]] = []
    for key in keys:
        commands.append(("ZCOUNT", key, *higher))
        commands.append(("ZRANGEBYSCORE", key, *higher, "WITHSCORES", "LIMIT", 0, each_side))
        commands.append(("ZREVRANGEBYSCORE", key, *lower, "WITHSCORES", "LIMIT", 0, each_side + 1))
    with available():
        raw = read_all(client, commands)
    above, below = ([p for rows in raw[part::3] for p in scored(rows) if p[0] != player_id] for part in (1, 2))
    above, below = sorted(above, key=_score)[:each_side], sorted(below, key=_score, reverse=True)[:each_side]
    return Neighbours(1 + sum(raw[::3]), rows([*reversed(above), (player_id, score), *below]))


def _score(row: tuple[str, float]) -> float:
    return row[1]


def rows(pairs: Iterable[tuple[str, float]]) -> list[Row]:
    """Players with their clicks."""
    return [(player_id, clicks_of(score)) for player_id, score in pairs]
