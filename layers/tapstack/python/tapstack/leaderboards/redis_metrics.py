"""Boards of what wallets hold: an order of totals that only grow, projected from the wallets after each change."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from redis.exceptions import ResponseError

from tapstack.leaderboards import redis_keys as keys
from tapstack.leaderboards import redis_sorted_sets
from tapstack.leaderboards.model import BoardId, MetricScore, Neighbours, Top
from tapstack.leaderboards.rules import kept_ms
from tapstack.platform import redis_scripts
from tapstack.platform.redis_client import available
from tapstack.play import redis_keys as play_keys
from tapstack.players.rules.identity import bucket_of

log = logging.getLogger(__name__)


class RedisMetricBoards:
    """Every call raises StoreUnavailable where Redis is unavailable. The number of the board of all time is 0."""

    def __init__(self, client: Any, *, buckets: int) -> None:
        self.client = client
        self.buckets = buckets

    def project(self, scores: Mapping[str, Iterable[MetricScore]], now_ms: int) -> None:
        """Puts players on the boards of all time, and of the periods that are kept; others are skipped.

        One round trip for each bucket, so one for one player. It may run any number of times, concurrently and in any
        order: scores only rise.
        """
        rows: dict[int, dict[MetricScore, list[Any]]] = {}
        for player_id, of_player in scores.items():
            bucket = rows.setdefault(bucket_of(player_id, self.buckets), {})
            for row in of_player:
                if row.period is None or kept_ms(row.period, row.number, now_ms) > 0:
                    bucket.setdefault(row._replace(score=0.0), []).extend((repr(row.score), player_id))
        for number, boards in rows.items():
            if boards:
                self._project(number, boards, now_ms)

    def _project(self, bucket: int, boards: Mapping[MetricScore, list[Any]], now_ms: int) -> None:
        script_keys = [play_keys.ERASED[bucket], play_keys.HIDDEN[bucket]]
        stay, args = [], []
        for number, (board, rows) in enumerate(boards.items(), 1):
            script_keys.append(self._keys(BoardId(board.metric, board.period), board.number)[bucket])
            stay.append(kept_ms(board.period, board.number, now_ms) if board.period else 0)
            for score, player_id in zip(rows[::2], rows[1::2], strict=True):
                args += [number, score, player_id]
        try:
            with available():
                redis_scripts.run(self.client, "leaderboards/project_scores", script_keys, [*stay, *args])
        except ResponseError:  # as where a board is no sorted set: that must not keep anybody from buying
            log.exception("nobody can be put on the boards of bucket %d", bucket)

    def top(self, board: BoardId, number: int, count: int) -> Top:
        """The best of a board, and how many are on it."""
        return redis_sorted_sets.top(self.client, self._keys(board, number), count)

    def score(self, board: BoardId, number: int, player_id: str) -> float | None:
        """A player's score, or None if they are not on the board."""
        with available():
            name = self._keys(board, number)[bucket_of(player_id, self.buckets)]
            found: float | None = self.client.zscore(name, player_id)
        return found

    def neighbours(self, board: BoardId, number: int, player_id: str, score: float, each_side: int) -> Neighbours:
        """A player with that score among up to each_side others above and below, in one round trip."""
        return redis_sorted_sets.neighbours(self.client, self._keys(board, number), player_id, score, each_side)

    def _keys(self, board: BoardId, number: int) -> list[str]:
        return keys.metric(board.metric, str(board.period or "all"), number, self.buckets)
