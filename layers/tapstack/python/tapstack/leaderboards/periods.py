"""Leaderboards of the day, the week and the month at hand, as the all-time one: computed at most once per 5 s."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tapstack.leaderboards import all_time
from tapstack.leaderboards import redis_keys as keys
from tapstack.leaderboards.model import Board, OwnRank
from tapstack.platform.calendar import Period
from tapstack.play.rules.score import score_of

if TYPE_CHECKING:
    from tapstack.ports import Stores


def current(stores: Stores, period: Period) -> Board:
    """The board of the period at hand; the totals in it are those of the whole game."""
    board = _published(stores, period)
    now_ms = stores.clock()
    if board and all_time.is_fresh(board, now_ms) and board.name == period.label(period.number_at(now_ms)):
        return board
    if stores.leases.claim(f"{keys.period_board(period)}:lease", all_time.EVERY_MS) or board is None:
        return _compute(stores, period, board)
    return board


def _published(stores: Stores, period: Period) -> Board | None:
    raw = stores.all_time_board.published(keys.period_board(period))
    return msgspec.json.decode(raw, type=Board) if raw else None


def _compute(stores: Stores, period: Period, last: Board | None) -> Board:
    now_ms = stores.clock()
    _rank_changed(stores, now_ms)
    whole = all_time.current(stores)
    number = period.number_at(now_ms)
    rows, _ = stores.all_time_board.top(stores.period_boards.boards(period, number), all_time.TOP)
    board = msgspec.structs.replace(
        whole,
        version=now_ms,
        generated_at_s=now_ms // 1_000,
        entries=all_time.entries(stores, rows, 1, last.entries if last else []),
        period=str(period),
        name=period.label(number),
        ends_at_s=period.start_ms(number + 1) // 1_000,
    )
    stores.all_time_board.publish(msgspec.json.encode(board).decode(), keys.period_board(period))
    return board


def _rank_changed(stores: Stores, now_ms: int) -> None:
    """Brings the boards of all periods up to date, once in 5 s for everybody: it reads all who have tapped."""
    if stores.leases.claim(keys.PERIODS_LEASE, all_time.EVERY_MS):
        stores.period_boards.rank_changed(now_ms)


def standing(stores: Stores, player_id: str, period: Period) -> OwnRank:
    """A player's own rank, clicks and neighbours in the period at hand.

    The own clicks are exact at the time of asking, the others' about 5 s old at most.
    """
    now_ms = stores.clock()
    number = period.number_at(now_ms)
    _rank_changed(stores, now_ms)
    live = stores.saving.read([player_id])
    counter = live[0] if live else stores.counters.get(player_id)
    score = 0.0
    if counter and counter.periods:
        for kind, done in counter.periods.done(counter.clicks, counter.last_tap_at_ms):
            if (kind, done.number) == (period, number) and done.clicks:
                score = score_of(done.clicks, done.at_ms)
    return all_time.place(stores, player_id, score, stores.period_boards.boards(period, number))
