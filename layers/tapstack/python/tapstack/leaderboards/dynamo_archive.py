"""Boards of periods that are over, and the best periods of all, in DynamoDB: ids and clicks, no names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pynamodb.exceptions import DoesNotExist, PutError

from tapstack.leaderboards.dynamo_tables import BoardItem
from tapstack.platform.calendar import Period
from tapstack.platform.dynamo import available
from tapstack.platform.dynamo_tables import Tables
from tapstack.platform.paging import Cursors, Page

FAME = "fame"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A period that is over: `rows` are the best as (id, clicks), `players` how many tapped in it."""

    period: Period
    name: str
    players: int
    rows: Sequence[tuple[str, int]]
    closed_at_ms: int


@dataclass(frozen=True, slots=True)
class Fame:
    """The best periods of one kind as (id, clicks, name of the period); `version` counts its changes."""

    rows: Sequence[tuple[str, int, str]]
    version: int = 0


class ArchiveStore:
    """Each call raises StoreUnavailable where DynamoDB is away."""

    def __init__(self, tables: Tables, cursors: Cursors) -> None:
        self.model = tables.bind(BoardItem)
        self.cursors = cursors

    def put(self, snapshot: Snapshot) -> bool:
        """Keeps a snapshot; False when there is one of this period already: the first one stays."""
        item = self.model(
            str(snapshot.period),
            snapshot.name,
            rows=[list(row) for row in snapshot.rows],
            players=snapshot.players,
            closed_at_ms=snapshot.closed_at_ms,
        )
        return self._put(item, self.model.kind.does_not_exist())

    def get(self, period: Period, name: str) -> Snapshot | None:
        """The snapshot of a period, or None."""
        try:
            with available():
                return _snapshot(self.model.get(str(period), name))
        except DoesNotExist:
            return None

    def latest(self, period: Period, *, limit: int, cursor: str | None = None) -> Page[Snapshot]:
        """Snapshots of one kind of period, the latest first."""
        before = self.model.name < self.cursors.read(cursor, str, "boards", period) if cursor else None
        with available():
            found = list(self.model.query(str(period), before, scan_index_forward=False, limit=limit, page_size=limit))
        rows = [_snapshot(item) for item in found]
        return Page(rows, self.cursors.sign(rows[-1].name, "boards", period) if len(rows) == limit else None)

    def fame(self, period: Period) -> Fame:
        """The best periods of one kind."""
        try:
            with available():
                item = self.model.get(FAME, str(period), consistent_read=True)
        except DoesNotExist:
            return Fame(())
        return Fame([(i, clicks, name) for i, clicks, name in item.rows], int(item.version))

    def put_fame(self, period: Period, fame: Fame) -> bool:
        """Replaces the best periods; False when somebody else has changed them since they were read."""
        item = self.model(FAME, str(period), rows=[list(row) for row in fame.rows], version=fame.version + 1)
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


def _snapshot(item: BoardItem) -> Snapshot:
    rows = [(player_id, clicks) for player_id, clicks in item.rows]
    return Snapshot(Period(item.kind), item.name, int(item.players or 0), rows, int(item.closed_at_ms or 0))
