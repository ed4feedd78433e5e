"""Moderation: who may play, and who is seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.game import Game, Player
from support.identity import init_data
from support.permissions import running
from tapstack.leaderboards import all_time
from tapstack.leaderboards import periods as period_boards
from tapstack.leaderboards.model import Board
from tapstack.moderation import status as moderation
from tapstack.moderation import suspects, whitelist
from tapstack.moderation.rules import WATCHED_MIN
from tapstack.platform.calendar import Period
from tapstack.platform.errors import NotFound
from tapstack.play import redis_keys as keys
from tapstack.players.model import ModerationStatus
from tapstack.players.rules.identity import bucket_of

MakeGame = Callable[..., Game]


def board_now(game: Game, *, period: Period | None = None) -> Board:
    for key in game.stores.redis.keys("board:*"):
        game.stores.redis.delete(key)
    return period_boards.current(game.stores, period) if period else all_time.current(game.stores)


def ids(board: Board) -> list[str]:
    return [entry.id for entry in board.entries]


def me(player: Player, **query: str) -> dict[str, object]:
    return dict(player.game.call("leaderboard", "GET", "/leaderboard/me", headers=player.headers, query=query).body)


def playing(game: Game) -> tuple[Player, Player]:
    ada, bob = game.sign_in(1), game.sign_in(2)
    ada.tap(50)
    bob.tap(40)
    return ada, bob


def whitelisted(game: Game, player_ids: list[str]) -> set[str]:
    return {player.id for player in game.stores.players.get_many(player_ids).values() if player.whitelisted}


def test_shadow_banned_player_sees_themselves_and_nobody_else_does(game: Game) -> None:
    ada, bob = playing(game)
    moderation.set_status(game.stores, ada.id, ModerationStatus.SHADOW, ["a program"])
    assert ada.tap(60).body["accepted"] == 10
    for period in (None, *Period):
        assert ids(board_now(game, period=period)) == [bob.id]
    for query in ({}, {"period": "day"}, {"period": "month"}):
        seen = me(ada, **query)
        assert (seen["rank"], seen["clicks"]) == (1, 60)
        assert [e["id"] for e in seen["around"]] == [ada.id, bob.id]  # type: ignore[attr-defined]
        assert [e["id"] for e in me(bob, **query)["around"]] == [bob.id]  # type: ignore[attr-defined]
    assert board_now(game).total_clicks == 40


def test_shadow_ban_lasts_through_eviction_and_a_lost_redis(game: Game) -> None:
    ada, bob = playing(game)
    moderation.set_status(game.stores, ada.id, ModerationStatus.SHADOW)
    game.run("sync")
    game.stores.redis.flushall()
    game.run("sync")
    assert ids(board_now(game)) == [bob.id]
    ada = ada.reopen()
    ada.tap(70)
    for period in (None, Period.DAY):
        board = board_now(game, period=period)
        assert ids(board) == [bob.id]
        assert board.total_clicks == 40


def test_lifting_a_shadow_ban_gives_back_every_place(game: Game) -> None:
    ada, bob = playing(game)
    moderation.set_status(game.stores, ada.id, ModerationStatus.SHADOW)
    ada.tap(60)
    for _ in range(2):
        moderation.set_status(game.stores, ada.id, ModerationStatus.GOOD)
    for period in (None, *Period):
        board = board_now(game, period=period)
        assert [(e.id, e.clicks) for e in board.entries] == [(ada.id, 60), (bob.id, 40)]
        assert board.total_clicks == 100
    assert game.stores.players.get(ada.id).reasons == ()


def test_lifting_a_ban_of_who_is_not_loaded_gives_back_every_place(game: Game) -> None:
    ada, bob = playing(game)
    game.run("sync")
    moderation.set_status(game.stores, ada.id, ModerationStatus.SHADOW)
    game.stores.redis.flushall()
    game.run("sync")
    moderation.set_status(game.stores, ada.id, ModerationStatus.GOOD)
    for period in (None, *Period):
        board = board_now(game, period=period)
        assert [(e.id, e.clicks) for e in board.entries] == [(ada.id, 50), (bob.id, 40)]
        assert board.total_clicks == 90


def test_banned_player_is_out_at_once_and_stays_out(game: Game) -> None:
    ada, bob = playing(game)
    moderation.set_status(game.stores, ada.id, ModerationStatus.BANNED, ["sold taps"])
    assert ada.tap(60).status == 410
    headers = {"Authorization": f"tma {init_data(1)}"}
    answer = game.call("sessions", "POST", "/sessions", {"session_id": ada.session_id}, headers=headers)
    assert (answer.status, answer.body["error"]["code"]) == (403, "banned")
    assert ids(board_now(game)) == [bob.id]
    assert [p.id for p in game.stores.player_index.with_status(ModerationStatus.BANNED).items] == [ada.id]
    moderation.set_status(game.stores, ada.id, ModerationStatus.GOOD)
    assert ada.reopen().tap(60).body["clicks"] == 60


@pytest.mark.parametrize(("given", "told"), [("tapstack_help", "@tapstack_help"), ("@tapstack_help",) * 2, ("", None)])
def test_banned_player_is_told_whom_to_write_to(make_game: MakeGame, given: str, told: str | None) -> None:
    game = make_game(SUPPORT_USERNAME=given)
    ada = game.sign_in(1)
    moderation.set_status(game.stores, ada.id, ModerationStatus.BANNED)
    headers = {"Authorization": f"tma {init_data(1)}"}
    answer = game.call("sessions", "POST", "/sessions", {"session_id": ada.session_id}, headers=headers)
    assert (answer.status, answer.body["error"]["data"]) == (403, {"contact": told})


def test_whitelist_is_set_and_read_in_bulk(game: Game) -> None:
    players = [game.sign_in(n).id for n in range(1, 6)]
    nobody = "f" * 16
    assert whitelist.set_whitelisted(game.stores, [*players[:3], nobody], True) == [nobody]
    assert whitelisted(game, [*players, nobody]) == set(players[:3])
    whitelist.set_whitelisted(game.stores, players[:1], False)
    assert whitelisted(game, players) == set(players[1:3])


def test_status_of_nobody_is_refused(game: Game) -> None:
    with pytest.raises(NotFound):
        moderation.set_status(game.stores, "f" * 16, ModerationStatus.BANNED)


def test_program_is_flagged_with_its_reason_and_nothing_else_happens(game: Game) -> None:
    robot, person, trusted = (game.sign_in(n) for n in (1, 2, 3))
    whitelist.set_whitelisted(game.stores, [trusted.id], True)

    def noted(player: Player, clicks: int) -> None:
        key = keys.player(bucket_of(player.id, game.stores.settings.play.buckets), player.id)
        game.stores.redis.hset(key, "c", clicks)

    flagged: list[str] = []
    for minute in range(1, WATCHED_MIN + 2):
        noted(robot, 600 * minute)
        noted(trusted, 600 * minute)
        noted(person, 500 * minute + 37 * (minute % 5))
        with running("maintenance"):
            flagged += suspects.watch(game.stores)
    assert flagged == [robot.id]
    found = game.stores.players.get(robot.id)
    assert found.status is ModerationStatus.SUSPECT
    assert "600 taps in each of" in found.reasons[0]
    assert not found.hidden
    assert robot.beat().status == 200
