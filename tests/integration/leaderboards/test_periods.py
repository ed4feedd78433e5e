"""Leaderboards over time: whatever happens, each tap is in the day, week and month in which it counted, once."""

from __future__ import annotations

import random
import threading
from collections import Counter as Tally
from contextlib import suppress
from typing import Any

import pytest
from support.game import Game, MakeGame, Player
from support.timed import NOON, Clock, patient, session_of, tap
from tapstack.leaderboards import periods as period_boards
from tapstack.leaderboards.archive import AFTER_MS, archive_due
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.errors import TooManyRequests
from tapstack.play import redis_keys as play_keys
from tapstack.play.rules.periods import Periods, PeriodTotal
from tapstack.play.saving import sync_all
from tapstack.players.rules.identity import bucket_of


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def game(make_game: MakeGame, clock: Clock) -> Game:
    return patient(make_game, clock)


def rows(game: Game, period: Period, number: int) -> dict[str, int]:
    """Everybody on the board of a period, straight from Redis."""
    period_boards.rank_changed(game.stores)
    found, players = game.stores.period_boards.top(period, number, 1_000)
    assert len(found) == players
    return dict(found)


def days(game: Game, day: int) -> dict[str, int]:
    return rows(game, Period.DAY, day)


def test_boards_of_day_week_month_and_year_part_at_midnight(game: Game, clock: Clock) -> None:
    ada = game.sign_in(1)
    session = session_of(game, ada)
    for total, days_on, day, week, month, year in [
        (10, 0, 10, 10, 10, 10),
        (14, 1, 4, 14, 14, 14),  # Thursday, the same week
        (15, 5, 1, 1, 15, 15),  # Tuesday, the same month
        (17, 23, 2, 2, 2, 17),  # the next month
    ]:
        clock.now_ms += days_on * DAY_MS
        tap(game, ada.id, session, total)
        found = [rows(game, period, period.number_at(clock.now_ms)) for period in Period]
        assert found == [{ada.id: day}, {ada.id: week}, {ada.id: month}, {ada.id: year}]
    today = clock.now_ms // DAY_MS
    assert rows(game, Period.MONTH, Period.MONTH.number(today) - 1) == {ada.id: 15}
    assert rows(game, Period.WEEK, Period.WEEK.number(today - 23)) == {ada.id: 1}
    clock.now_ms += 280 * DAY_MS
    tap(game, ada.id, session, 20)
    year = Period.YEAR.number_at(clock.now_ms)
    assert [rows(game, Period.YEAR, number) for number in (year - 1, year)] == [{ada.id: 17}, {ada.id: 3}]


@pytest.mark.parametrize(("days_on", "year"), [(0, 1_030), (1, 1_030), (305, 30)])
def test_year_of_a_player_of_an_older_release_begins_where_what_is_known_of_it_does(
    game: Game, clock: Clock, days_on: int, year: int
) -> None:
    """They had 500 taps before February and 900 in it, and 100 in March so far: the year is what is known of it."""
    ada = game.sign_in(1)
    session, today = session_of(game, ada), clock.now_ms // DAY_MS
    tap(game, ada.id, session, 1)
    name, february = play_keys.player(bucket_of(ada.id, 16), ada.id), Period.MONTH.number(today) - 1
    old = f"1490:1450:1400:0:0:0:0:0:0:{february}:900:{clock.now_ms - 9 * DAY_MS}:{february + 1}"
    assert game.stores.redis.hget(name, "per").count(":") == 16
    game.stores.redis.hset(name, mapping={"per": old, "c": 1_500})
    clock.now_ms += days_on * DAY_MS
    assert tap(game, ada.id, session, 31) == 30
    assert rows(game, Period.YEAR, Period.YEAR.number_at(clock.now_ms)) == {ada.id: year}


