"""Leaderboards in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tapstack.leaderboards import redis_keys as keys
from tapstack.leaderboards.dynamo_archive import Fame
from tapstack.leaderboards.redis_all_time import BucketSummary
from tapstack.platform.paging import Page
from tapstack.play.rules.score import clicks_of, score_of

from support.fakes.play import MemoryPlay


@dataclass
class MemoryAllTimeBoard:
    """The all-time board of a MemoryPlay, as one bucket."""

    play: MemoryPlay
    stored: str | None = None

    def _rows(self) -> list[tuple[str, float]]:
        rows = [(i, score_of(p.clicks, p.reached_at_ms)) for i, p in self.play.live.items()]
        return sorted(rows, key=lambda row: -row[1])

    def published(self, _name: str = keys.BOARD) -> str | None:
        return self.stored

    def publish(self, board: str, _name: str = keys.BOARD) -> None:
        self.stored = board

    def summaries(self, top: int) -> list[BucketSummary]:
        return [BucketSummary(self.play.total, len(self.play.live), self.play.active, self._rows()[:top], warm=True)]

    def spread(self, summaries: Sequence[BucketSummary], version: int, flush_every_ms: int) -> None:
        """One bucket has no others to hear of."""

    def score(self, player_id: str) -> float | None:
        return dict(self._rows()).get(player_id)

    def rank(self, score: float, _boards: Sequence[str] = ()) -> int:
        return 1 + sum(row[1] > score for row in self._rows())

    def top(self, _boards: Sequence[str], count: int) -> tuple[list[tuple[str, int]], int]:
        return [(i, clicks_of(s)) for i, s in self._rows()[:count]], len(self.play.live)

    def place(
        self, player_id: str, score: float, each_side: int, _boards: Sequence[str] = ()
    ) -> tuple[int, list[tuple[str, int]]]:
        rows = [row for row in self._rows() if row[0] != player_id]
        above = [row for row in rows if row[1] > score][-each_side:]
        below = [row for row in rows if row[1] <= score][:each_side]
        return self.rank(score), [(i, clicks_of(s)) for i, s in [*above, (player_id, score), *below]]


class MemoryPeriodBoards:
    """The boards of a game in which no period has taps."""

    def forget(self, *_: Any) -> None:
        return None

    def rank_changed(self, _: int) -> None:
        return None

    def boards(self, *_: Any) -> list[str]:
        return []


class MemoryArchive:
    """The archive of a game in which no period is over."""

    def latest(self, *_: Any, **__: Any) -> Page[Any]:
        return Page(())

    def get(self, *_: Any) -> None:
        return None

    def fame(self, _: Any) -> Fame:
        return Fame(())
