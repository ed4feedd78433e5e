"""The boards of periods that are over: archived once all their taps are counted, kept for good, and read again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import UNSET

from tapstack.leaderboards import periods, seasons
from tapstack.leaderboards.model import (
    OF_WALLETS,
    ArchivedBoard,
    Board,
    BoardId,
    BoardMetric,
    ClosedBoard,
    ClosedBoards,
    Fame,
    HallOfFame,
    LeaderboardEntry,
    Record,
    Row,
    SeasonPeriod,
    Top,
)
from tapstack.leaderboards.rules import SEASON_KEPT_MS, entry_of
from tapstack.platform.calendar import GAME_EPOCH_MS, Period
from tapstack.platform.errors import NotFound
from tapstack.platform.paging import page_size
from tapstack.players.rules.public_names import public_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tapstack.leaderboards.ports import (
        ArchivedBoardPorts,
        ArchivedSeasonPorts,
        ArchivePorts,
        ArchivingPorts,
        FamePorts,
        HistoryPorts,
        MetricArchivePorts,
    )
    from tapstack.players.model import Player

KEPT = 100
"""How many of a period's best are kept."""

FAMOUS = 20
AFTER_MS = 60_000
"""How long after its end a period is archived: by then every script that still counts for it has run."""

BACK = {Period.DAY: 3, Period.WEEK: 2, Period.MONTH: 1, Period.YEAR: 1}
"""How many periods back a missed run is made up for."""


def archive_due(ports: ArchivePorts) -> list[str]:
    """Archives the boards of periods that are over, if that is not done yet; their names. Repeating changes nothing.

    Taps after the end of a period count for the next one, so a board is complete once everybody who has tapped is
    ranked. Nothing is archived while boards are being recovered: some of them may be missing.
    """
    if ports.saving.cold_buckets():
        return []
    periods.rank_changed(ports)
    return _archive_all(ports, BoardMetric.TAPS, ports.period_boards.top)


def archive_metrics_due(ports: MetricArchivePorts) -> list[str]:
    """As archive_due, of the boards by metrics: `coins:2026-11-21`. The caller has made sure that they are whole."""
    archived = [
        f"{metric}:{name}"
        for metric in OF_WALLETS
        for name in _archive_all(ports, metric, partial(_top_by_metric, ports, metric))
    ]
    return [*archived, *_archive_seasons(ports)]


def _archive_seasons(ports: MetricArchivePorts) -> list[str]:
    """Archives the seasons that are over, as `season:2026-09-01`. The hall of fame has none: each is a game of its own.

    A season that is given another end after that keeps the board that it has.
    """
    archived: list[str] = []
    now_ms = ports.clock()
    for season in ports.seasons.all():
        of, name = BoardId(BoardMetric.XP, season), season.label(season.day)
        if season.ends_ms <= now_ms - AFTER_MS < season.ends_ms + SEASON_KEPT_MS and not ports.archive.get(
            season, name, of.metric
        ):
            rows, players = ports.metric_boards.top(of, season.day, KEPT)
            board = ArchivedBoard(season, name, players, rows, now_ms, of.metric)
            archived += [f"{season}:{name}"] if players and ports.archive.put(board) else []
    return archived


def _top_by_metric(ports: MetricArchivePorts, metric: BoardMetric, period: Period, number: int, count: int) -> Top:
    return ports.metric_boards.top(BoardId(metric, period), number, count)


def _archive_all(ports: ArchivingPorts, metric: BoardMetric, top: Callable[[Period, int, int], Top]) -> list[str]:
    archived: list[str] = []
    now_ms = ports.clock()
    for period in Period:
        latest = period.number_at(now_ms - AFTER_MS) - 1
        for number in range(latest - BACK[period] + 1, latest + 1):
            name = period.label(number)
            if ports.archive.get(period, name, metric) is None:
                rows, players = top(period, number, KEPT)
                board = ArchivedBoard(period, name, players, rows, now_ms, metric)
                archived += [name] if players and _archive(ports, period, board) else []
    return archived


def _archive(ports: ArchivingPorts, period: Period, board: ArchivedBoard) -> bool:
    _add_to_fame(ports, period, board)
    return ports.archive.put(board)


