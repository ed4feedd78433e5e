"""What players do, on every runtime."""

from __future__ import annotations

import uuid
from typing import Any

from e2e.game.places import WEBHOOK_SECRET, Target
from support.waiting import wait_until

BOARD_S = 120
"""The leaderboard is computed every 5 s; an emulator on a busy machine gets more time."""


def test_taps_sent_again_count_once(target: Target) -> None:
    ada = target.sign_in()
    first = ada.tap(12)
    assert (first.status, first.body["accepted"], first.body["clicks"]) == (200, 12, 12)
    again = ada.tap(12)
    assert (again.status, again.body["accepted"], again.body["clicks"]) == (200, 0, 12)
    assert ada.tap(9).body["clicks"] == 12  # late
    assert ada.tap(15).body["clicks"] == 15


def test_two_sessions_of_one_player_add_up(target: Target) -> None:
    phone = target.sign_in()
    desktop = target.sign_in(phone.user_id)
    assert desktop.id == phone.id
    phone.tap(4)
    assert desktop.tap(3).body["clicks"] == 7


def test_same_session_again_is_taken_up_at_its_watermark(target: Target) -> None:
    ada = target.sign_in()
    ada.tap(5)
    again = ada.open()
    assert (again.status, again.body["taps"]) == (200, 5)


def test_heartbeat_answers_the_state_of_the_game(target: Target) -> None:
    ada = target.sign_in()
    ada.tap(2)
    beat = ada.beat()
    assert beat.status == 200
    assert beat.body["clicks"] == 2
    assert beat.body["active"] >= 1


def test_forged_identities_are_refused(target: Target) -> None:
    forged = {"Authorization": "tma user=%7B%22id%22%3A1%7D&auth_date=1&hash=00"}
    answer = target.call("POST", "/sessions", {"session_id": str(uuid.uuid4())}, forged)
    assert (answer.status, answer.body["error"]["code"]) == (401, "init_data_invalid")
    answer = target.call("POST", "/clicks", {"taps": 1}, {"Authorization": "Bearer " + "A" * 76})
    assert (answer.status, answer.body["error"]["code"]) == (401, "token_invalid")


def test_malformed_bodies_are_refused(target: Target) -> None:
    ada = target.sign_in()
    assert target.call("POST", "/clicks", {"taps": -1}, ada.token).status == 400
    assert target.call("POST", "/clicks", {"taps": "many"}, ada.token).status == 400


def test_board_shows_a_player_and_is_not_sent_twice(target: Target) -> None:
    ada = target.sign_in()
    ada.tap(60)
    ada.tap(120)

    def on_board() -> dict[str, Any] | None:
        board = target.call("GET", "/leaderboard").body
        return next((entry for entry in board["entries"] if entry["id"] == ada.id), None)

    entry = wait_until("the player is on the board", on_board, BOARD_S, every_s=0.2)
    assert entry is not None
    assert entry["clicks"] == 120
    board = target.call("GET", "/leaderboard")
    assert "max-age" in board.headers["cache-control"]
    same = target.call("GET", "/leaderboard", None, {"If-None-Match": board.headers["etag"]})
    assert same.status == 304 or same.body["version"] != board.body["version"]
    mine = target.call("GET", "/leaderboard/me", None, ada.token).body
    assert mine["clicks"] == 120
    assert ada.id in [entry["id"] for entry in mine["around"]]


def test_username_belongs_to_one_player(target: Target) -> None:
    ada, bob = target.sign_in(), target.sign_in()
    name = f"u{uuid.uuid4().hex[:12]}"
    renamed = target.call("PATCH", "/players/me", {"username": name}, ada.token)
    assert (renamed.status, renamed.body["username"]) == (200, name)
    taken = target.call("PATCH", "/players/me", {"username": name.upper()}, bob.token)
    assert (taken.status, taken.body["error"]["code"]) == (409, "username_taken")


def test_left_session_answers_410_and_reopens_at_its_watermark(target: Target) -> None:
    ada = target.sign_in()
    ada.tap(6)
    assert ada.leave().status == 204
    over = ada.tap(8)
    assert (over.status, over.body["error"]["code"]) == (410, "session_ended")
    reopened = ada.open()
    assert (reopened.status, reopened.body["taps"]) == (200, 6)
    assert ada.tap(8).body["clicks"] == 8


def test_button_is_answered_in_the_webhooks_own_answer(target: Target) -> None:
    """A new player is asked for a name; one who has a name sees their score, the total and the leaderboard."""
    secret = {"X-Telegram-Bot-Api-Secret-Token": WEBHOOK_SECRET}

    def start(user_id: int) -> str:
        user = {"id": user_id, "is_bot": False, "first_name": "Ada", "language_code": "en"}
        chat = {"id": user_id, "type": "private", "first_name": "Ada"}
        tapped = {"message_id": 7, "date": 1, "chat": chat, "text": "x"}
        query = {"id": "1", "from": user, "chat_instance": "1", "data": "start:open", "message": tapped}
        answer = target.call("POST", "/telegram/webhook", {"update_id": user_id, "callback_query": query}, secret)
        assert answer.status == 200
        assert [answer.body[key] for key in ("method", "chat_id", "message_id")] == ["editMessageText", user_id, 7]
        return str(answer.body["text"])

    assert "What should the leaderboard call you?" in start(990_001)
    ada = target.sign_in()
    assert target.call("PATCH", "/players/me", {"username": f"u{uuid.uuid4().hex[:12]}"}, ada.token).status == 200
    home = start(ada.user_id)
    assert "Your taps" in home
    assert "Top 3" in home
    assert target.call("POST", "/telegram/webhook", {"update_id": 3}).status == 401


def test_openapi_document_and_health_are_public(target: Target) -> None:
    health = target.call("GET", "/health").body
    assert (health["status"], health["saving"]["refused_players"]) == ("ok", 0)
    assert target.call("GET", "/openapi.json").body["openapi"].startswith("3.1")


def test_unknown_path_answers_an_error_of_the_api(target: Target) -> None:
    answer = target.call("GET", "/no-such-path")
    assert answer.status in (403, 404)
