"""Periods that are over: closed once everything of theirs is counted, kept for good, and read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.leaderboards.dynamo_archive import Fame, Snapshot
from tapstack.leaderboards.model import Board, ClosedBoard, ClosedBoards, HallOfFame, LeaderboardEntry, Record
from tapstack.platform.calendar import GAME_EPOCH_MS, Period
from tapstack.platform.errors import NotFound
from tapstack.platform.paging import page_size

if TYPE_CHECKING:
    from tapstack.players.model import Player
    from tapstack.ports import Stores

KEPT = 100
"""How many of a period's best are kept."""

FAMOUS = 20
AFTER_MS = 60_000
"""How long after its end a period closes: by then every script that still counts for it has run."""

BACK = {Period.DAY: 3, Period.WEEK: 2, Period.MONTH: 1}
"""How many periods back a close that has not happened is made up for."""


def close_due(stores: Stores) -> list[str]:
    """Closes the periods that are over and not closed yet; their names. Doing it again changes nothing.

    Taps after the end of a period count for the next one, so once everybody who has tapped is ranked, a board that
    is over is whole. Not while boards are being rebuilt: then some of it may be missing.
    """
    now_ms = stores.clock()
    closed: list[str] = []
    if stores.saving.cold_buckets():
        return closed
    stores.period_boards.rank_changed(now_ms)
    for period in Period:
        latest = period.number_at(now_ms - AFTER_MS) - 1
        for number in range(latest - BACK[period] + 1, latest + 1):
            if stores.archive.get(period, period.label(number)) is None:
                closed += _close(stores, period, number, now_ms)
    return closed


def _close(stores: Stores, period: Period, number: int, now_ms: int) -> list[str]:
    rows, players = stores.all_time_board.top(stores.period_boards.boards(period, number), KEPT)
    if not players:
        return []
    snapshot = Snapshot(period, period.label(number), players, rows, now_ms)
    _into_fame(stores, snapshot)
    return [snapshot.name] if stores.archive.put(snapshot) else []


def _into_fame(stores: Stores, snapshot: Snapshot) -> None:
    """Before the snapshot is kept, so that a run cut short in between does it again: to the same end."""
    while True:
        fame = stores.archive.fame(snapshot.period)
        rows = {*fame.rows, *((i, clicks, snapshot.name) for i, clicks in snapshot.rows[:FAMOUS])}
        best = sorted(rows, key=lambda row: (-row[1], row[2], row[0]))[:FAMOUS]
        if best == list(fame.rows) or stores.archive.put_fame(snapshot.period, Fame(best, fame.version)):
            return


def read(stores: Stores, period: Period, name: str) -> Board:
    """The board of a period that is over; raises BadRequest or NotFound (`board_unknown`)."""
    return known(find(stores, period, name))


def known(board: Board | None) -> Board:
    """The board; raises NotFound (`board_unknown`) where there is none."""
    if board is None:
        raise NotFound("this period has no closed board", code="board_unknown")
    return board


def find(stores: Stores, period: Period, name: str) -> Board | None:
    """The board of a period that is over, None where it has none; raises BadRequest."""
    number = period.parse(name)
    if not period.number_at(GAME_EPOCH_MS) <= number < period.number_at(stores.clock()):
        return None
    found = stores.archive.get(period, name)
    if found is None:
        return None
    players = stores.players.get_many([i for i, _ in found.rows])
    visible = [row for row in found.rows if not (row[0] in players and players[row[0]].hidden)]
    ends_at_s = period.start_ms(number + 1) // 1_000
    return Board(
        version=found.closed_at_ms,
        generated_at_s=found.closed_at_ms // 1_000,
        total_clicks=0,
        total_players=found.players,
        active_players=0,
        rebuilding=False,
        entries=[_entry(rank, row, players) for rank, row in enumerate(visible, 1)],
        period=str(period),
        name=name,
        ends_at_s=ends_at_s,
        closed=True,
    )


def _entry(rank: int, row: tuple[str, int], players: dict[str, Player]) -> LeaderboardEntry:
    player = players.get(row[0])
    return LeaderboardEntry(rank, row[0], player.username if player else None, row[1])


def history(stores: Stores, period: Period, *, limit: int = 20, cursor: str | None = None) -> ClosedBoards:
    """Periods that are over, the latest first, each with its best."""
    page = stores.archive.latest(period, limit=page_size(limit), cursor=cursor)
    players = stores.players.get_many([i for s in page.items for i, _ in s.rows[:3]])
    entries = []
    for snapshot in page.items:
        best = next((row for row in snapshot.rows if row[0] in players and not players[row[0]].hidden), None)
        entries.append(ClosedBoard(snapshot.name, snapshot.players, _entry(1, best, players) if best else None))
    return ClosedBoards(entries, page.cursor)


def hall_of_fame(stores: Stores) -> HallOfFame:
    """The best days, weeks and months; hidden and erased players are left out."""
    fame = {period: stores.archive.fame(period).rows for period in Period}
    players = stores.players.get_many([row[0] for rows in fame.values() for row in rows])

    def records(period: Period) -> list[Record]:
        shown = [row for row in fame[period] if row[0] in players and not players[row[0]].hidden]
        return [Record(n, i, players[i].username, clicks, name) for n, (i, clicks, name) in enumerate(shown, 1)]

    return HallOfFame(records(Period.DAY), records(Period.WEEK), records(Period.MONTH))
