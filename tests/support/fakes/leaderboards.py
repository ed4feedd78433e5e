"""Leaderboards in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace
from tapstack.leaderboards.model import (
    ALL_TIME,
    ArchivedBoard,
    Board,
    BoardId,
    BoardMetric,
    BucketSummary,
    Fame,
    MetricScore,
    Neighbours,
    RankOnBoard,
    SeasonPeriod,
    Top,
)
from tapstack.leaderboards.rules import kept_ms
from tapstack.platform.calendar import Period
from tapstack.platform.paging import Page
from tapstack.play.model import Counter
from tapstack.play.rules.score import clicks_of, score_of

from support.fakes.play import MemoryPlay
from support.fakes.players import MemoryKeptAccounts


@dataclass
class MemoryAllTimeBoard:
    """The all-time board of a MemoryPlay, as one bucket."""

    play: MemoryPlay

    def _rows(self) -> list[tuple[str, float]]:
        rows = [(i, score_of(p.clicks, p.reached_at_ms)) for i, p in self.play.live.items()]
        return sorted(rows, key=lambda row: -row[1])

    def summaries(self, top: int) -> list[BucketSummary]:
        return [BucketSummary(self.play.total, len(self.play.live), self.play.active, self._rows()[:top], warm=True)]

    def propagate(self, summaries: Sequence[BucketSummary], version: int, flush_every_ms: int) -> None:
        """One bucket has no others to be told of."""

    def score(self, player_id: str) -> float | None:
        return dict(self._rows()).get(player_id)

    def scores(self, player_ids: Sequence[str]) -> dict[str, float]:
        return {i: score for i, score in self._rows() if i in player_ids}

    def neighbours(self, player_id: str, score: float, each_side: int) -> Neighbours:
        rows = [row for row in self._rows() if row[0] != player_id]
        above = [row for row in rows if row[1] > score]
        below = [row for row in rows if row[1] <= score][:each_side]
        around = [*above[-each_side:], (player_id, score), *below]
        return Neighbours(1 + len(above), [(i, clicks_of(s)) for i, s in around])


@dataclass
class MemoryPipelinedBoard:
    """The same board for callers on an event loop."""

    board: MemoryAllTimeBoard
    names: MemoryKeptAccounts

    async def rank(self, player_id: str, each_side: int) -> RankOnBoard | None:
        score = self.board.score(player_id)
        if score is None:
            return None
        return RankOnBoard(score, self.board.neighbours(player_id, score, each_side), dict(self.names.shown))


@dataclass
class MemoryPublishedBoards:
    """The published boards."""

    boards: dict[BoardId, Board] = field(default_factory=dict)

    def get(self, of: BoardId = ALL_TIME) -> Board | None:
        return self.boards.get(of)

    def put(self, board: Board, last: Board | None = None) -> bool:
        current = self.boards.get(board.of)
        if current and (
            board.version < current.version
            or (board.version == current.version and (last is None or last.version != current.version))
        ):
            return False
        self.boards[board.of] = board
        return True

    def forget(self, player_id: str) -> None:
        for name, board in self.boards.items():
            left = [e for e in board.entries if e.id != player_id]
            if len(left) < len(board.entries):
                entries = [replace(e, rank=rank) for rank, e in enumerate(left, 1)]
                self.boards[name] = replace(board, version=board.version + 1, entries=entries)


@dataclass
class MemoryMetricBoards:
    """Boards by metric, as one bucket."""

    boards: dict[tuple[BoardId, int], dict[str, float]] = field(default_factory=dict)
    projected: int = 0
    """How often somebody has been put on them, whether or not that changed anything."""

    def project(self, scores: Mapping[str, Iterable[MetricScore]], now_ms: int) -> None:
        self.projected += 1
        for player_id, rows in scores.items():
            for metric, period, number, score in rows:
                if period is None or kept_ms(period, number, now_ms) > 0:
                    board = self.boards.setdefault((BoardId(metric, period), number), {})
                    board[player_id] = max(score, board.get(player_id, score))

    def _rows(self, board: BoardId, number: int) -> list[tuple[str, float]]:
        found = self.boards.get((board, number), {})
        return sorted(found.items(), key=lambda row: (row[1], row[0]), reverse=True)

    def top(self, board: BoardId, number: int, count: int) -> Top:
        rows = self._rows(board, number)
        return Top([(i, clicks_of(score)) for i, score in rows[:count]], len(rows))

    def score(self, board: BoardId, number: int, player_id: str) -> float | None:
        return self.boards.get((board, number), {}).get(player_id)

    def neighbours(self, board: BoardId, number: int, player_id: str, score: float, each_side: int) -> Neighbours:
        rows = [row for row in self._rows(board, number) if row[0] != player_id]
        above = [row for row in rows if row[1] > score]
        below = [row for row in rows if row[1] <= score][:each_side]
        around = [*above[-each_side:], (player_id, score), *below]
        return Neighbours(1 + len(above), [(i, clicks_of(s)) for i, s in around])


class MemoryCompletion:
    """Nothing is ever lost in memory."""

    def lost(self) -> bool:
        return False


@dataclass
class MemoryPeriodBoards:
    """The boards of a game in which no period has taps; whom they forget, the boards by metric forget too."""

    by_metric: MemoryMetricBoards = field(default_factory=MemoryMetricBoards)

    def rank(self, counters: Iterable[Counter], now_ms: int) -> None:
        """Nobody in memory carries counts of a period."""

    def changed(self) -> list[str]:
        return []

    def top(self, period: Period, number: int, count: int) -> Top:  # noqa: ARG002
        return Top([], 0)

    def neighbours(self, period: Period, number: int, player_id: str, score: float, each_side: int) -> Neighbours:  # noqa: ARG002
        return Neighbours(1, [(player_id, 0)])

    def forget(self, player_id: str, now_ms: int) -> None:  # noqa: ARG002
        for board in self.by_metric.boards.values():
            board.pop(player_id, None)


class MemoryArchive:
    """The archive of a game in which no period is over."""

    def latest(
        self,
        period: Period | SeasonPeriod,  # noqa: ARG002
        metric: BoardMetric = BoardMetric.TAPS,  # noqa: ARG002
        *,
        limit: int,  # noqa: ARG002
        cursor: str | None = None,  # noqa: ARG002
    ) -> Page[ArchivedBoard]:
        return Page(())

    def get(
        self,
        period: Period | SeasonPeriod,  # noqa: ARG002
        name: str,  # noqa: ARG002
        metric: BoardMetric = BoardMetric.TAPS,  # noqa: ARG002
    ) -> ArchivedBoard | None:
        return None

    def fame(self, period: Period, metric: BoardMetric = BoardMetric.TAPS) -> Fame:  # noqa: ARG002
        return Fame(())
