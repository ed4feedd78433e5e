"""A clock that is wrong for an hour, or a day, and is put right: nobody is locked out, and nobody gets taps for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import redis
from support.fakes.ports import RealRedisPorts
from support.machine import PLAYERS, START_MS, remaining_ms, user
from support.racing import ManualClock
from tapstack.leaderboards import all_time
from tapstack.leaderboards import leases as board_leases
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.play import redis_keys as keys
from tapstack.play import sessions, taps
from tapstack.play.cleanup import cleanup
from tapstack.play.model import Due, TapResult
from tapstack.play.rules import pacing
from tapstack.play.rules.pacing import UPDATE_KEPT_MS
from tapstack.play.saving import sync_all
from tapstack.players.model import Player
from tapstack.players.rules.identity import bucket_of

HOUR_S = 3_600
ADA = PLAYERS[0]
S = "session"
RATE = 25
BURST = RATE * pacing.BURST_S


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START_MS // DAY_MS * DAY_MS + DAY_MS // 2)


@pytest.fixture
def stores(redis_url: str, clock: ManualClock) -> Iterator[Any]:
    """Ada has a session open, and some taps."""
    with redis.Redis.from_url(redis_url, decode_responses=True) as client:
        made: Any = RealRedisPorts(client, clock, BUCKETS="1")
        made.players.create(Player(ADA, user(ADA).id, None, "", ADA, "en", clock()))
        clock.advance(pacing.BURST_S)
        sessions.open_session(made, user(ADA), S)
        assert tap(made, 10).accepted == 10
        yield made


def tap(stores: Any, total: int) -> TapResult:
    return taps.record_taps(stores, ADA, S, total)


def counter(stores: Any) -> Any:
    return stores.saving.read([ADA])[0]


@pytest.mark.parametrize("ahead_s", [1, HOUR_S, 40 * HOUR_S])
def test_taps_go_on_at_once_after_a_clock_that_was_ahead(stores: Any, clock: ManualClock, ahead_s: int) -> None:
    clock.advance(ahead_s)
    assert tap(stores, 50).accepted == 40
    clock.advance(1 - ahead_s)
    assert tap(stores, 75).accepted == 25
    for second in range(2, 30):
        clock.advance(1)
        assert taps.heartbeat(stores, ADA, S).clicks == 25 * (second + 1)
        assert tap(stores, 25 * (second + 2)).accepted == 25


def test_clock_that_was_ahead_gives_one_burst_and_no_more(stores: Any, clock: ManualClock) -> None:
    """The jump itself fills the allowance up to the burst, as an hour's rest does; putting it right adds nothing."""
    clock.advance(HOUR_S)
    assert tap(stores, 100_000).accepted == BURST
    clock.advance(-HOUR_S)
    assert tap(stores, 200_000).accepted == 0
    clock.advance(1)
    assert tap(stores, 300_000).accepted == RATE


def test_honest_taps_count_after_a_loss_though_the_saved_times_lie_ahead(stores: Any, clock: ManualClock) -> None:
    clock.advance(HOUR_S)
    tap(stores, 60)
    sync_all(stores, remaining_ms)
    clock.advance(8 - HOUR_S)
    assert tap(stores, 260).accepted == 200
    stores.play.client.flushall()
    again = tap(stores, 260)
    assert (again.accepted, again.clicks) == (200, 260)
    assert counter(stores).last_tap_at_ms <= clock()


def test_session_that_a_loss_took_has_its_taps_though_the_saved_times_lie_ahead(
    stores: Any, clock: ManualClock
) -> None:
    clock.advance(HOUR_S)
    tap(stores, 20)
    sync_all(stores, remaining_ms)
    clock.advance(8 - HOUR_S)
    sessions.open_session(stores, user(ADA), "other")
    assert taps.record_taps(stores, ADA, "other", 200).accepted == 200
    stores.play.client.flushall()
    assert taps.record_taps(stores, ADA, "other", 200).accepted == 200


def test_requests_stay_limited_after_a_clock_that_was_ahead(stores: Any, clock: ManualClock) -> None:
    clock.advance(HOUR_S)
    tap(stores, 11)
    clock.advance(-HOUR_S)
    tap(stores, 12)
    with pytest.raises(Exception, match="too many requests"):
        tap(stores, 13)
    clock.advance(1 / pacing.REQUESTS_PER_S)
    assert tap(stores, 13).accepted == 1


