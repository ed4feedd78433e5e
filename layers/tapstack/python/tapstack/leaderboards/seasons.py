"""Which season a board is of: the one that runs, or one that is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.leaderboards.model import BoardId, BoardMetric, SeasonPeriod
from tapstack.platform.calendar import Period
from tapstack.platform.errors import NotFound

if TYPE_CHECKING:
    from tapstack.leaderboards.ports import SeasonPorts


def running(ports: SeasonPorts) -> BoardId | None:
    """The board of the season that runs, None between two."""
    now_ms = ports.clock()
    found = next((one for one in ports.seasons.all() if one.starts_ms <= now_ms < one.ends_ms), None)
    return BoardId(BoardMetric.XP, found) if found else None


def current(ports: SeasonPorts, metric: BoardMetric) -> BoardId:
    """The board of the season that runs; raises NotFound (`board_unknown`)."""
    refuse_other(metric)
    board = running(ports)
    if board is None:
        raise NotFound("no season is running", code="board_unknown")
    return board


def named(ports: SeasonPorts, name: str) -> SeasonPeriod:
    """The season that began on a day (`2026-09-01`), whether there is one or not; raises BadRequest."""
    day = Period.DAY.parse(name)
    return next((one for one in ports.seasons.all() if one.day == day), SeasonPeriod(day))


def refuse_other(metric: BoardMetric) -> None:
    """Raises NotFound (`board_unknown`) for a metric that seasons have no board of."""
    if metric is not BoardMetric.XP:
        raise NotFound("a season ranks by XP: metric=xp", code="board_unknown")
