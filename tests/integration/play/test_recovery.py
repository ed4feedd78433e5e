"""A lost Redis: boards come back from DynamoDB, and clients bring what was not yet saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from support.game import Game
from support.racing import ManualClock, race
from support.recovery import recover
from support.state import let_claims_end, rebuilds_asked_for, saved_clicks
from tapstack.leaderboards import leases as board_leases
from tapstack.leaderboards import redis_keys as leaderboards_keys
from tapstack.play import leases
from tapstack.play.dynamo_counters import CounterStore, log_unreadable
from tapstack.play.model import Counter

RATE = 25

Unreadable = Callable[[str, str], object]
CounterPage = tuple[list[Counter], str | None]


def rebuild(game: Game, remaining_ms: int = 60_000) -> int:
    return recover(game.stores, lambda: remaining_ms)


def lose_redis(game: Game) -> None:
    game.stores.redis.flushall()


def board(game: Game) -> dict[str, Any]:
    game.stores.redis.delete(board_leases.REFRESH)
    game.stores.redis.delete(leaderboards_keys.BOARD)
    body: dict[str, object] = game.call("leaderboard", "GET", "/leaderboard").body
    return body


def rows(game: Game) -> list[tuple[str, int]]:
    entries = board(game)["entries"]
    assert isinstance(entries, list)
    return [(row["id"], row["clicks"]) for row in entries]


def test_board_after_a_loss_is_what_was_saved(game: Game) -> None:
    players = [game.sign_in(n) for n in range(1, 8)]
    for n, player in enumerate(players):
        player.tap(10 + n)
    game.run("sync")
    before = board(game)
    assert before["rebuilding"] is False
    lose_redis(game)
    after = board(game)
    assert (after["rebuilding"], after["entries"], after["total_clicks"]) == (True, [], 0)
    game.run("sync")
    after = board(game)
    for name in ("rebuilding", "entries", "total_clicks", "total_players"):
        assert after[name] == before[name], name


def test_rebuild_is_asked_for_by_who_plays_on(game: Game) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    ada.tap(5)
    bob.tap(6)
    game.run("sync")
    lose_redis(game)
    rebuilds_asked_for(game)
    ada.tap(7)
    assert rebuilds_asked_for(game) == 1
    game.run("sync", {"Records": [{"messageId": "m", "body": '{"kind": "rebuild"}'}]})
    assert rows(game) == [(ada.id, 7), (bob.id, 6)]


def test_taps_that_were_not_saved_are_brought_again(game: Game) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    ada.tap(5)
    bob.tap(4)
    game.run("sync")
    ada.tap(30)
    bob.tap(33)
    lose_redis(game)
    assert ada.tap(31).body["clicks"] == 31
    assert bob.tap(33).body["clicks"] == 33
    game.run("sync")
    assert saved_clicks(game) == {ada.id: 31, bob.id: 33}
    assert board(game)["total_clicks"] == 64


def test_session_opened_after_the_last_sync_is_taken_up_with_all_its_taps(game: Game) -> None:
    phone = game.sign_in(1)
    phone.tap(5)
    game.run("sync")
    desktop = game.sign_in(1)
    desktop.tap(8)
    lose_redis(game)
    assert desktop.tap(9).body["clicks"] == 14
    assert phone.tap(6).body["clicks"] == 15


def test_player_who_was_never_saved_loses_nothing(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(8)
    lose_redis(game)
    assert ada.beat().status == 200
    assert ada.tap(9).body["clicks"] == 9


def test_honest_taps_since_the_last_sync_are_all_credited_again(timed_game: Game, clock: ManualClock) -> None:
    """More than a burst: the allowance reaches back to the last sync."""
    ada = timed_game.sign_in(1)
    ada.tap(100)
    timed_game.run("sync")
    total = 100
    for _ in range(10):
        clock.advance(10)
        total += 10 * RATE
        assert ada.tap(total).body["accepted"] == 10 * RATE
    lose_redis(timed_game)
    assert ada.tap(total).body["clicks"] == total


def test_loss_gives_no_more_than_the_rate_since_the_last_sync(timed_game: Game, clock: ManualClock) -> None:
    ada = timed_game.sign_in(1)
    assert ada.tap(10_000).body["accepted"] == 500
    timed_game.run("sync")
    clock.advance(40)
    lose_redis(timed_game)
    assert ada.tap(100_000).body["accepted"] == 40 * RATE


def test_loss_long_after_the_last_sync_gives_an_hour_and_no_more(timed_game: Game, clock: ManualClock) -> None:
    ada = timed_game.sign_in(1)
    timed_game.run("sync")
    clock.advance(5 * 3_600)
    lose_redis(timed_game)
    assert ada.reopen().tap(1_000_000).body["accepted"] == 3_600 * RATE


def test_player_on_the_board_already_stays_as_they_are(game: Game) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    ada.tap(5)
    bob.tap(9)
    game.run("sync")
    lose_redis(game)
    ada.tap(50)
    let_claims_end(game)
    assert rebuild(game) == 1
    assert rows(game) == [(ada.id, 50), (bob.id, 9)]
    assert board(game)["total_clicks"] == 59


def test_playing_on_during_a_rebuild_keeps_the_totals_exact(make_game: Callable[..., Game]) -> None:
    game = make_game(BUCKETS="2")
    players = [game.sign_in(n) for n in range(1, 13)]
    for player in players:
        player.tap(10)
    game.run("sync")
    lose_redis(game)
    from tapstack.play import taps
    from tapstack.players.rules.identity import session_key

    def play(n: int) -> None:
        if n % 4 == 0:
            rebuild(game)
        else:
            player = players[n % 12]
            taps.record_taps(game.stores, player.id, session_key(player.session_id), 20)

    race(16, play)
    game.run("sync")
    board(game)
    clicks = [player.tap(20).body["clicks"] for player in players]
    assert clicks == [20] * 12
    assert board(game)["total_clicks"] == 240


def test_redis_lost_again_during_a_rebuild_is_rebuilt_anew(make_game: Callable[..., Game]) -> None:
    game = make_game(BUCKETS="1")
    for n, player in enumerate([game.sign_in(n) for n in range(1, 4)]):
        player.tap(10 + n)
    game.run("sync")
    lose_redis(game)

    class Unlucky(CounterStore):
        def scan_page(self, after: str | None, size: int = 1, unreadable: Unreadable = log_unreadable) -> CounterPage:
            if after:
                lose_redis(game)
            return super().scan_page(after, size, unreadable)

    counters = game.stores.counters
    game.stores.__dict__["counters"] = Unlucky(game.stores.tables)
    rebuild(game)
    assert board(game)["rebuilding"] is True
    game.stores.__dict__["counters"] = counters
    rebuild(game)
    after = board(game)
    assert (after["rebuilding"], after["total_clicks"], after["total_players"]) == (False, 33, 3)


def test_rebuild_longer_than_a_run_is_gone_on_with(game: Game) -> None:
    for n in range(1, 4):
        game.sign_in(n).tap(10 + n)
    game.run("sync")
    lose_redis(game)

    class Paged(CounterStore):
        def scan_page(self, after: str | None, size: int = 1, unreadable: Unreadable = log_unreadable) -> CounterPage:
            return super().scan_page(after, size, unreadable)

    game.stores.__dict__["counters"] = Paged(game.stores.tables)
    rebuilds_asked_for(game)
    assert [rebuild(game, remaining_ms=1_000) for _ in range(2)] == [1, 1]
    assert rebuilds_asked_for(game) == 2
    assert board(game)["rebuilding"] is True
    rebuild(game, remaining_ms=1_000)
    rebuild(game, remaining_ms=1_000)
    let_claims_end(game)
    after = board(game)
    assert (after["rebuilding"], after["total_clicks"], after["total_players"]) == (False, 36, 3)


def test_rebuild_under_way_is_left_to_who_does_it(game: Game) -> None:
    game.sign_in(1).tap(5)
    game.run("sync")
    lose_redis(game)
    game.stores.redis.set(leases.RECOVERY, "somebody else")
    assert rebuild(game) == 0
    assert game.stores.redis.get(leases.RECOVERY) == "somebody else"
    game.stores.redis.delete(leases.RECOVERY)
    assert rebuild(game) == 1
    assert not game.stores.redis.exists(leases.RECOVERY)
    assert rebuild(game) == 0


def test_rank_of_a_player_right_after_a_loss_is_known(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(5)
    game.run("sync")
    lose_redis(game)
    mine = game.call("leaderboard", "GET", "/leaderboard/me", headers=ada.headers)
    assert (mine.status, mine.body["rank"], mine.body["clicks"]) == (200, 1, 5)


def test_account_right_after_a_loss_shows_what_was_saved(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(5)
    game.run("sync")
    lose_redis(game)
    assert game.call("players", "GET", "/players/me", headers=ada.headers).body["clicks"] == 5
