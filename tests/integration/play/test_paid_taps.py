"""Paid taps on a real Redis: what is paid, what it is known by, and that nothing is paid twice."""

from __future__ import annotations

import json
import random
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import redis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.fakes.ports import RealRedisPorts
from support.game import MakeGame, Player
from support.racing import ManualClock, race
from tapstack.admin import adjustments
from tapstack.platform.errors import StoreUnavailable
from tapstack.play import redis_keys as keys
from tapstack.play.chat_taps import chat_session
from tapstack.play.model import Counter, PaidTaps, SessionState, TapResult
from tapstack.play.rules.energy import Energy, energy_at
from tapstack.players.rules.identity import bucket_of, session_key
from tapstack.privacy.erasure import erase
from tapstack.privacy.export import export

FULL, EVERY_MS = 30, 2_000
SMALL = {"ENERGY_FULL": str(FULL), "ENERGY_EVERY_MS": str(EVERY_MS)}
DAY_MS = 86_400_000
MOST_A_DAY = 46_200
"""3,000 at once and one more each 2 s."""


@pytest.fixture
def ada(make_game: MakeGame, clock: ManualClock) -> Player:
    """A player of a game in which there is energy for few taps."""
    return make_game(clock, **SMALL).sign_in(1)


@pytest.fixture
def ports(redis_url: str, clock: ManualClock) -> Iterator[RealRedisPorts]:
    """A real Redis with the usual energy; everything else is in memory."""
    with redis.Redis.from_url(redis_url, decode_responses=True) as client:
        client.flushall()
        yield RealRedisPorts(client, clock)


def hash_of(player: Player) -> str:
    return keys.player(bucket_of(player.id, player.game.stores.settings.play.buckets), player.id)


def paid(player: Player) -> int:
    found: PaidTaps | None = player.game.stores.paid_taps.paid_taps(player.id)
    assert found
    return found.paid_taps