def test_script_counts_periods_as_the_domain_does(game: Game, clock: Clock) -> None:
    ada = game.sign_in(1)
    session, chance = session_of(game, ada), random.Random(3)  # noqa: S311
    total, seen = 0, Tally[tuple[Period, int]]()
    last: dict[Period, int] = {}
    for _ in range(150):
        clock.now_ms += chance.choice([1_000, 3_600_000, DAY_MS, 3 * DAY_MS, 9 * DAY_MS, 40 * DAY_MS, 400 * DAY_MS])
        new = chance.randrange(1, 5)
        total += new
        assert tap(game, ada.id, session, total) == new
        for period in Period:
            number = period.number_at(clock.now_ms)
            seen[period, number] += new
        live = game.stores.saving.read([ada.id])[0]
        assert live.periods is not None
        for period, done in live.periods.done(live.clicks, live.last_tap_at_ms):
            assert done.clicks == seen[period, done.number], (period, done)
            last[period] = done.number
        assert {p: Period(p).number_at(clock.now_ms) for p in Period}.keys() == last.keys()
        assert live.periods == Periods.unpack(live.periods.day, live.periods.packed())


def test_clock_that_is_set_back_opens_no_day_again(game: Game, clock: Clock) -> None:
    ada = game.sign_in(1)
    session = session_of(game, ada)
    clock.now_ms = (NOON // DAY_MS + 1) * DAY_MS
    tap(game, ada.id, session, 5)
    clock.now_ms -= 2_000
    tap(game, ada.id, session, 8)
    clock.now_ms += 3_000
    tap(game, ada.id, session, 9)
    assert days(game, NOON // DAY_MS + 1) == {ada.id: 9}
    assert days(game, NOON // DAY_MS) == {}


def test_midnight_under_load_loses_and_misfiles_nothing(make_game: MakeGame) -> None:
    """Each thread plays its own player by a clock that it notes; all play one more player together."""
    midnight = (NOON // DAY_MS + 1) * DAY_MS
    shared, end_ms = Clock(midnight - 5_000), midnight + 5_000
    used = threading.local()

    def now_ms() -> int:
        used.at_ms = shared.now_ms
        return shared.now_ms

    game = patient(make_game, now_ms, TAPS_PER_S="1000")
    players = [game.sign_in(n) for n in range(1, 7)]
    together = game.sign_in(99)
    sessions = {p.id: session_of(game, p) for p in [*players, together]}
    expected: dict[str, Tally[int]] = {p.id: Tally() for p in players}
    accepted_together = Tally[int]()
    turn, failures = threading.Lock(), []

    def play(player: Player) -> None:
        try:
            total = 0
            while shared.now_ms < end_ms:
                total += 1
                accepted = tap(game, player.id, sessions[player.id], total)
                expected[player.id][used.at_ms // DAY_MS] += accepted
                with turn:
                    with suppress(TooManyRequests):
                        count = sum(accepted_together.values()) + 1
                        done = tap(game, together.id, sessions[together.id], count)
                        accepted_together[used.at_ms // DAY_MS] += done
                    shared.now_ms += 25
        except BaseException as error:
            failures.append(error)
            shared.now_ms = end_ms

    def work() -> None:
        try:
            while shared.now_ms < end_ms:
                sync_all(game.stores, lambda: 60_000)
                period_boards.rank_changed(game.stores)
        except BaseException as error:
            failures.append(error)
            shared.now_ms = end_ms

    threads = [threading.Thread(target=play, args=(p,)) for p in players] + [threading.Thread(target=work)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    expected[together.id] = accepted_together
    for day in (midnight // DAY_MS - 1, midnight // DAY_MS):
        found = days(game, day)
        assert found == {i: tally[day] for i, tally in expected.items() if tally[day]}
        assert len(found) == len(players) + 1
    assert rows(game, Period.MONTH, Period.MONTH.number(day)) == game.stores.play.clicks_of(list(expected))


def test_ties_in_a_period_go_to_who_got_there_first(game: Game, clock: Clock) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    tap(game, ada.id, session_of(game, ada), 50)
    clock.now_ms += DAY_MS
    tap(game, bob.id, session_of(game, bob), 7)
    clock.now_ms += 1_000
    tap(game, ada.id, session_of(game, ada), 57)
    board = period_boards.current(game.stores, Period.DAY)
    assert [(e.rank, e.id, e.clicks) for e in board.entries] == [(1, bob.id, 7), (2, ada.id, 7)]
    assert board.name == "2027-03-04"


def test_standing_in_a_period_is_exact_at_once(game: Game, clock: Clock) -> None:
    players = [game.sign_in(n) for n in range(1, 10)]
    for n, player in enumerate(players):
        tap(game, player.id, session_of(game, player), 10 + n)
    found = period_boards.own_rank(game.stores, players[2].id, Period.WEEK)
    assert (found.rank, found.clicks) == (7, 12)
    assert [e.clicks for e in found.around] == [17, 16, 15, 14, 13, 12, 11, 10]
    assert [e.rank for e in found.around] == [2, 3, 4, 5, 6, 7, 8, 9]
    clock.now_ms += 8 * DAY_MS
    none_yet = period_boards.own_rank(game.stores, players[2].id, Period.WEEK)
    assert (none_yet.rank, none_yet.clicks, [e.id for e in none_yet.around]) == (1, 0, [players[2].id])


def all_boards(game: Game, today: int) -> dict[Any, Any]:
    return {
        (period, number): rows(game, period, number)
        for period in Period
        for number in (period.number(today) - 1, period.number(today))
    }


def test_lost_redis_gives_back_every_saved_period(game: Game, clock: Clock) -> None:
    players = [game.sign_in(n) for n in range(1, 6)]
    game.run("sync")
    for n, player in enumerate(players):
        tap(game, player.id, session_of(game, player), 20 + n)
    clock.now_ms = Period.DAY.start_ms(NOON // DAY_MS + 1) + 1_000
    for n, player in enumerate(players[:3]):
        tap(game, player.id, session_of(game, player), 30 + n)
    game.run("sync")
    today = clock.now_ms // DAY_MS
    before = all_boards(game, today)
    assert len(before[Period.DAY, today]) == 3
    game.stores.redis.flushall()
    clock.now_ms += AFTER_MS
    assert archive_due(game.stores) == []  # not before the boards are whole again
    game.run("sync")
    assert all_boards(game, today) == before
    assert archive_due(game.stores) == ["2027-03-03"]
    session = session_of_saved(game, players[0])
    assert tap(game, players[0].id, session, 40) == 10
    assert days(game, today)[players[0].id] == 20


def session_of_saved(game: Game, player: Player) -> str:
    counter = game.stores.counters.get(player.id)
    assert counter is not None
    return next(iter(counter.sessions))


def test_taps_lost_with_redis_count_for_the_day_in_which_they_come_again(game: Game, clock: Clock) -> None:
    ada = game.sign_in(1)
    session = session_of(game, ada)
    tap(game, ada.id, session, 20)
    game.run("sync")
    tap(game, ada.id, session, 25)
    game.stores.redis.flushall()
    clock.now_ms += 5_000
    game.run("sync")
    assert tap(game, ada.id, session, 25) == 5
    assert days(game, clock.now_ms // DAY_MS) == {ada.id: 25}


def test_evicted_player_keeps_their_periods(game: Game, clock: Clock) -> None:
    ada = game.sign_in(1)
    session = session_of(game, ada)
    tap(game, ada.id, session, 20)
    clock.now_ms += 120_000
    game.run("cleanup")
    assert game.stores.saving.read([ada.id]) == []
    assert days(game, clock.now_ms // DAY_MS) == {ada.id: 20}
    assert period_boards.own_rank(game.stores, ada.id, Period.DAY).clicks == 20
    ada = ada.reopen()
    tap(game, ada.id, session_of(game, ada), 26)
    assert days(game, clock.now_ms // DAY_MS) == {ada.id: 26}


def test_old_news_never_lowers_a_board(game: Game, clock: Clock) -> None:
    ada = game.sign_in(1)
    session = session_of(game, ada)
    tap(game, ada.id, session, 5)
    old = game.stores.saving.read([ada.id])
    tap(game, ada.id, session, 9)
    period_boards.rank_changed(game.stores)
    game.stores.period_boards.rank(old, clock.now_ms)
    assert days(game, clock.now_ms // DAY_MS) == {ada.id: 9}


def test_first_saved_state_without_periods_starts_them_where_it_stands(game: Game, clock: Clock) -> None:
    from tapstack.play.model import Counter

    ada = game.sign_in(1)
    game.stores.redis.flushall()
    game.stores.counters.put([Counter(ada.id, clicks=500, last_tap_at_ms=NOON - 10 * DAY_MS)])
    ada = ada.reopen()
    tap(game, ada.id, session_of(game, ada), 4)
    assert days(game, NOON // DAY_MS) == {ada.id: 4}
    live = game.stores.saving.read([ada.id])[0]
    assert live.periods is not None
    assert PeriodTotal(NOON // DAY_MS, 4, live.last_tap_at_ms) in [
        d for _, d in live.periods.done(504, live.last_tap_at_ms)
    ]
