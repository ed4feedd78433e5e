"""What anybody may read of the leaderboards, with the archive kept in the process for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.http.recent import Recent
from tapstack.leaderboards import all_time, archive, metrics, periods, seasons
from tapstack.leaderboards.model import (
    SEASON,
    Board,
    BoardId,
    BoardMetric,
    ClosedBoards,
    HallOfFame,
    RenderedBoard,
    SeasonPeriod,
)
from tapstack.leaderboards.operations import render
from tapstack.platform.calendar import Period
from tapstack.platform.errors import BadRequest
from tapstack.platform.threads import in_thread

if TYPE_CHECKING:
    from tapstack.leaderboards.ports import AnyBoardPorts, CachedBoardPorts, FameReadPorts, HistoryReadPorts

KEPT_MS = 60_000
"""How long a process keeps what it has read of the archive: it seldom changes."""

KEPT_AT_ONCE = 128


class Reader:
    """One process's reads."""

    def __init__(self) -> None:
        self._boards: Recent[Board | None] = Recent(keep_ms=KEPT_MS, most=KEPT_AT_ONCE)
        self._histories: Recent[ClosedBoards] = Recent(keep_ms=KEPT_MS, most=KEPT_AT_ONCE)
        self._fame: Recent[HallOfFame] = Recent(keep_ms=KEPT_MS, most=len(BoardMetric))

    def board(self, ports: AnyBoardPorts, period: str, name: str, metric: BoardMetric = BoardMetric.TAPS) -> Board:
        """The board of all time (`all`), of the current period or season, or, by its name, of one that is over.

        Raises BadRequest for a name that the period does not have, NotFound (`board_unknown`), also for a season by
        another metric than XP.
        """
        if name and period == "all":
            raise BadRequest("all time has no name", code="validation_failed", field="name")
        if period == SEASON:
            return self._season(ports, name, metric)
        if name:
            kind = Period(period)
            found = self._boards.get(
                (metric, period, name), ports.clock(), lambda: archive.find(ports, kind, name, metric)
            )
            return archive.known(found)
        if metric is not BoardMetric.TAPS:
            return metrics.current(ports, BoardId(metric, None if period == "all" else Period(period)))
        return all_time.current(ports) if period == "all" else periods.current(ports, Period(period))

    def _season(self, ports: AnyBoardPorts, name: str, metric: BoardMetric) -> Board:
        if not name:
            return metrics.current(ports, seasons.current(ports, metric))
        seasons.refuse_other(metric)
        key = (metric, SEASON, name)
        return archive.known(self._boards.get(key, ports.clock(), lambda: archive.find_season(ports, name)))

    async def board_async(
        self, ports: CachedBoardPorts, period: str, name: str, metric: BoardMetric = BoardMetric.TAPS
    ) -> RenderedBoard:
        """As board, rendered, on an event loop: the all-time board from the process's copy, others in a thread."""
        if period == "all" and not name and metric is BoardMetric.TAPS:
            return await ports.board_cache.get(ports)
        return render(await in_thread(self.board, ports, period, name, metric))

    def history(
        self,
        ports: HistoryReadPorts,
        period: str,
        limit: int,
        cursor: str | None,
        metric: BoardMetric = BoardMetric.TAPS,
    ) -> ClosedBoards:
        """Periods or seasons that are over, as archive.history gives them."""
        kind = SeasonPeriod() if period == SEASON else Period(period)
        return self._histories.get(
            (metric, period, limit, cursor),
            ports.clock(),
            lambda: archive.history(ports, kind, metric, limit=limit, cursor=cursor),
        )

    def hall_of_fame(self, ports: FameReadPorts, metric: BoardMetric = BoardMetric.TAPS) -> HallOfFame:
        """The best days, weeks, months and years."""
        return self._fame.get(metric, ports.clock(), lambda: archive.hall_of_fame(ports, metric))