def _add_to_fame(ports: ArchivingPorts, period: Period, board: ArchivedBoard) -> None:
    """Done before the board is stored, so that a run that is cut short in between does it again, to the same end."""
    while True:
        fame = ports.archive.fame(period, board.metric)
        rows = {*fame.rows, *((i, clicks, board.name) for i, clicks in board.rows[:FAMOUS])}
        best = sorted(rows, key=lambda row: (-row[1], row[2], row[0]))[:FAMOUS]
        if best == list(fame.rows) or ports.archive.put_fame(period, Fame(best, fame.version), board.metric):
            return


def read(ports: ArchivedBoardPorts, period: Period, name: str, metric: BoardMetric = BoardMetric.TAPS) -> Board:
    """The board of a period that is over; raises BadRequest or NotFound (`board_unknown`)."""
    return known(find(ports, period, name, metric))


def known(board: Board | None) -> Board:
    """The board; raises NotFound (`board_unknown`) if there is none."""
    if board is None:
        raise NotFound("this period has no closed board", code="board_unknown")
    return board


def find(ports: ArchivedBoardPorts, period: Period, name: str, metric: BoardMetric = BoardMetric.TAPS) -> Board | None:
    """The board of a period that is over, None if it has none; raises BadRequest."""
    number = period.parse(name)
    if not period.number_at(GAME_EPOCH_MS) <= number < period.number_at(ports.clock()):
        return None
    found = ports.archive.get(period, name, metric)
    return _shown(ports, found, period.end_ms(number)) if found else None


def find_season(ports: ArchivedSeasonPorts, name: str) -> Board | None:
    """The board of a season that is over, by the day on which it began; None if it has none; raises BadRequest."""
    season = seasons.named(ports, name)
    if not GAME_EPOCH_MS <= season.starts_ms < ports.clock():
        return None
    found = ports.archive.get(season, name, BoardMetric.XP)
    return _shown(ports, found, season.ends_ms) if found else None


def _shown(ports: ArchivedBoardPorts, found: ArchivedBoard, ends_ms: int) -> Board:
    players = ports.players.get_many([i for i, _ in found.rows])
    visible = [row for row in found.rows if not (row[0] in players and players[row[0]].hidden)]
    return Board(
        version=found.archived_at_ms,
        generated_at_s=found.archived_at_ms // 1_000,
        total_clicks=0,
        total_players=found.players,
        active_players=0,
        rebuilding=False,
        entries=[_entry(rank, row, players) for rank, row in enumerate(visible, 1)],
        period=str(found.period),
        name=found.name,
        ends_at_s=ends_ms // 1_000 or None,
        closed=True,
        metric=UNSET if found.metric is BoardMetric.TAPS else found.metric,
    )


def _entry(rank: int, row: Row, players: Mapping[str, Player]) -> LeaderboardEntry:
    player = players.get(row[0])
    if player is None:
        return entry_of(rank, row[0], None, row[1])
    return entry_of(rank, row[0], player.username, row[1], player.title, player.looks)


def history(
    ports: HistoryPorts,
    period: Period | SeasonPeriod,
    metric: BoardMetric = BoardMetric.TAPS,
    *,
    limit: int = 20,
    cursor: str | None = None,
) -> ClosedBoards:
    """Periods that are over, the latest first, each with its best player."""
    page = ports.archive.latest(period, metric, limit=page_size(limit), cursor=cursor)
    players = ports.players.get_many([i for board in page.items for i, _ in board.rows[:3]])
    entries = []
    for board in page.items:
        best = next((row for row in board.rows if row[0] in players and not players[row[0]].hidden), None)
        entries.append(ClosedBoard(board.name, board.players, _entry(1, best, players) if best else None))
    return ClosedBoards(entries, page.cursor)


def hall_of_fame(ports: FamePorts, metric: BoardMetric = BoardMetric.TAPS) -> HallOfFame:
    """The best days, weeks, months and years in a metric, without hidden and erased players."""
    fame = {period: ports.archive.fame(period, metric).rows for period in Period}
    players = ports.players.get_many([row[0] for rows in fame.values() for row in rows])

    def records(period: Period) -> list[Record]:
        shown = [row for row in fame[period] if row[0] in players and not players[row[0]].hidden]
        return [
            Record(
                n,
                i,
                players[i].username,
                clicks,
                name,
                public_name(i, players[i].username),
                players[i].title or UNSET,
                players[i].looks or UNSET,
            )
            for n, (i, clicks, name) in enumerate(shown, 1)
        ]

    return HallOfFame(*map(records, Period))