def test_work_is_asked_for_again_after_a_clock_that_was_ahead(stores: Any, clock: ManualClock) -> None:
    clock.advance(HOUR_S)
    assert tap(stores, 11).due is Due.REBUILD
    clock.advance(1 - HOUR_S)
    tapped = stores.play.record_taps(ADA, S, 12)
    assert tapped.due is Due.REBUILD
    assert tapped.sync_window == clock() // (1_000 * stores.settings.play.sync_every_s)
    clock.advance(HOUR_S)
    assert stores.play.heartbeat(ADA, S).due is Due.REBUILD
    clock.advance(-HOUR_S)
    clock.advance(1)
    assert stores.play.heartbeat(ADA, S).due is Due.REBUILD


@pytest.mark.parametrize("days", [1, 9, 40])
def test_what_was_done_on_a_day_that_has_not_come_counts_for_today(stores: Any, clock: ManualClock, days: int) -> None:
    today = clock() // DAY_MS
    clock.advance(days * 24 * HOUR_S)
    assert tap(stores, 30).accepted == 20
    clock.advance(60 - days * 24 * HOUR_S)
    assert tap(stores, 60).accepted == 30
    now = counter(stores)
    assert now.periods.day == today
    done = {kind: row for kind, row in now.periods.done(now.clicks, now.last_tap_at_ms)}
    assert {kind: (row.number, row.clicks) for kind, row in done.items()} == {
        kind: (kind.number(today), 60) for kind in Period
    }
    clock.advance(24 * HOUR_S)
    assert tap(stores, 100).accepted == 40
    now = counter(stores)
    days_done = [row for kind, row in now.periods.done(now.clicks, now.last_tap_at_ms) if kind is Period.DAY]
    assert [(row.number, row.clicks) for row in days_done] == [(today + 1, 40), (today, 60)]


def test_counted_press_is_remembered_no_longer_for_a_clock_that_was_ahead(stores: Any, clock: ManualClock) -> None:
    clock.advance(24 * HOUR_S)
    assert stores.play.record_tap_callback(ADA, S, 1_000).accepted == 1
    clock.advance(-24 * HOUR_S)
    assert stores.play.record_tap_callback(ADA, S, 7).accepted == 0
    clock.advance(UPDATE_KEPT_MS / 1_000)
    assert stores.play.record_tap_callback(ADA, S, 8).accepted == 1


def test_idle_session_ends_in_time_after_a_clock_that_was_ahead(stores: Any, clock: ManualClock) -> None:
    clock.advance(HOUR_S)
    tap(stores, 11)
    clock.advance(-HOUR_S)
    assert cleanup(stores, remaining_ms).sessions == 0
    clock.advance(stores.settings.play.session_idle_s + 1)
    assert cleanup(stores, remaining_ms).sessions == 1
    (line,) = stores.counters.lines.values()
    assert line.ended_at_ms <= clock()


def test_session_that_ends_before_it_was_heard_of_ends_now(stores: Any, clock: ManualClock) -> None:
    clock.advance(HOUR_S)
    tap(stores, 11)
    clock.advance(-HOUR_S)
    stores.play.end_session(ADA, S)
    assert counter(stores).sessions[S].ended_at_ms == clock()


def test_board_of_the_future_is_computed_anew(stores: Any, clock: ManualClock) -> None:
    clock.advance(HOUR_S)
    assert all_time.current(stores).total_clicks == 10
    tap(stores, 11)
    clock.advance(-HOUR_S)
    stores.play.client.delete(board_leases.REFRESH)
    assert all_time.current(stores).total_clicks == 11


def test_claim_that_a_clock_set_back_has_made_long_is_over(stores: Any) -> None:
    """Redis ends keys by the time of day."""
    assert stores.leases.claim("work", 5_000, "one")
    assert not stores.leases.claim("work", 5_000, "two")
    stores.play.client.pexpire("work", 3_600_000)
    assert stores.leases.claim("work", 5_000, "two")
    assert stores.play.client.pttl("work") <= 5_000
    assert not stores.leases.claim("work", 5_000, "three")


def test_player_saved_by_a_clock_that_was_ahead_has_no_time_of_the_future(stores: Any, clock: ManualClock) -> None:
    clock.advance(HOUR_S)
    stores.play.record_tap_callback(ADA, S, 5)
    stores.play.end_session(ADA, S)
    clock.advance(stores.settings.play.session_idle_s)
    assert cleanup(stores, remaining_ms).players == 1
    clock.advance(-HOUR_S)
    taps.load_player(stores, ADA)
    now = counter(stores)
    assert (now.last_tap_at_ms, now.counted_update.at_ms) == (clock(), clock())
    assert now.tat_us <= clock() * 1_000
    assert stores.play.client.zscore(keys.SCORES[bucket_of(ADA, 1)], ADA)
