"""Silence ends sessions, and who is saved and gone leaves Redis."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from redis import Redis
from support.game import Game, MakeGame
from support.racing import ManualClock
from support.state import bucket, items, player_key, saved_clicks
from tapstack.platform.bounds import NEW_SESSION_EVERY_MS
from tapstack.play import redis_keys as keys
from tapstack.play.dynamo_items import HISTORY_KEPT_S
from tapstack.play.taps import load_player
from tapstack.players.rules.identity import session_key

IDLE_S = 60


def test_silent_session_ends_and_its_player_leaves_redis(timed_game: Game, clock: ManualClock) -> None:
    started_ms = clock()
    ada = timed_game.sign_in(1)
    clock.advance(5)
    ada.tap(7)
    last_heard_ms = clock()
    clock.advance(IDLE_S)
    assert timed_game.run("cleanup") == {"sessions": 1, "players": 1}
    left = [key for key in timed_game.stores.redis.keys("*") if ada.id in key]
    assert left == [keys.opened(bucket(ada), ada.id)]
    assert 0 < timed_game.stores.redis.pttl(left[0]) <= NEW_SESSION_EVERY_MS
    assert not timed_game.stores.redis.exists(player_key(ada))
    for of_bucket in (keys.SESSIONS, keys.ACTIVE, keys.ENDED, keys.DIRTY, keys.SYNCING, keys.SYNC_LEASE):
        assert not timed_game.stores.redis.exists(of_bucket[bucket(ada)])
    assert saved_clicks(timed_game) == {ada.id: 7}
    (line,) = items(timed_game, "sessions")
    assert (line["player_id"], line["session_key"]) == (ada.id, session_key(ada.session_id))
    assert (line["taps"], line["started_at_ms"], line["ended_at_ms"]) == ("7", str(started_ms), str(last_heard_ms))
    assert int(line["expires_at_s"]) == last_heard_ms // 1_000 + HISTORY_KEPT_S


def test_player_who_left_redis_stays_on_the_board(timed_game: Game, clock: ManualClock) -> None:
    ada, bob = timed_game.sign_in(1), timed_game.sign_in(2)
    ada.tap(7)
    bob.tap(3)
    clock.advance(IDLE_S)
    timed_game.run("cleanup")
    board = timed_game.call("leaderboard", "GET", "/leaderboard").body
    assert [(row["id"], row["clicks"]) for row in board["entries"]] == [(ada.id, 7), (bob.id, 3)]
    assert (board["total_clicks"], board["total_players"], board["active_players"]) == (10, 2, 0)


def test_session_of_a_player_who_was_cleaned_up_is_over_until_opened_again(
    timed_game: Game, clock: ManualClock
) -> None:
    ada = timed_game.sign_in(1)
    ada.tap(7)
    clock.advance(IDLE_S)
    timed_game.run("cleanup")
    for _ in range(2):
        assert (ada.tap(9).status, ada.beat().status) == (410, 410)
    again = ada.reopen()
    assert (again.opened["taps"], again.opened["player"]["clicks"]) == (7, 7)
    assert again.tap(9).body["clicks"] == 9
    assert ada.tap(10).body["clicks"] == 10


def test_heartbeat_or_tap_within_the_limit_keeps_a_session(timed_game: Game, clock: ManualClock) -> None:
    beating, tapping, silent = (timed_game.sign_in(n) for n in (1, 2, 3))
    for n in range(4):
        clock.advance(IDLE_S - 1)
        assert beating.beat().status == 200
        assert tapping.tap(n).status == 200
        timed_game.run("cleanup")
    assert (beating.beat().status, tapping.tap(9).status, silent.beat().status) == (200, 200, 410)


def test_limit_of_silence_is_exact(timed_game: Game, clock: ManualClock) -> None:
    ada = timed_game.sign_in(1)
    clock.advance(IDLE_S - 0.001)
    assert timed_game.run("cleanup") == {"sessions": 0, "players": 0}
    clock.advance(0.001)
    assert timed_game.run("cleanup") == {"sessions": 1, "players": 1}
    assert ada.beat().status == 410


def test_session_that_comes_back_while_it_is_being_ended_goes_on(timed_game: Game, clock: ManualClock) -> None:
    """Cleanup has seen it silent, and the heartbeat is faster."""
    ada = timed_game.sign_in(1)
    clock.advance(IDLE_S)
    key = session_key(ada.session_id)
    assert timed_game.stores.saving.idle(bucket(ada), clock() - IDLE_S * 1_000, 100) == [(ada.id, key)]
    ada.beat()
    assert not timed_game.stores.play.end_session(ada.id, key, idle_ms=IDLE_S * 1_000)
    assert ada.beat().status == 200


def test_player_goes_on_with_the_device_that_is_still_open(timed_game: Game, clock: ManualClock) -> None:
    phone, desktop = timed_game.sign_in(1), timed_game.sign_in(1)
    phone.tap(4)
    clock.advance(IDLE_S)
    desktop.tap(5)
    assert timed_game.run("cleanup") == {"sessions": 1, "players": 0}
    assert phone.tap(6).status == 410
    assert desktop.tap(7).body["clicks"] == 11
    assert [(line["session_key"], line["taps"]) for line in items(timed_game, "sessions")] == [
        (session_key(phone.session_id), "4")
    ]
    assert phone.reopen().tap(6).body["clicks"] == 13


def test_session_that_was_left_leaves_redis_when_a_silent_one_would(timed_game: Game, clock: ManualClock) -> None:
    ada = timed_game.sign_in(1)
    ada.tap(4)
    ada.leave()
    clock.advance(IDLE_S - 0.001)
    assert timed_game.run("cleanup") == {"sessions": 0, "players": 0}
    assert ada.tap(5).status == 410
    clock.advance(0.001)
    assert timed_game.run("cleanup") == {"sessions": 0, "players": 1}
    assert ada.tap(5).status == 410


def test_session_that_was_left_waits_a_minute_however_long_silence_may_be(
    make_game: MakeGame, clock: ManualClock
) -> None:
    patient_game = make_game(clock, SESSION_IDLE_S="3600")
    patient_game.sign_in(1).leave()
    clock.advance(60)
    assert patient_game.run("cleanup") == {"sessions": 0, "players": 1}


def test_session_that_was_left_is_archived_after_the_clock_was_set_back(timed_game: Game, clock: ManualClock) -> None:
    """Else it would stay until the clock has caught up, which may take years."""
    ada = timed_game.sign_in(1)
    ada.tap(4)
    ada.leave()
    clock.advance(-86_400)
    assert timed_game.run("cleanup") == {"sessions": 0, "players": 1}


def test_redis_that_comes_back_a_little_older_loses_no_session_that_was_left(
    timed_game: Game, clock: ManualClock
) -> None:
    """What was opened, saved, left and cleaned up since then is not in it: its page brings those taps again."""
    phone = timed_game.sign_in(1)
    phone.tap(4)
    timed_game.run("sync")
    with closing(Redis.from_url(timed_game.stores.settings.redis.url)) as redis:
        older: dict[Any, Any] = {key: redis.dump(key) for key in redis.keys("{b*")}
        tablet = timed_game.sign_in(1)
        tablet.tap(7)
        tablet.leave()
        clock.advance(10)
        timed_game.run("cleanup")
        assert saved_clicks(timed_game) == {phone.id: 11}
        redis.flushall()
        for key, value in older.items():
            redis.restore(key, 0, value)
    timed_game.run("sync")
    assert tablet.reopen().tap(7).body["clicks"] == 11


def test_player_who_was_only_looked_at_leaves_redis_too(timed_game: Game, clock: ManualClock) -> None:
    ada = timed_game.sign_in(1)
    ada.tap(4)
    clock.advance(IDLE_S)
    timed_game.run("cleanup")
    assert timed_game.call("leaderboard", "GET", "/leaderboard/me", headers=ada.headers).body["rank"] == 1
    load_player(timed_game.stores, ada.id)
    assert timed_game.stores.redis.exists(player_key(ada))
    timed_game.run("cleanup")
    assert not timed_game.stores.redis.exists(player_key(ada))


def test_history_keeps_when_a_session_really_ended(timed_game: Game, clock: ManualClock) -> None:
    """A later visit loads the player again, ended sessions included: it must not move their end."""
    ada = timed_game.sign_in(1)
    ended_ms = clock()
    clock.advance(IDLE_S)
    timed_game.run("cleanup")
    clock.advance(600)
    timed_game.sign_in(1)
    clock.advance(IDLE_S)
    timed_game.run("cleanup")
    ends = {line["session_key"]: int(line["ended_at_ms"]) for line in items(timed_game, "sessions")}
    assert ends[session_key(ada.session_id)] == ended_ms
    assert len(ends) == 2


def test_ended_session_enters_the_history_only_once_its_clicks_are_saved(timed_game: Game, clock: ManualClock) -> None:
    """Else a Redis lost in between leaves a watermark without its clicks: those taps would be gone."""
    ada = timed_game.sign_in(1)
    ada.tap(40)
    lease = keys.SYNC_LEASE[bucket(ada)]
    timed_game.stores.redis.set(lease, "a sync that hangs")
    clock.advance(IDLE_S)
    timed_game.run("cleanup")
    timed_game.stores.redis.flushall()
    again = ada.reopen()
    assert again.tap(41).body["clicks"] == 41


def test_evicted_player_keeps_what_is_needed_to_come_back(timed_game: Game, clock: ManualClock) -> None:
    """Through many visits: every one adds exactly its own taps."""
    clicks = 0
    first = timed_game.sign_in(1)
    for visit in range(1, 5):
        player = timed_game.sign_in(1)
        clicks += visit
        assert player.tap(visit).body["clicks"] == clicks
        clock.advance(IDLE_S)
        timed_game.run("cleanup")
    assert first.reopen().tap(10).body["clicks"] == clicks + 10
    assert len(items(timed_game, "sessions")) == 5
