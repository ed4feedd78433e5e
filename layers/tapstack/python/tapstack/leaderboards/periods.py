"""Leaderboards of the current day, week and month, computed at most once per 5 s like the all-time one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from tapstack.leaderboards import all_time, leases
from tapstack.leaderboards.all_time import EACH_SIDE, TOP
from tapstack.leaderboards.model import Board, BoardId, OwnRank
from tapstack.leaderboards.rules import EVERY_MS, is_fresh, with_version
from tapstack.platform.batches import batches
from tapstack.platform.calendar import Period
from tapstack.play.rules.score import score_of

if TYPE_CHECKING:
    from tapstack.leaderboards.ports import (
        OwnPeriodRankPorts,
        OwnPeriodScorePorts,
        PeriodBoardPorts,
        RankingPorts,
        RankPorts,
    )

READ_AT_ONCE = 100
"""Players read in one round trip."""


def current(ports: PeriodBoardPorts, period: Period) -> Board:
    """The board of the current period; the totals in it are those of the whole game."""
    of = BoardId(period=period)
    board = ports.published_boards.get(of)
    now_ms = ports.clock()
    if board and is_fresh(board, now_ms) and board.name == period.label(period.number_at(now_ms)):
        return board
    if ports.leases.claim(leases.refresh_board(of), EVERY_MS) or board is None:
        return _compute(ports, period, board)
    return board


def _compute(ports: PeriodBoardPorts, period: Period, last: Board | None) -> Board:
    now_ms = ports.clock()
    rank_changed_at_times(ports)
    whole = all_time.current(ports)
    number = period.number_at(now_ms)
    board = replace(
        whole,
        version=0,
        generated_at_s=now_ms // 1_000,
        entries=all_time.entries(
            ports, ports.period_boards.top(period, number, TOP).rows, 1, last.entries if last else ()
        ),
        period=str(period),
        name=period.label(number),
        ends_at_s=period.start_ms(number + 1) // 1_000,
    )
    board = with_version(board, last, now_ms)
    if not ports.published_boards.put(board, last):
        return ports.published_boards.get(board.of) or board
    return board


def rank_changed(ports: RankingPorts) -> None:
    """Brings the boards of all periods up to date: ranks everybody who has tapped since they were last saved."""
    for ids in batches(ports.period_boards.changed(), READ_AT_ONCE):
        ports.period_boards.rank(ports.saving.read(ids), ports.clock())


def rank_changed_at_times(ports: RankPorts) -> None:
    """Brings the boards of all periods up to date, at most once per 5 s for everybody."""
    if ports.leases.claim(leases.RANK_CHANGED, EVERY_MS):
        rank_changed(ports)


def own_rank(ports: OwnPeriodRankPorts, player_id: str, period: Period) -> OwnRank:
    """A player's rank, clicks and neighbours in the current period.

    The player's own clicks are exact, the others' about 5 s old at most.
    """
    number = period.number_at(ports.clock())
    rank_changed_at_times(ports)
    score = own_score(ports, player_id, period, number)
    found = ports.period_boards.neighbours(period, number, player_id, score, EACH_SIDE)
    return all_time.rank_among(ports, player_id, score, found)


def own_score(ports: OwnPeriodScorePorts, player_id: str, period: Period, number: int) -> float:
    """A player's score in a period as their own counter has it, 0 without taps in it."""
    live = ports.saving.read([player_id])
    counter = live[0] if live else ports.counters.get(player_id)
    if counter and counter.periods:
        for kind, done in counter.periods.done(counter.clicks, counter.last_tap_at_ms):
            if (kind, done.number) == (period, number) and done.clicks:
                return score_of(done.clicks, done.at_ms)
    return 0.0
