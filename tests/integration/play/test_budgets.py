"""What each request may ask of the stores, checked by counting and not by time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from math import ceil

import pytest
from support.async_game import AsyncGame, served_async
from support.counting import Work, counted
from support.game import Answer, Game, Player
from support.racing import ManualClock
from support.state import warm
from tapstack.leaderboards import leases as board_leases
from tapstack.leaderboards.all_time import TOP
from tapstack.leaderboards.model import ArchivedBoard
from tapstack.platform.calendar import Period
from tapstack.play import redis_keys as keys
from tapstack.play.model import Counter, Refusal
from tapstack.play.saving import sync_all
from tapstack.players.rules.identity import session_key

PLAYERS = 300
Request = Callable[[Player], Answer]


def tap(player: Player) -> Answer:
    return player.tap(7)


def board(player: Player) -> Answer:
    return player.game.call("leaderboard", "GET", "/leaderboard")


def standing(player: Player) -> Answer:
    return player.game.call("leaderboard", "GET", "/leaderboard/me", headers=player.headers)


def rank_in(player: Player, period: str) -> Answer:
    return player.game.call("leaderboard", "GET", "/leaderboard/me", headers=player.headers, query={"period": period})


def account(player: Player) -> Answer:
    return player.game.call("players", "GET", "/players/me", headers=player.headers)


def reopen(player: Player) -> Answer:
    return Answer(200, {}, player.reopen().opened)


def ids(count: int) -> list[str]:
    return [f"{n * 0x9E3779B97F4A7C15 % 2**64:016x}" for n in range(1, count + 1)]


def crowd(game: Game, count: int) -> None:
    """So many players, each with clicks, loaded and on the board."""
    for n, player_id in enumerate(ids(count)):
        game.stores.play.load(Counter(player_id, clicks=n + 1, last_tap_at_ms=1_800_000_000_000 + n))


@pytest.fixture
def ada(timed_game: Game) -> Player:
    """A player who has just tapped, in a game that is warm, full, and has its board: the usual state of things."""
    return just_tapped(timed_game)


@pytest.fixture
def eve(timed_game: Game) -> Iterator[Player]:
    """The same, served on an event loop."""
    with served_async(timed_game.stores) as asked:
        yield just_tapped(asked)


def just_tapped(timed_game: Game) -> Player:
    crowd(timed_game, PLAYERS)
    player = timed_game.sign_in(1)
    warm(timed_game)
    timed_game.stores.redis.delete(board_leases.REFRESH)
    for request in (tap, board, standing, account, Player.beat):
        assert request(player).status == 200
    return player


def work_of(request: Request, player: Player) -> Work:
    with counted(player.game) as work:
        answer = request(player)
    assert answer.status == 200, answer
    return work


def test_click_batch_is_one_round_trip_and_nothing_else(ada: Player) -> None:
    with counted(ada.game) as work:
        for taps in (8, 9, 9, 3):  # new taps, a retry, a late request
            assert ada.tap(taps).status == 200
    assert work.round_trips == {"redis": 4}
    assert work.commands["EVALSHA"] == 4
    assert not work.aws


def test_click_batch_on_an_event_loop_is_one_round_trip_and_nothing_else(eve: Player) -> None:
    with counted(eve.game) as work:
        for taps in (8, 9, 9, 3):
            assert eve.tap(taps).status == 200
    assert work.round_trips == {"redis": 4}
    assert work.commands["EVALSHA"] == 4
    assert not work.aws


def test_clicks_and_heartbeats_at_once_share_a_round_trip(eve: Player) -> None:
    game = eve.game
    assert isinstance(game, AsyncGame)
    others = [game.sign_in(n) for n in range(2, 40)]
    for other in others:
        assert other.tap(1).status == 200
    plays = game.stores.pipelined_play

    async def all_at_once() -> int:
        ids = [(p.id, session_key(p.session_id)) for p in others]
        results = await asyncio.gather(*(plays.record_taps(*i, 2) for i in ids), *(plays.heartbeat(*i) for i in ids))
        return sum(not isinstance(result, Refusal) for result in results)

    with counted(game) as work:
        assert game.runner.run(all_at_once()) == 2 * len(others)
    assert work.round_trips == {"redis": 1}
    assert work.commands["EVALSHA"] == 2 * len(others)


def test_first_click_of_a_window_on_an_event_loop_sends_one_message_too(eve: Player, clock: ManualClock) -> None:
    clock.advance(5)
    with counted(eve.game) as first:
        assert eve.tap(20).status == 200
    assert first.aws_calls == {"SendMessage": 1}
    with counted(eve.game) as rest:
        assert eve.tap(21).status == 200
    assert (rest.round_trips, rest.aws) == ({"redis": 1}, [])


def test_heartbeat_and_kept_leaderboard_on_an_event_loop_are_one_round_trip_and_none(eve: Player) -> None:
    work = work_of(Player.beat, eve)
    assert (work.round_trips, work.aws) == ({"redis": 1}, [])
    assert board(eve).status == 200
    work = work_of(board, eve)
    assert (work.round_trips, work.aws) == ({}, [])


def test_click_takes_as_many_commands_whatever_the_number_of_players(ada: Player, clock: ManualClock) -> None:
    few = work_of(tap, ada).commands
    crowd(ada.game, 10 * PLAYERS)
    assert work_of(tap, ada).commands == few


def test_first_click_of_a_window_also_sends_one_message_for_everybody(ada: Player, clock: ManualClock) -> None:
    """Once in 5 s: a claim in Redis and a delayed message. The others of the window find the claim taken, at most."""
    others = [ada.game.sign_in(n) for n in range(2, 40)]
    for other in others:
        other.tap(1)
    clock.advance(5)
    with counted(ada.game) as first:
        assert ada.tap(20).status == 200
    assert first.round_trips["redis"] == 2
    assert first.aws_calls == {"SendMessage": 1}
    with counted(ada.game) as rest:
        for player in [*others, *others, ada]:
            assert player.tap(30).status == 200
    assert not rest.aws
    assert rest.round_trips["redis"] <= 2 * len(others) + 1 + ada.game.stores.settings.play.buckets


def test_heartbeat_is_one_round_trip(ada: Player) -> None:
    work = work_of(Player.beat, ada)
    assert (work.round_trips, work.aws) == ({"redis": 1}, [])


def test_cached_leaderboard_is_at_most_one_round_trip(ada: Player) -> None:
    work = work_of(board, ada)
    assert work.round_trips.get("redis", 0) <= 1
    assert set(work.round_trips) <= {"redis"}


def test_cold_leaderboard_takes_as_many_round_trips_whatever_the_number_of_players(
    ada: Player, clock: ManualClock
) -> None:
    clock.advance(6)
    ada.game.stores.redis.delete(board_leases.REFRESH)
    few = work_of(board, ada)
    crowd(ada.game, 10 * PLAYERS)
    clock.advance(6)
    ada.game.stores.redis.delete(board_leases.REFRESH)
    many = work_of(board, ada)
    assert many.round_trips == few.round_trips
    assert many.commands == few.commands
    assert many.round_trips["redis"] <= 6
    assert many.aws_calls == {"BatchGetItem": 1}


def test_rank_is_a_few_round_trips_and_one_read_of_names(ada: Player) -> None:
    work = work_of(standing, ada)
    assert work.round_trips["redis"] <= 3
    assert work.aws_calls == {"BatchGetItem": 1}


@pytest.mark.parametrize("period", ["day", "week", "month"])
def test_eight_who_ask_for_their_rank_cause_one_ranking(ada: Player, period: str) -> None:
    """A ranking reads everybody who has tapped since their last sync; each caller read them all."""
    others = [ada.game.sign_in(n) for n in range(2, 9)]
    for player in others:
        player.tap(3)
    ada.game.stores.redis.delete(board_leases.RANK_CHANGED)
    with counted(ada.game) as work, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda player: rank_in(player, period), [ada, *others]))
    assert [answer.body["clicks"] for answer in answers] == [7, *[3] * 7]
    assert work.commands["SMEMBERS"] == 2 * ada.game.stores.settings.play.buckets
    loaded = len(others) + 1 + PLAYERS
    assert work.commands["HGETALL"] <= loaded + len(answers)


def test_own_clicks_in_a_period_are_exact_though_the_ranking_is_older(ada: Player) -> None:
    bob = ada.game.sign_in(2)
    bob.tap(9)
    assert rank_in(ada, "day").body["rank"] == 2
    ada.tap(20)
    with counted(ada.game) as work:
        own = rank_in(ada, "day").body
    assert not work.commands["SMEMBERS"]
    assert (own["rank"], own["clicks"]) == (1, 20)
    assert [(row["id"], row["rank"]) for row in own["around"]] == [(ada.id, 1), (bob.id, 2)]


def test_board_of_a_period_and_ranks_in_it_share_one_ranking(ada: Player) -> None:
    ada.game.stores.redis.delete(board_leases.RANK_CHANGED)
    with counted(ada.game) as work:
        for period in ("day", "week", "month"):
            assert ada.game.call("leaderboard", "GET", "/leaderboard", query={"period": period}).status == 200
            assert rank_in(ada, period).status == 200
    assert work.commands["SMEMBERS"] == 2 * ada.game.stores.settings.play.buckets


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/leaderboard", {"period": "day", "name": "2026-01-05"}),
        ("/leaderboard", {"period": "day", "name": "2026-01-06"}),
        ("/leaderboard/closed", {"period": "day"}),
        ("/leaderboard/fame", None),
    ],
    ids=["board", "no board", "list", "fame"],
)
def test_what_is_over_is_read_once_in_a_minute(
    ada: Player, clock: ManualClock, path: str, query: dict[str, str] | None
) -> None:
    ada.game.stores.archive.put(ArchivedBoard(Period.DAY, "2026-01-05", 1, [(ada.id, 5)], 1_767_657_660_000))
    expected = 404 if query and query.get("name") == "2026-01-06" else 200

    def read() -> None:
        answer = ada.game.call("leaderboard", "GET", path, query=query)
        assert answer.status == expected
        lasting = {"/leaderboard": 300}.get(path, 60)
        assert answer.headers["Cache-Control"] == (f"public, max-age={lasting}" if expected == 200 else "no-store")

    with counted(ada.game) as first:
        read()
    with counted(ada.game) as rest:
        for _ in range(20):
            read()
    assert first.aws
    assert not rest.aws
    assert not rest.round_trips
    clock.advance(61)
    with counted(ada.game) as later:
        read()
    assert later.aws_calls == first.aws_calls


@pytest.mark.parametrize("name", ["2024-12-31", "2999-01-01", "9999-12-31"])
def test_periods_that_the_game_has_not_seen_are_read_from_nowhere(ada: Player, name: str) -> None:
    with counted(ada.game) as work:
        answer = ada.game.call("leaderboard", "GET", "/leaderboard", query={"period": "day", "name": name})
    assert (answer.status, answer.body["error"]["code"]) == (404, "board_unknown")
    assert not work.aws


@pytest.mark.parametrize("request_", [tap, Player.beat, board, standing, account, reopen])
def test_no_request_uses_a_command_that_grows_with_the_players(request_: Request, ada: Player) -> None:
    work = work_of(request_, ada)
    assert work.redis
    assert not work.growing


def test_cold_requests_use_no_command_that_grows_with_the_players(ada: Player, clock: ManualClock) -> None:
    """Somebody new, a player who is not loaded, and a board that has to be computed."""
    ada.game.run("sync")
    with counted(ada.game) as work:
        ada.game.stores.redis.delete(keys.player(0, ada.id), board_leases.REFRESH)
        clock.advance(6)
        newcomer = ada.game.sign_in(77)
        for request in (tap, board, standing):
            assert request(newcomer).status == 200
            assert request(ada).status == 200
    assert not work.growing


@pytest.mark.parametrize("players", [25, 300, 1_001])
def test_flush_writes_25_items_a_call(players: int, timed_game: Game) -> None:
    """No bucket's last call may be left half empty: with 16 buckets and few players that would be most calls."""
    hot = timed_game.stores.play
    for player_id in ids(players):
        hot.load(Counter(player_id, clicks=1, last_tap_at_ms=1_800_000_000_000))
        hot.open_session(player_id, "s" * 22, start_from=0)
    with counted(timed_game) as work:
        assert sync_all(timed_game.stores, lambda: 60_000) == players
    written = [items for name, items in work.aws if name == "BatchWriteItem"]
    assert sum(written) == players
    assert len(written) == ceil(players / 25)
    assert work.aws_calls == {"BatchWriteItem": len(written)}


def test_board_that_rides_along_costs_one_round_trip_a_second_and_process(ada: Player, clock: ManualClock) -> None:
    """Not one a call; and a message to the sync function where the board is older than 5 s."""
    clock.advance(1)
    with counted(ada.game) as work:
        for _ in range(20):
            assert len(ada.beat(board_since=0).body["board"]["players"]) == TOP
        for taps in range(20, 40):
            assert ada.tap(taps, board_since=0).body["board"]
    assert work.commands["GET"] == 1
    assert work.round_trips["redis"] - work.commands["SET"] == 41, "but for the claim of a sync's window"
    clock.advance(6)
    with counted(ada.game) as stale:
        for _ in range(20):
            assert ada.beat(board_since=0).status == 200
    assert (stale.commands["GET"], stale.round_trips["redis"]) == (1, 22)
    assert stale.aws_calls == {"SendMessage": 1}


def test_board_that_rides_along_on_an_event_loop_costs_one_round_trip_a_second(eve: Player, clock: ManualClock) -> None:
    clock.advance(1)
    with counted(eve.game) as work:
        for _ in range(20):
            assert len(eve.beat(board_since=0).body["board"]["players"]) == TOP
    assert (work.commands["GET"], work.round_trips) == (1, {"redis": 21})
