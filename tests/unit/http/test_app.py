"""How every function answers: its form, its headers, and what it says when it breaks."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from support.calls import OPERATION, assert_refused, good_body, identity_for, send
from support.fakes.ports import MemoryGame
from support.game import Context, api_event
from tapstack import composition
from tapstack.admin import health
from tapstack.admin.operations import HEALTH
from tapstack.api import OPERATIONS
from tapstack.bot.operations import PreparedMessage
from tapstack.http.app import create_app, serves
from tapstack.http.call import Call, Reply
from tapstack.http.operation import AnyOperation as Operation
from tapstack.platform.errors import NotFound, StoreUnavailable, TooManyRequests


def answer_of(game: MemoryGame, view: Any, operation: Operation = HEALTH) -> dict[str, Any]:
    """What API Gateway gets when an operation is served by a view."""
    app = create_app("test", lambda: game.stores)
    serves(app, operation)(view)
    raw: dict[str, Any] = app(api_event(operation.method, operation.path), Context())
    return raw


def test_crash_in_a_view_answers_500_with_the_request_id_and_nothing_else(
    game: MemoryGame, caplog: pytest.LogCaptureFixture
) -> None:
    def view(_: Call[None]) -> None:
        raise ZeroDivisionError("password=hunter2")

    with caplog.at_level(logging.ERROR):
        raw = answer_of(game, view)
    assert raw["statusCode"] == 500
    detail = {"code": "internal_error", "message": "internal error", "data": {"request_id": "test-request"}}
    assert json.loads(raw["body"]) == {"error": detail}
    assert raw["headers"]["Access-Control-Allow-Origin"] == "*"
    assert "hunter2" not in json.dumps(raw)
    assert any(record.exc_info for record in caplog.records)


def test_answer_that_is_no_json_answers_500_in_the_one_form(game: MemoryGame) -> None:
    raw = answer_of(game, lambda _: PreparedMessage("\ud800", 0))
    assert raw["statusCode"] == 500
    assert json.loads(raw["body"])["error"]["code"] == "internal_error"


def test_environment_that_cannot_run_the_game_answers_500_and_names_no_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    app = create_app("test", composition.container)
    serves(app, HEALTH)(lambda _: health.Health("ok", [], health.Saving(0, 0, 0)))
    composition.use(None)
    raw = app(api_event("GET", "/health"), Context())
    assert raw["statusCode"] == 500
    assert "REDIS_URL" not in raw["body"]


def test_refusal_in_a_view_is_answered_with_its_status_and_logged_as_no_error(
    game: MemoryGame, caplog: pytest.LogCaptureFixture
) -> None:
    def view(_: Call[None]) -> None:
        raise NotFound("no such thing", code="thing_unknown", thing=7)

    with caplog.at_level(logging.WARNING):
        raw = answer_of(game, view)
    assert raw["statusCode"] == 404
    assert json.loads(raw["body"]) == {
        "error": {"code": "thing_unknown", "message": "no such thing", "data": {"thing": 7}}
    }
    assert not caplog.records


@pytest.mark.parametrize(("error", "status"), [(StoreUnavailable, 503), (TooManyRequests, 429)])
def test_refusal_that_passes_says_when_to_come_back(game: MemoryGame, error: Any, status: int) -> None:
    def view(_: Call[None]) -> None:
        raise error("later", retry_after_s=3)

    raw = answer_of(game, view)
    assert (raw["statusCode"], raw["headers"]["Retry-After"]) == (status, "3")
    assert "Retry-After" in raw["headers"]["Access-Control-Expose-Headers"]


def test_reply_with_a_status_and_headers_of_its_own_is_sent_so(game: MemoryGame) -> None:
    raw = answer_of(game, lambda _: Reply(status=304, headers={"ETag": '"x"', "Cache-Control": "public"}))
    assert (raw["statusCode"], raw["body"], raw["headers"]["ETag"]) == (304, "", '"x"')
    assert raw["headers"]["Cache-Control"] == "public"


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.id)
def test_every_operation_succeeds_with_its_own_status_and_never_is_cached_unasked(
    game: MemoryGame, operation: Operation
) -> None:
    ada = game.sign_in(1)
    answer = send(game, operation, good_body(operation) if operation.request else None, identity_for(operation, ada))
    assert answer.status == operation.status
    kept_s = {
        "getLeaderboard": 5,
        "getClosedLeaderboards": 60,
        "getHallOfFame": 60,
        "getOpenapi": 300,
        "getAsyncapi": 300,
        "getCardPicture": 604_800,
        "getCatalogue": 31_536_000,
    }
    lasting = f"public, max-age={kept_s[operation.id]}" if operation.id in kept_s else "no-store"
    assert answer.headers["Cache-Control"].removesuffix(", immutable") == lasting
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


SAFE = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.id)
def test_no_answer_of_an_operation_is_a_page_to_a_browser(game: MemoryGame, operation: Operation) -> None:
    ada = game.sign_in(1)
    body = good_body(operation) if operation.request else None
    for identity in (identity_for(operation, ada), {}):
        answer = send(game, operation, body, identity)
        assert {name: answer.headers[name] for name in SAFE} == SAFE


def test_call_without_identity_refuses_to_name_a_player() -> None:
    for name in ("player_id", "session_key", "signed_in"):
        with pytest.raises(Exception, match="needed"):
            getattr(Call(None), name)


def test_scheme_of_the_authorization_header_is_read_in_any_case(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    for scheme in ("bearer", "BEARER"):
        headers = {"authorization": f"{scheme} {ada.opened['token']}"}
        assert send(game, OPERATION["getMyAccount"], None, headers).status == 200
    assert_refused(send(game, OPERATION["getMyAccount"], None, {"Authorization": f"tma {ada.opened['token']}"}), 401)


def test_ids_in_answers_are_never_telegrams(game: MemoryGame) -> None:
    ada = game.sign_in(987654321)
    ada.tap(5)
    for operation in OPERATIONS:
        if operation.id not in {"endSession", "telegramUpdate", "exportMe"}:  # an export tells all, to its owner
            body = good_body(operation) if operation.request else None
            answer = send(game, operation, body, identity_for(operation, ada))
            assert "987654321" not in json.dumps(answer.body, default=repr), operation.id
