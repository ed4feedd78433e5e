"""The boards of periods that are over: archived once all their taps are counted, kept for good, and read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.leaderboards import periods
from tapstack.leaderboards.model import (
    ArchivedBoard,
    Board,
    ClosedBoard,
    ClosedBoards,
    Fame,
    HallOfFame,
    LeaderboardEntry,
    Record,
    Row,
)
from tapstack.leaderboards.rules import entry_of
from tapstack.platform.calendar import GAME_EPOCH_MS, Period
from tapstack.platform.errors import NotFound
from tapstack.platform.paging import page_size
from tapstack.players.rules.public_names import public_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapstack.leaderboards.ports import ArchivedBoardPorts, ArchivePorts, FamePorts, HistoryPorts
    from tapstack.players.model import Player

KEPT = 100
"""How many of a period's best are kept."""

FAMOUS = 20
AFTER_MS = 60_000
"""How long after its end a period is archived: by then every script that still counts for it has run."""

BACK = {Period.DAY: 3, Period.WEEK: 2, Period.MONTH: 1}
"""How many periods back a missed run is made up for."""


def archive_due(ports: ArchivePorts) -> list[str]:
    """Archives the boards of periods that are over, if that is not done yet; their names. Repeating changes nothing.

    Taps after the end of a period count for the next one, so a board is complete once everybody who has tapped is
    ranked. Nothing is archived while boards are being recovered: some of them may be missing.
    """
    now_ms = ports.clock()
    archived: list[str] = []
    if ports.saving.cold_buckets():
        return archived
    periods.rank_changed(ports)
    for period in Period:
        latest = period.number_at(now_ms - AFTER_MS) - 1
        for number in range(latest - BACK[period] + 1, latest + 1):
            if ports.archive.get(period, period.label(number)) is None:
                archived += _archive(ports, period, number, now_ms)
    return archived


def _archive(ports: ArchivePorts, period: Period, number: int, now_ms: int) -> list[str]:
    rows, players = ports.period_boards.top(period, number, KEPT)
    if not players:
        return []
    board = ArchivedBoard(period, period.label(number), players, rows, now_ms)
    _add_to_fame(ports, board)
    return [board.name] if ports.archive.put(board) else []


def _add_to_fame(ports: ArchivePorts, board: ArchivedBoard) -> None:
    """Done before the board is stored, so that a run that is cut short in between does it again, to the same end."""
    while True:
        fame = ports.archive.fame(board.period)
        rows = {*fame.rows, *((i, clicks, board.name) for i, clicks in board.rows[:FAMOUS])}
        best = sorted(rows, key=lambda row: (-row[1], row[2], row[0]))[:FAMOUS]
        if best == list(fame.rows) or ports.archive.put_fame(board.period, Fame(best, fame.version)):
            return


def read(ports: ArchivedBoardPorts, period: Period, name: str) -> Board:
    """The board of a period that is over; raises BadRequest or NotFound (`board_unknown`)."""
    return known(find(ports, period, name))


def known(board: Board | None) -> Board:
    """The board; raises NotFound (`board_unknown`) if there is none."""
    if board is None:
        raise NotFound("this period has no closed board", code="board_unknown")
    return board


def find(ports: ArchivedBoardPorts, period: Period, name: str) -> Board | None:
    """The board of a period that is over, None if it has none; raises BadRequest."""
    number = period.parse(name)
    if not period.number_at(GAME_EPOCH_MS) <= number < period.number_at(ports.clock()):
        return None
    found = ports.archive.get(period, name)
    if found is None:
        return None
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
        period=str(period),
        name=name,
        ends_at_s=period.start_ms(number + 1) // 1_000,
        closed=True,
    )


def _entry(rank: int, row: Row, players: Mapping[str, Player]) -> LeaderboardEntry:
    player = players.get(row[0])
    return entry_of(rank, row[0], player.username if player else None, row[1], player.title if player else "")


def history(ports: HistoryPorts, period: Period, *, limit: int = 20, cursor: str | None = None) -> ClosedBoards:
    """Periods that are over, the latest first, each with its best player."""
    page = ports.archive.latest(period, limit=page_size(limit), cursor=cursor)
    players = ports.players.get_many([i for board in page.items for i, _ in board.rows[:3]])
    entries = []
    for board in page.items:
        best = next((row for row in board.rows if row[0] in players and not players[row[0]].hidden), None)
        entries.append(ClosedBoard(board.name, board.players, _entry(1, best, players) if best else None))
    return ClosedBoards(entries, page.cursor)


def hall_of_fame(ports: FamePorts) -> HallOfFame:
    """The best days, weeks and months, without hidden and erased players."""
    fame = {period: ports.archive.fame(period).rows for period in Period}
    players = ports.players.get_many([row[0] for rows in fame.values() for row in rows])

    def records(period: Period) -> list[Record]:
        shown = [row for row in fame[period] if row[0] in players and not players[row[0]].hidden]
        return [
            Record(n, i, players[i].username, clicks, name, public_name(i, players[i].username))
            for n, (i, clicks, name) in enumerate(shown, 1)
        ]

    return HallOfFame(records(Period.DAY), records(Period.WEEK), records(Period.MONTH))
