"""Leaderboards of what players have besides taps, computed at most once per 5 s like the others.

Their rows are projections of the wallets (economy/projecting.py): nothing here knows what a wallet is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from tapstack.leaderboards import all_time, leases
from tapstack.leaderboards.all_time import EACH_SIDE, TOP
from tapstack.leaderboards.model import Board, BoardId, OwnRank
from tapstack.leaderboards.rules import EVERY_MS, is_fresh, with_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapstack.leaderboards.ports import MetricBoardPorts, OwnMetricRankPorts


def current(ports: MetricBoardPorts, of: BoardId) -> Board:
    """The board of a metric, of all time or of the current period; the totals in it are those of the whole game."""
    board, now_ms = ports.published_boards.get(of), ports.clock()
    if board and is_fresh(board, now_ms) and board.name == _label(of, now_ms):
        return board
    if ports.leases.claim(leases.refresh_board(of), EVERY_MS) or board is None:
        return _compute(ports, of, board)
    return board


def _compute(ports: MetricBoardPorts, of: BoardId, last: Board | None) -> Board:
    now_ms = ports.clock()
    whole, number = all_time.current(ports), number_of(of, now_ms)
    rows = ports.metric_boards.top(of, number, TOP).rows
    board = replace(
        whole,
        version=0,
        generated_at_s=now_ms // 1_000,
        rebuilding=whole.rebuilding or ports.board_completion.lost(),
        entries=all_time.entries(ports, rows, 1, last.entries if last else ()),
        period=str(of.period or "all"),
        name=_label(of, now_ms),
        ends_at_s=of.period.end_ms(number) // 1_000 if of.period else None,
        metric=of.metric,
    )
    board = with_version(board, last, now_ms)
    if not ports.published_boards.put(board, last):
        return ports.published_boards.get(of) or board
    return board


def own_rank(ports: OwnMetricRankPorts, player_id: str, of: BoardId, own: Callable[[int], float]) -> OwnRank:
    """A player's rank, what they have, and their neighbours.

    `own` answers the score that the player's own wallet gives them on the board of that number. It is asked of who is
    not on the board: hidden players, who see themselves there, and those whose entry is still to come.
    """
    number = number_of(of, ports.clock())
    score = ports.metric_boards.score(of, number, player_id) or own(number)
    found = ports.metric_boards.neighbours(of, number, player_id, score, EACH_SIDE)
    return all_time.rank_among(ports, player_id, score, found)


def number_of(of: BoardId, now_ms: int) -> int:
    """The number of the period that a board is of at a time, 0 for all time."""
    return of.period.number_at(now_ms) if of.period else 0


def _label(of: BoardId, now_ms: int) -> str | None:
    return of.period.label(number_of(of, now_ms)) if of.period else None
