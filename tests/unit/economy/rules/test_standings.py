"""What a wallet is worth on the boards: of all time and of each period, with the moment at which it was reached."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.economy import START_MS, EconomyPlayer
from tapstack.economy import commands
from tapstack.economy.model import Tally, Wallet
from tapstack.economy.rules import journal, standings
from tapstack.leaderboards.model import BoardId, BoardMetric, SeasonPeriod
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.play.rules.score import clicks_of, score_of

FROST = SeasonPeriod(20_788)
"""Of the built-in catalogue: December 2026 to February 2027."""


def ms(*at: int) -> int:
    return int(datetime(*at, tzinfo=UTC).timestamp()) * 1_000  # type: ignore[arg-type, misc]


def values(wallet: Wallet, metric: BoardMetric) -> dict[tuple[Period | SeasonPeriod | None, int], int]:
    return {(row.period, row.number): clicks_of(row.score) for row in standings.scores(wallet) if row.metric is metric}


def test_year_begins_with_its_first_command_and_other_periods_with_theirs() -> None:
    player = EconomyPlayer(now_ms=ms(2026, 12, 30, 12))
    player.tap(100)
    player.do(commands.Settle())
    player.now_ms = ms(2026, 12, 31, 12)
    player.tap(20)
    player.do(commands.Settle())
    player.now_ms = ms(2027, 1, 1, 12)  # a Friday
    player.tap(3)
    player.do(commands.Settle())
    by_period = {period: value for (period, _), value in values(player.holdings.wallet, BoardMetric.XP).items()}
    assert by_period.pop(FROST) == 123
    assert by_period == {None: 123, Period.DAY: 3, Period.WEEK: 123, Period.MONTH: 3, Period.YEAR: 3}
    assert (Period.YEAR, 57) in values(player.holdings.wallet, BoardMetric.XP)
    replayed = Wallet()
    for entry in player.entries:
        replayed = journal.replay(replayed, entry)
    assert replayed == player.holdings.wallet


def test_number_is_reached_by_the_entry_that_raised_it_and_by_no_later_one() -> None:
    player = EconomyPlayer()
    player.tap(100)
    player.do(commands.Settle())
    player.now_ms += 5_000
    player.do(commands.Reseed(client_seed="mine"))
    assert set(standings.scores(player.holdings.wallet)) >= {(BoardMetric.COINS, None, 0, score_of(100, START_MS))}
    player.now_ms -= 60_000  # the clock is set back: nobody gets ahead by it
    player.tap(1)
    player.do(commands.Settle())
    assert standings.score_on(player.holdings.wallet, BoardId(BoardMetric.COINS), 0) == score_of(101, START_MS)


def test_xp_that_was_awarded_counts_like_any_other() -> None:
    player = EconomyPlayer()
    player.do(commands.Grant(account="mint:tests", xp=40))
    player.tap(2)
    player.do(commands.Settle())
    assert set(values(player.holdings.wallet, BoardMetric.XP).values()) == {42}


def test_wallet_of_an_older_release_is_worth_what_it_has() -> None:
    day = START_MS // DAY_MS
    tally = Tally(50, day, 40, Period.WEEK.number(day), 30, Period.MONTH.number(day), 20)
    wallet = Wallet(settled=70, tallies={"coins": tally})
    found = {period: value for (period, _), value in values(wallet, BoardMetric.COINS).items()}
    assert found == {None: 50, Period.DAY: 10, Period.WEEK: 20, Period.MONTH: 30, Period.YEAR: 50}
    assert values(wallet, BoardMetric.XP) == {(None, 0): 70}


def test_older_release_writes_marks_back_as_they_are() -> None:
    """What it does not know of a wallet, it keeps (dynamo_wallets.py), so they are no part of what it does know."""
    player = EconomyPlayer()
    player.tap(100)
    player.do(commands.Settle())
    stored = msgspec.to_builtins(player.holdings.wallet)
    assert set(stored["marks"]) == {"coins", "xp"}
    assert len(stored["tallies"]["coins"]) == 7


@given(st.integers(1, 2**60), st.integers(START_MS, START_MS + 30 * 365 * DAY_MS))
def test_any_number_stays_what_it_is_up_to_the_highest_that_there_is_room_for(value: int, at_ms: int) -> None:
    wallet = msgspec.structs.replace(Wallet(), settled=value)
    [row] = standings.scores(wallet)
    assert clicks_of(row.score) == min(value, standings.MOST)
    assert clicks_of(score_of(min(value, standings.MOST), at_ms)) == min(value, standings.MOST)


@pytest.mark.parametrize("moved", [0, 1, 8, 40, 400])
def test_change_after_the_end_of_a_period_shows_what_was_there_before_it(moved: int) -> None:
    player = EconomyPlayer()
    player.tap(100)
    player.do(commands.Settle())
    before = player.holdings.wallet
    player.now_ms += moved * DAY_MS
    player.tap(1)
    player.do(commands.Settle())
    after = player.holdings.wallet
    found = standings.around(before, after)
    assert len({row[:3] for row in found}) == len(found)
    over = {row for row in standings.scores(before) if row.period and row.period.number_at(player.now_ms) != row.number}
    assert set(found) == set(standings.scores(after)) | over


def test_change_shows_no_more_than_what_it_has_raised() -> None:
    player = EconomyPlayer()
    player.tap(100)
    player.do(commands.Settle())
    before = player.holdings.wallet
    player.do(commands.Grant(account="mint:tests", coin=5))
    assert {row.metric for row in standings.around(before, player.holdings.wallet)} == {BoardMetric.COINS}
    assert standings.around(before, before) == []