def left(answer: Any) -> int:
    """The energy that an answer tells, as the page reckons it."""
    return FULL - -(-int(answer["energy_full_in_ms"]) // EVERY_MS)


# Energy


def test_taps_are_paid_while_there_is_energy_and_count_all_the_same(ada: Player) -> None:
    first = ada.tap(20).body
    assert (first["accepted"], first["paid_taps"], first["energy_full_in_ms"]) == (20, 20, 40_000)
    assert left(first) == 10
    second = ada.tap(70).body
    assert (second["accepted"], second["clicks"], second["paid_taps"]) == (50, 70, 30)
    assert (second["energy_full_in_ms"], left(second)) == (60_000, 0)
    board = ada.game.stores.all_time_board
    assert int(board.score(ada.id)) == 70


def test_energy_comes_back_one_tap_each_two_seconds(ada: Player, clock: ManualClock) -> None:
    ada.tap(100)
    play, session, sent = ada.game.stores.play, session_key(ada.session_id), 100
    for seconds, expected in ((0.0, 0), (1.999, 0), (0.001, 1), (10, 5), (3, 1), (1, 1), (59.999, 29), (86_400, 30)):
        clock.advance(seconds)
        sent += 40
        before = paid(ada)
        assert play.record_taps(ada.id, session, sent).paid_taps - before == expected, seconds


def test_energy_of_a_moment_is_told_by_answers_and_by_the_one_read_alike(ada: Player, clock: ManualClock) -> None:
    assert ada.opened["energy"] == {"full": FULL, "every_ms": EVERY_MS}
    assert (ada.opened["paid_taps"], ada.opened["energy_full_in_ms"]) == (0, 0)
    ada.tap(25)
    clock.advance(3.5)
    told = {"paid_taps": 25, "energy_full_in_ms": 46_500}
    for body in (ada.tap(25).body, ada.beat().body, ada.reopen().opened):
        assert {name: body[name] for name in told} == told
    tapped_ms = clock() - 3_500
    assert ada.game.stores.paid_taps.paid_taps(ada.id) == PaidTaps(25, Energy(6, FULL, EVERY_MS, 46_500), tapped_ms)
    clock.advance(100)
    assert ada.beat().body["energy_full_in_ms"] == 0


def test_taps_that_are_refused_cost_no_energy(ada: Player) -> None:
    ada.tap(10)
    key = hash_of(ada)
    ada.game.stores.redis.hset(key, "spent", ada.game.stores.clock() * 1_000)
    refused = ada.tap(40).body
    assert (refused["accepted"], refused["paid_taps"], left(refused)) == (0, 10, 20)


def test_batch_that_is_sent_again_is_not_paid_again(ada: Player, clock: ManualClock) -> None:
    ada.tap(12)
    clock.advance(600)
    assert ada.tap(12).body["paid_taps"] == 12
    assert ada.tap(5).body["paid_taps"] == 12
    assert ada.tap(13).body["paid_taps"] == 13


def test_devices_and_the_chat_share_the_energy(ada: Player) -> None:
    other = ada.game.sign_in(1)
    assert other.id == ada.id
    ada.tap(14)
    assert other.tap(14).body["paid_taps"] == 28
    play, chat = ada.game.stores.play, chat_session(ada.id)
    play.open_session(ada.id, chat, start_from=0)
    results = [play.record_tap_callback(ada.id, chat, update) for update in (7, 7, 8, 9)]
    assert [r.paid_taps for r in results] == [29, 29, 30, 30]
    assert [r.update_id for r in results] == [7, 7, 8, 9]
    assert results[-1].clicks == 31


def test_race_of_devices_is_paid_once_for_each_tap_with_energy(ada: Player) -> None:
    sessions = [session_key(ada.session_id), *(session_key(ada.game.sign_in(1).session_id) for _ in range(3))]
    play = ada.game.stores.play
    race(32, lambda n: play.record_taps(ada.id, sessions[n % 4], n))
    last = play.record_taps(ada.id, sessions[0], 0)
    assert last.clicks == 28 + 29 + 30 + 31
    assert last.paid_taps == FULL


def test_clock_that_was_set_back_leaves_the_energy_as_it_was(ada: Player, clock: ManualClock) -> None:
    ada.tap(20)
    clock.advance(-3_600)
    assert ada.beat().body["energy_full_in_ms"] == 40_000
    assert ada.game.stores.paid_taps.paid_taps(ada.id).energy == Energy(10, FULL, EVERY_MS, 40_000)
    opened = ada.game.stores.play.open_session(ada.id, session_key(ada.session_id))
    assert (opened.paid_taps, opened.energy_full_in_ms) == (20, 40_000)
    clock.advance(2)
    assert ada.tap(50).body["paid_taps"] == 30
    clock.advance(2)
    assert ada.tap(60).body["paid_taps"] == 31


# What is known of it


def test_paid_taps_of_who_is_not_loaded_are_unknown(ada: Player) -> None:
    assert ada.game.stores.paid_taps.paid_taps("a" * 16) is None


def test_paid_taps_that_no_script_has_written_are_refused(ada: Player) -> None:
    ada.game.stores.redis.hset(hash_of(ada), "pt", "many")
    with pytest.raises(StoreUnavailable) as refusal:
        ada.game.stores.paid_taps.paid_taps(ada.id)
    assert refusal.value.code == "player_unreadable"


def test_player_of_an_older_release_starts_with_all_energy_and_nothing_paid(ada: Player) -> None:
    ada.tap(20)
    ada.game.stores.redis.hdel(hash_of(ada), "pt", "en")
    assert ada.beat().body["energy_full_in_ms"] == 0
    assert ada.tap(25).body["paid_taps"] == 5


def test_adjustment_of_clicks_leaves_paid_taps_alone(ada: Player) -> None:
    ada.tap(10)
    for by, clicks in ((1_000, 1_010), (-2_000, 0)):
        assert adjustments.adjust(ada.game.stores, ada.id, by, operator="grace", reason="a test") == clicks
        assert ada.beat().body["paid_taps"] == 10
    assert ada.tap(11).body["paid_taps"] == 11


def test_export_tells_paid_taps_and_erasure_removes_them(ada: Player, clock: ManualClock) -> None:
    stores = ada.game.stores
    ada.tap(20)
    spent_until = datetime.fromtimestamp((clock() - 20_000) / 1_000, UTC).isoformat(timespec="milliseconds")
    for _ in range(2):
        told = export(stores, ada.id)
        assert (told["paid_taps"], told["energy_spent_until"]) == (20, spent_until)
        ada.game.run("sync")
        stores.redis.delete(hash_of(ada))
    erase(stores, ada.id, pause=lambda _: None)
    assert stores.paid_taps.paid_taps(ada.id) is None
    assert stores.counters.get(ada.id) is None


# Saved and restored


def test_paid_taps_and_energy_come_back_after_a_lost_redis(ada: Player, clock: ManualClock) -> None:
    ada.tap(25)
    ada.game.run("sync")
    ada.tap(28)
    ada.game.stores.redis.flushall()
    clock.advance(2)
    again = ada.tap(28).body
    assert (again["clicks"], again["paid_taps"], left(again)) == (28, 28, 3)


def test_player_who_was_never_saved_is_paid_again_for_what_is_brought_again(ada: Player, clock: ManualClock) -> None:
    ada.tap(28)
    ada.game.stores.redis.flushall()
    assert ada.tap(28).body["paid_taps"] == 28
    clock.advance(600)
    assert ada.tap(28).body["paid_taps"] == 28


def test_player_who_left_redis_comes_back_with_paid_taps_and_rested(ada: Player, clock: ManualClock) -> None:
    ada.tap(30)
    clock.advance(ada.game.stores.settings.play.session_idle_s + 1)
    ada.game.run("cleanup")
    assert ada.game.stores.paid_taps.paid_taps(ada.id) is None
    back = ada.reopen().opened
    assert (back["paid_taps"], back["energy_full_in_ms"]) == (30, 0)


def test_saved_times_that_lie_ahead_leave_the_energy_as_it_was(ada: Player, clock: ManualClock) -> None:
    ada.tap(20)
    ada.game.run("sync")
    ada.game.stores.redis.flushall()
    clock.advance(-86_400)
    assert ada.tap(20).body["energy_full_in_ms"] == 40_000


def test_item_carries_paid_taps_where_the_release_before_keeps_what_it_does_not_know(ada: Player) -> None:
    ada.tap(20)
    ada.game.run("sync")
    stores = ada.game.stores
    item = stores.tables.connection.client.get_item(
        TableName=stores.settings.tables.counters, Key={"id": {"S": ada.id}}
    )["Item"]
    assert json.loads(item["fields"]["S"]) == {"pt": 20, "en": int(stores.redis.hget(hash_of(ada), "en"))}
    assert stores.counters.get(ada.id) == stores.saving.read([ada.id])[0]


# Properties, by the model's clock


@given(
    st.lists(
        st.tuples(
            st.integers(0, 120_000) | st.integers(0, 5_000),
            st.integers(0, 60),
            st.sampled_from(["a", "b"]),
            st.sampled_from(["", "", "again", "stale", "adjust"]),
        ),
        max_size=40,
    )
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_paid_taps_are_those_with_energy_and_never_fall(redis_url: str, steps: list[tuple[int, int, str, str]]) -> None:
    clock = ManualClock()
    with redis.Redis.from_url(redis_url, decode_responses=True) as client:
        client.flushall()
        stores = RealRedisPorts(client, clock, **SMALL)
        who = "a" * 16
        sessions = {key: SessionState(0, clock()) for key in ("a", "b")}
        stores.play.load(Counter(who, last_tap_at_ms=clock(), sessions=sessions))
        sent, counted, pt, tat_ms = {"a": 0, "b": 0}, 0, 0, 0
        for gap_ms, taps, session, also in steps:
            clock.advance(gap_ms / 1_000)
            sent[session] += taps
            result: Any = stores.play.record_taps(who, session, sent[session])
            counted += result.accepted
            due = min(result.accepted, energy_at(clock(), tat_ms, full=FULL, every_ms=EVERY_MS).left)
            pt, tat_ms = pt + due, max(tat_ms, clock() - FULL * EVERY_MS) + due * EVERY_MS
            wait_ms = energy_at(clock(), tat_ms, full=FULL, every_ms=EVERY_MS).full_in_ms
            if also == "adjust":
                client.hset(keys.player(bucket_of(who, stores.settings.play.buckets), who), "c", 0)
            if also:
                result = stores.play.record_taps(who, session, sent[session] - (also == "stale"))
            assert (result.paid_taps, result.energy_full_in_ms) == (pt, wait_ms)
            assert pt <= counted


@pytest.mark.parametrize(
    ("gaps_s", "least"), [([20, 33, 61.3], MOST_A_DAY - 100), ([20] * 9 + [7_000], 20_000)], ids=["steady", "resting"]
)
def test_day_pays_for_no_more_than_46200_taps(
    ports: RealRedisPorts, clock: ManualClock, gaps_s: list[float], least: int
) -> None:
    """As many taps as count, at times that vary, over two days: any day of them."""
    chance = random.Random(46_200)  # noqa: S311
    who, sent, most = "a" * 16, 0, 0
    ports.play.load(Counter(who, last_tap_at_ms=clock(), sessions={"s": SessionState(0, clock())}))
    end_ms, before = clock() + 2 * DAY_MS, deque([(clock() - 1, 0)])
    while clock() < end_ms:
        sent += 500
        result = ports.play.record_taps(who, "s", sent)
        assert isinstance(result, TapResult)
        while before[0][0] < clock() - DAY_MS:
            before.popleft()
        most = max(most, result.paid_taps - before[0][1])
        before.append((clock(), result.paid_taps))
        assert result.paid_taps <= result.clicks
        clock.advance(chance.choice(gaps_s))
    assert least <= most <= MOST_A_DAY
