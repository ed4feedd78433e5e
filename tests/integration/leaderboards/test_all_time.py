"""The public board: right, cheap, and there whatever else is unavailable."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import pytest
from support.game import Answer, Game
from support.racing import ManualClock, race
from support.state import bucket, warm
from tapstack.leaderboards import all_time, leases
from tapstack.leaderboards import redis_keys as keys
from tapstack.leaderboards.model import BucketSummary, OwnRank
from tapstack.leaderboards.redis_all_time import RedisAllTimeBoard
from tapstack.platform.errors import StoreUnavailable
from tapstack.play.model import Counter
from tapstack.play.rules.score import score_of
from tapstack.players.dynamo_players import PlayerStore
from tapstack.players.model import Shown
from tapstack.players.redis_kept_accounts import NAME
from tapstack.players.rules.public_names import public_name

START_MS = 1_790_000_000_000


def get(game: Game, etag: str = "") -> Answer:
    return game.call("leaderboard", "GET", "/leaderboard", headers={"If-None-Match": etag} if etag else {})


def later(game: Game) -> Answer:
    """The board as it is once it may be computed again."""
    game.stores.redis.delete(leases.REFRESH)
    all_time.refresh(game.stores)
    return get(game)


def crowd(game: Game, clicks: Sequence[int], step_ms: int = 1_000) -> list[str]:
    """Players on the board with these clicks, each having got there a step after the one before; their ids."""
    ids = [f"{n * 0x9E3779B97F4A7C15 % 2**64:016x}" for n in range(1, len(clicks) + 1)]
    for n, (player_id, count) in enumerate(zip(ids, clicks, strict=True)):
        game.stores.play.load(Counter(player_id, clicks=count, last_tap_at_ms=START_MS + n * step_ms))
    return ids


def test_leaderboard_is_the_best_20_of_all_buckets_in_order(game: Game) -> None:
    clicks = [(n * 37) % 101 for n in range(60)]
    ids = crowd(game, clicks)
    body = get(game).body
    expected = sorted(zip(ids, clicks, range(60), strict=True), key=lambda row: (-row[1], row[2]))[:20]
    assert [(row["id"], row["clicks"]) for row in body["entries"]] == [(i, c) for i, c, _ in expected]
    assert [row["rank"] for row in body["entries"]] == list(range(1, 21))
    assert (body["total_clicks"], body["total_players"]) == (sum(clicks), 60)


def test_leaderboard_puts_who_got_there_first_before_equals(game: Game) -> None:
    ids = crowd(game, [5] * 30, step_ms=1)
    assert [row["id"] for row in get(game).body["entries"]] == ids[:20]


def test_leaderboard_leaves_out_who_has_not_tapped(game: Game) -> None:
    ada = game.sign_in(1)
    game.sign_in(2)
    ada.tap(1)
    body = later(game).body
    assert [row["id"] for row in body["entries"]] == [ada.id]
    assert body["total_players"] == 2


def test_leaderboard_unchanged_is_304_and_changed_is_200(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(1)
    warm(game)
    first = later(game)
    etag = first.headers["ETag"]
    for given in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        unchanged = get(game, given)
        assert (unchanged.status, unchanged.body, unchanged.headers["ETag"]) == (304, None, etag)
        assert unchanged.headers["Cache-Control"] == "public, max-age=5"
    assert get(game, '"other"').status == 200
    ada.tap(2)
    later(game)
    changed = get(game, etag)
    assert (changed.status, changed.body["entries"][0]["clicks"]) == (200, 2)


def test_version_changes_with_the_content_only(timed_game: Game, clock: ManualClock) -> None:
    ada = timed_game.sign_in(1)
    ada.tap(1)
    warm(timed_game)
    first = later(timed_game)
    clock.advance(6)
    same = later(timed_game)
    assert same.body["generated_at_s"] > first.body["generated_at_s"]
    assert (same.body["version"], same.headers["ETag"]) == (first.body["version"], first.headers["ETag"])
    ada.tap(2)
    clock.advance(6)
    changed = later(timed_game)
    assert changed.body["version"] > first.body["version"]
    assert ada.tap(3).body["leaderboard_version"] == changed.body["version"]


class WatchedBoard(RedisAllTimeBoard):
    """Counts how often the whole board is computed."""

    computed = 0

    def summaries(self, top: int) -> list[BucketSummary]:
        self.computed += 1
        time.sleep(0)
        return super().summaries(top)


def watched(game: Game) -> WatchedBoard:
    board = WatchedBoard(game.stores.redis, buckets=game.stores.settings.play.buckets)
    game.stores.__dict__["all_time_board"] = board
    return board


def test_leaderboard_is_computed_once_in_5_s_for_everybody(timed_game: Game, clock: ManualClock) -> None:
    ada = timed_game.sign_in(1)
    ada.tap(1)
    all_time.current(timed_game.stores)
    timed_game.stores.redis.delete(leases.REFRESH)
    board = watched(timed_game)
    clock.advance(5)
    seen = race(24, lambda _: all_time.current(timed_game.stores))
    assert board.computed == 1
    assert {b.total_clicks for b in seen} == {1}
    for n in range(2, 5):
        ada.tap(n)
        assert get(timed_game).body["total_clicks"] == 1
    assert board.computed == 1


def test_leaderboard_is_at_most_5_s_old_while_somebody_asks(timed_game: Game, clock: ManualClock) -> None:
    ada = timed_game.sign_in(1)
    ada.tap(1)
    all_time.current(timed_game.stores)
    ada.tap(2)
    clock.advance(4)
    timed_game.stores.redis.delete(leases.REFRESH)
    assert get(timed_game).body["total_clicks"] == 1
    clock.advance(1)
    assert get(timed_game).body["total_clicks"] == 2


def test_click_never_waits_for_the_board(game: Game) -> None:
    board = watched(game)
    ada = game.sign_in(1)
    for n in range(5):
        ada.tap(n)
        ada.beat()
    assert board.computed == 0


def test_totals_in_answers_are_those_of_all_buckets(game: Game) -> None:
    players = [game.sign_in(n) for n in range(1, 9)]
    assert len({bucket(player) for player in players}) > 1
    for player in players:
        player.tap(10)
    later(game)
    assert players[0].tap(11).body["total_clicks"] == 81
    assert players[1].beat().body["active"] == 8
    assert game.sign_in(1).opened["totals"] == {"clicks": 81, "players": 8, "active": 8}


def test_names_on_the_board_follow_a_rename(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(1)
    assert later(game).body["entries"][0]["username"] is None
    game.call("players", "PATCH", "/players/me", {"username": "ada"}, headers=ada.headers)
    assert later(game).body["entries"][0]["username"] == "ada"


class AwayPlayers(PlayerStore):
    def shown(self, player_ids: Sequence[str]) -> dict[str, Shown]:  # noqa: ARG002
        raise StoreUnavailable("unavailable", retry_after_s=1)


def test_board_without_dynamodb_shows_the_names_last_seen(game: Game) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    ada.tap(3)
    game.call("players", "PATCH", "/players/me", {"username": "ada"}, headers=ada.headers)
    later(game)
    game.stores.__dict__["players"] = AwayPlayers(game.stores.tables, game.stores.kept_accounts)
    bob.tap(5)
    entries = later(game).body["entries"]
    assert [(row["id"], row["username"]) for row in entries] == [(bob.id, None), (ada.id, "ada")]


Standings = Callable[[Game, Sequence[str]], list[OwnRank]]


def standings_of_threads(game: Game, ids: Sequence[str]) -> list[OwnRank]:
    return [all_time.own_rank(game.stores, player_id) for player_id in ids]


def standings_on_a_loop(game: Game, ids: Sequence[str]) -> list[OwnRank]:
    async def ask() -> list[OwnRank]:
        assert game.stores.pipeline
        try:
            return [await all_time.own_rank_async(game.stores, player_id) for player_id in ids]
        finally:
            await game.stores.pipeline.close()

    return asyncio.run(ask())


@pytest.fixture(params=[standings_of_threads, standings_on_a_loop], ids=["threads", "loop"])
def standings(request: pytest.FixtureRequest) -> Standings:
    """Both ways to ask where players stand."""
    asked: Standings = request.param
    return asked


def test_standing_of_300_players_is_what_sorting_them_says(game: Game, standings: Standings) -> None:
    clicks = [(n * n * 31) % 211 for n in range(300)]
    ids = crowd(game, clicks)
    scores = {i: score_of(c, START_MS + n * 1_000) for n, (i, c) in enumerate(zip(ids, clicks, strict=True))}
    order = sorted(ids, key=lambda i: -scores[i])
    assert [game.stores.all_time_board.neighbours(i, scores[i], 5).rank for i in order] == list(range(1, 301))
    sample = [0, 1, 4, 5, 6, 150, 294, 295, 298, 299]
    for place, standing in zip(sample, standings(game, [order[p] for p in sample]), strict=True):
        assert (standing.rank, standing.clicks) == (place + 1, clicks[ids.index(order[place])])
        around = order[max(0, place - 5) : place + 6]
        assert [row.id for row in standing.around] == around
        assert [row.rank for row in standing.around] == [order.index(i) + 1 for i in around]


def test_standing_among_exact_equals_has_the_own_row_at_the_own_rank(game: Game, standings: Standings) -> None:
    """Equal to the millisecond: more of them than fit around, in all buckets."""
    ids = crowd(game, [5] * 30, step_ms=0) + crowd_above(game)
    for player_id, standing in zip(ids[:30], standings(game, ids[:30]), strict=True):
        own = [row for row in standing.around if row.id == player_id]
        assert [(row.rank, row.clicks) for row in own] == [(standing.rank, 5)]
        ranks = [row.rank for row in standing.around]
        assert ranks == list(range(ranks[0], ranks[0] + len(ranks)))
        assert ranks[0] >= 1
        assert len({row.id for row in standing.around}) == len(ranks)


def crowd_above(game: Game) -> list[str]:
    made = [f"{n:016x}" for n in range(1, 4)]
    for n, player_id in enumerate(made):
        game.stores.play.load(Counter(player_id, clicks=100 + n, last_tap_at_ms=START_MS))
    return made


def names_around(game: Game, player_id: str) -> list[str | None]:
    (standing,) = standings_on_a_loop(game, [player_id])
    return [row.username for row in standing.around]


def test_names_around_are_kept_and_a_new_one_is_seen_at_once(game: Game) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    ada.tap(3)
    bob.tap(5)
    game.call("players", "PATCH", "/players/me", {"username": "bob"}, headers=bob.headers)
    accounts, away = game.stores.players, AwayPlayers(game.stores.tables, game.stores.kept_accounts)
    assert names_around(game, ada.id) == ["bob", None]
    game.stores.__dict__["players"] = away
    assert names_around(game, ada.id) == [None, None], "what was read next to a change was kept"
    game.stores.redis.delete(NAME + bob.id)  # as it is a while later
    game.stores.__dict__["players"] = accounts
    assert names_around(game, ada.id) == ["bob", None]
    game.stores.__dict__["players"] = away
    assert names_around(game, ada.id) == ["bob", None]
    game.stores.__dict__["players"] = accounts
    game.call("players", "PATCH", "/players/me", {"username": "robert"}, headers=bob.headers)
    assert names_around(game, ada.id) == ["robert", None]
    game.stores.redis.set(NAME + bob.id, '{"name": "of another release"}')
    assert names_around(game, ada.id) == ["robert", None]


def test_standing_over_http_is_that_of_the_caller(game: Game) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    ada.tap(3)
    bob.tap(5)
    game.call("players", "PATCH", "/players/me", {"username": "bob"}, headers=bob.headers)
    mine = game.call("leaderboard", "GET", "/leaderboard/me", headers=ada.headers).body
    assert mine == {
        "rank": 2,
        "clicks": 3,
        "around": [
            {"rank": 1, "id": bob.id, "username": "bob", "clicks": 5, "public_name": "bob"},
            {"rank": 2, "id": ada.id, "username": None, "clicks": 3, "public_name": public_name(ada.id, None)},
        ],
    }


@pytest.mark.parametrize("raw", ["", "not json", '{"version": 1}', "[]"])
def test_stored_board_that_cannot_be_read_is_computed_anew(game: Game, raw: str) -> None:
    """What an older or newer version of the code has left there must not stop the game."""
    game.sign_in(1).tap(2)
    game.stores.redis.set(keys.BOARD, raw)
    assert get(game).body["total_clicks"] == 2


def test_board_stored_is_the_board_served(game: Game) -> None:
    game.sign_in(1).tap(2)
    served = later(game).body
    stored: Any = msgspec.json.decode(game.stores.redis.get(keys.BOARD))
    assert stored == served
