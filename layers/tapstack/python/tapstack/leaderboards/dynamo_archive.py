"""The archive in DynamoDB: boards of periods that are over, and the best periods of all. Ids and clicks, no names."""

from __future__ import annotations

from pynamodb.exceptions import DoesNotExist, PutError

from tapstack.leaderboards.dynamo_tables import BoardItem
from tapstack.leaderboards.model import ArchivedBoard, BoardId, BoardMetric, Fame, SeasonPeriod
from tapstack.platform.calendar import Period
from tapstack.platform.dynamo import available
from tapstack.platform.dynamo_tables import Tables
from tapstack.platform.paging import Cursors, Page

FAME = "fame"


class ArchiveStore:
    """Each call raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables, cursors: Cursors) -> None:
        self.model = tables.bind(BoardItem)
        self.cursors = cursors

    def put(self, board: ArchivedBoard) -> bool:
        """Archives a board; False if its period has one already: the first one stays."""
        item = self.model(
            BoardId(board.metric, board.period).name,
            board.name,
            rows=[list(row) for row in board.rows],
            players=board.players,
            closed_at_ms=board.archived_at_ms,
        )
        return self._put(item, self.model.kind.does_not_exist())

    def get(
        self, period: Period | SeasonPeriod, name: str, metric: BoardMetric = BoardMetric.TAPS
    ) -> ArchivedBoard | None:
        """The board of a period, or None."""
        of = BoardId(metric, period)
        try:
            with available():
                return _board(self.model.get(of.name, name), of)
        except DoesNotExist:
            return None

    def latest(
        self,
        period: Period | SeasonPeriod,
        metric: BoardMetric = BoardMetric.TAPS,
        *,
        limit: int,
        cursor: str | None = None,
    ) -> Page[ArchivedBoard]:
        """The boards of one kind of period, the latest first."""
        of = BoardId(metric, period)
        before = self.model.name < self.cursors.read(cursor, str, "boards", of.name) if cursor else None
        with available():
            found = list(self.model.query(of.name, before, scan_index_forward=False, limit=limit, page_size=limit))
        rows = [_board(item, of) for item in found]
        return Page(rows, self.cursors.sign(rows[-1].name, "boards", of.name) if len(rows) == limit else None)

    def fame(self, period: Period, metric: BoardMetric = BoardMetric.TAPS) -> Fame:
        """The best periods of one kind."""
        try:
            with available():
                item = self.model.get(FAME, BoardId(metric, period).name, consistent_read=True)
        except DoesNotExist:
            return Fame(())
        return Fame([(row[0], row[1], row[2]) for row in item.rows], int(item.version))

    def put_fame(self, period: Period, fame: Fame, metric: BoardMetric = BoardMetric.TAPS) -> bool:
        """Replaces the best periods; False if somebody else has changed them since they were read."""
        name = BoardId(metric, period).name
        item = self.model(FAME, name, rows=[list(row) for row in fame.rows], version=fame.version + 1)
        version = self.model.version
        return self._put(item, version == fame.version if fame.version else version.does_not_exist())

    def _put(self, item: BoardItem, condition: object) -> bool:
        try:
            with available():
                item.save(condition=condition)  # type: ignore[arg-type]
        except PutError as error:
            if error.cause_response_code == "ConditionalCheckFailedException":
                return False
            raise
        return True


def _board(item: BoardItem, of: BoardId) -> ArchivedBoard:
    rows, players, at_ms = [(row[0], row[1]) for row in item.rows], int(item.players or 0), int(item.closed_at_ms or 0)
    assert of.period  # noqa: S101 - all time is never over
    return ArchivedBoard(of.period, item.name, players, rows, at_ms, of.metric)
