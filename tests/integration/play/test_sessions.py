"""Signing in, leaving, and coming back."""

from __future__ import annotations

import uuid

import pytest
from support.game import Game
from support.identity import init_data
from support.racing import ManualClock, race
from support.state import items
from tapstack.platform.bounds import MAX_OPEN_SESSIONS
from tapstack.play import sessions
from tapstack.players.rules.identity import session_key
from tapstack.telegram.init_data import TelegramUser


def test_session_opened_again_is_the_same_one_at_its_watermark(game: Game) -> None:
    session_id = str(uuid.uuid4())
    body, headers = {"session_id": session_id}, {"Authorization": f"tma {init_data(1)}"}
    first = game.call("sessions", "POST", "/sessions", body, headers=headers)
    assert (first.status, first.body["taps"], first.body["session_id"]) == (201, 0, session_id)
    game.sign_in(1, session_id).tap(7)
    again = game.call("sessions", "POST", "/sessions", body, headers=headers)
    assert (again.status, again.body["taps"], again.body["player"]["clicks"]) == (200, 7, 7)
    assert again.body["player"]["id"] == first.body["player"]["id"]


def test_session_id_is_the_players_own(game: Game) -> None:
    """Two players who make up the same id don't share a watermark."""
    session_id = str(uuid.uuid4())
    game.sign_in(1, session_id).tap(7)
    bob = game.sign_in(2, session_id)
    assert bob.opened["taps"] == 0
    assert bob.tap(3).body["clicks"] == 3


def test_sessions_of_one_player_add_up(game: Game) -> None:
    phone, desktop = game.sign_in(1), game.sign_in(1)
    assert phone.id == desktop.id
    phone.tap(4)
    assert desktop.tap(5).body["clicks"] == 9
    assert desktop.beat().body["active"] == 1


def test_first_visits_at_once_make_one_player(game: Game) -> None:
    def visit(_: int) -> str:
        key = session_key(str(uuid.uuid4()))
        return sessions.open_session(game.stores, TelegramUser(1, "Ada"), key).player.id

    ids = race(8, visit)
    assert len(set(ids)) == 1
    assert [item["id"] for item in items(game, "players")] == ids[:1]
    assert {item["key"].split("#")[0] for item in items(game, "uniques")} == {"tg", "ref"}
    assert len(items(game, "uniques")) == 2


def test_session_beyond_the_most_is_refused_until_one_ends(game: Game) -> None:
    players = [game.sign_in(1) for _ in range(MAX_OPEN_SESSIONS)]
    body, headers = {"session_id": str(uuid.uuid4())}, {"Authorization": f"tma {init_data(1)}"}
    refused = game.call("sessions", "POST", "/sessions", body, headers=headers)
    assert (refused.status, refused.body["error"]["code"]) == (409, "too_many_sessions")
    assert refused.body["error"]["data"] == {"limit": MAX_OPEN_SESSIONS}
    assert players[0].reopen().opened["taps"] == 0
    players[0].leave()
    assert game.call("sessions", "POST", "/sessions", body, headers=headers).status == 201


def test_session_that_was_left_is_over_until_it_is_opened_again(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(9)
    for _ in range(2):
        left = ada.leave()
        assert (left.status, left.body) == (204, None)
    for answer in (ada.tap(12), ada.beat()):
        assert (answer.status, answer.body["error"]["code"]) == (410, "session_ended")
    assert ada.reopen().opened["taps"] == 9
    assert ada.tap(12).body["clicks"] == 12


def test_leaving_on_one_device_leaves_the_other_playing(game: Game) -> None:
    phone, desktop = game.sign_in(1), game.sign_in(1)
    phone.leave()
    assert desktop.tap(1).status == 200
    assert desktop.beat().body["active"] == 1


def test_heartbeat_says_how_the_game_stands(game: Game) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    ada.tap(4)
    game.run("sync")
    bob.tap(2)
    beat = bob.beat().body
    assert (beat["clicks"], beat["heartbeat_every_ms"], beat["flush_every_ms"]) == (2, 20_000, 1_000)
    assert (beat["active"], beat["total_clicks"]) == (2, 6)


@pytest.mark.parametrize("age_s", [0, 3_599])
def test_token_lasts_as_long_as_it_says(timed_game: Game, clock: ManualClock, age_s: int) -> None:
    ada = timed_game.sign_in(1)
    assert ada.opened["expires_at_s"] == clock() // 1_000 + 3_600
    clock.advance(age_s)
    assert ada.beat().status == 200
    clock.advance(3_600 - age_s)
    assert ada.beat().body["error"]["code"] == "token_expired"
