"""The asynchronous entries: they answer what the handlers answer, or leave it to them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from support.async_game import AsyncGame, served_async
from support.calls import FUNCTION_OF, OPERATION, good_body, identity_for, send
from support.fakes.ports import MemoryGame, MemoryPorts, memory_game
from support.game import Answer, Context, api_event
from support.racing import ManualClock
from tapstack import composition
from tapstack.http.app import create_app, serves_async
from tapstack.http.call import Call, Reply
from tapstack.platform.errors import StoreUnavailable
from tapstack.play.model import Counter, Due, Refusal
from tapstack.players.rules.identity import session_key

from .test_function_urls import HOT, url_event

SERVED = ["recordTaps", "heartbeat", "getLeaderboard", "getMyStanding"]
Both = tuple[MemoryGame, AsyncGame[MemoryPorts]]


@pytest.fixture
def both() -> Iterator[Both]:
    """The same game, asked in both ways, at one moment: energy comes back with time."""
    game = memory_game()
    game.stores.play.clock = ManualClock()
    with served_async(game.stores) as asked:
        yield game, asked
    composition.use(None)


def without_time(answer: Answer) -> Answer:
    """Boards made at different moments are different."""
    if isinstance(answer.body, dict) and "generated_at_s" in answer.body:
        body = {**answer.body, "generated_at_s": 0, "version": 0}
        return Answer(answer.status, {**answer.headers, "ETag": ""}, body)
    return answer


@pytest.mark.parametrize("operation", SERVED)
def test_entry_answers_what_the_handler_answers(both: Both, operation: str) -> None:
    game, asked = both
    found = OPERATION[operation]
    ada = game.sign_in(1)
    game.call(FUNCTION_OF[operation], found.method, found.path, good_body(found), headers=ada.headers)
    identity = identity_for(found, ada)
    for body, headers, query, base64 in (
        (good_body(found), identity, None, False),
        (good_body(found), {**identity, "AUTHORIZATION": ""}, None, False),
        ({"taps": -1}, identity, None, False),
        ("{", identity, None, False),
        ("[" * 5_000, identity, None, False),
        ("no base64", identity, None, True),
        ("{}" + " " * 9_000, identity, None, False),
        (good_body(found), {}, None, False),
        (good_body(found), {"Authorization": "Bearer " + "A" * 59}, None, False),
        (good_body(found), identity, {"period": "day"}, False),
        (good_body(found), identity, {"period": "day", "name": "2020-01-01"}, False),
        (good_body(found), identity, {"period": "all", "name": "2020-01-01"}, False),
        (good_body(found), identity, {"period": "year"}, False),
    ):
        one, other = (send(g, found, body, headers, query=query, base64=base64) for g in both)
        assert without_time(one) == without_time(other)
    assert asked.served == 13
    assert (
        ada.tap(1).body["taps"] == asked.call("click", "POST", "/clicks", {"taps": 0}, headers=ada.headers).body["taps"]
    )


@pytest.mark.parametrize("operation", HOT)
def test_entry_answers_function_urls_as_the_handler_does(both: Both, operation: str) -> None:
    ada = both[0].sign_in(1)
    found = OPERATION[operation]
    for body, headers in ((good_body(found), ada.headers), ("{", ada.headers), (good_body(found), {})):
        game_answer, entry_answer = (
            game.send(HOT[operation], url_event("POST", found.path, body, headers)) for game in both
        )
        game_answer.body.pop("accepted", None)
        entry_answer.body.pop("accepted", None)
        assert game_answer == entry_answer
    assert both[1].served == 3


@pytest.mark.parametrize("operation", HOT)
def test_body_that_no_encoding_can_carry_is_refused(both: Both, operation: str) -> None:
    ada = both[0].sign_in(1)
    event = url_event("POST", OPERATION[operation].path, '{"taps": "\ud800"}', ada.headers)
    assert [game.send(HOT[operation], event).status for game in both] == [400, 400]
    assert both[1].served == 1


def test_other_paths_methods_and_operations_are_left_to_the_handler(both: Both) -> None:
    game, asked = both
    ada = game.sign_in(1)
    for method, path in (("GET", "/league"), ("GET", "/health"), ("GET", "/leaderboard/fame")):
        assert asked.call("leaderboard", method, path, headers=ada.headers).status == 200
    assert asked.send("click", url_event("GET", "/clicks", {}, ada.headers)).status == 405
    assert asked.send("click", url_event("POST", "/", {}, ada.headers)).status == 404
    assert asked.served == 0


def test_cluster_is_left_to_the_handler(both: Both) -> None:
    game, asked = both
    ada = game.sign_in(1)
    game.stores.pipeline = None
    assert asked.call("click", "POST", "/clicks", {"taps": 3}, headers=ada.headers).body["clicks"] == 3
    assert asked.served == 0


def test_player_who_is_not_loaded_is_loaded_and_counted(both: Both) -> None:
    game, asked = both
    ada = game.sign_in(1)
    ada.tap(3)
    game.stores.counters.put([Counter(ada.id, clicks=3)])
    game.stores.play.live.clear()
    assert asked.call("click", "POST", "/clicks", {"taps": 5}, headers=ada.headers).body["clicks"] == 8
    game.stores.play.live.clear()
    assert asked.call("heartbeat", "POST", "/heartbeat", {}, headers=ada.headers).body["clicks"] == 3
    assert session_key(ada.session_id) in game.stores.play.live[ada.id].open
    assert asked.served == 2


def test_work_that_a_click_or_a_heartbeat_finds_due_is_asked_for(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    game, asked = both
    ada = game.sign_in(1)
    tapped, beaten = game.stores.play.record_taps, game.stores.play.heartbeat

    def first_of_a_window(*tap: Any) -> Any:
        result = tapped(*tap)
        assert not isinstance(result, Refusal)
        return result._replace(sync_window=7, window_left_ms=4_000)

    def after_a_loss(*beat: Any) -> Any:
        result = beaten(*beat)
        assert not isinstance(result, Refusal)
        return replace(result, due=Due.REBUILD)

    monkeypatch.setattr(game.stores.play, "record_taps", first_of_a_window)
    monkeypatch.setattr(game.stores.play, "heartbeat", after_a_loss)
    for _ in range(3):
        assert asked.call("click", "POST", "/clicks", {"taps": 5}, headers=ada.headers).status == 200
        assert asked.call("heartbeat", "POST", "/heartbeat", {}, headers=ada.headers).status == 200
    assert game.stores.sync_queue.sent == ["sync in 4 s", "rebuild"]


def test_crash_in_an_asynchronous_view_is_500_and_logged_under_the_request_s_id(
    both: Both, caplog: pytest.LogCaptureFixture
) -> None:
    game, _ = both
    app = create_app("test", lambda: game.stores)

    @serves_async(app, OPERATION["getHealth"])
    async def view(_: Call[None]) -> Reply:
        raise ZeroDivisionError("password=hunter2")

    event = api_event("GET", "/health")
    answer = both[1].runner.run(app.serve(event, Context()))
    assert answer is not None
    assert answer["statusCode"] == 500
    assert "hunter2" not in answer["body"]
    (record,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert record.exc_info
    assert vars(record)["request_id"] == "test-request"


def test_refusals_share_the_samples_of_the_handler_s(both: Both, caplog: pytest.LogCaptureFixture) -> None:
    game, asked = both
    with caplog.at_level(logging.INFO):
        for _ in range(20):
            assert asked.call("click", "POST", "/clicks", {"taps": 3}).status == 401
    lines = [r for r in caplog.records if r.message == "refused"]
    assert len(lines) == 5
    assert vars(lines[0])["operation"] == "recordTaps"


def test_board_is_read_once_for_all_who_ask_within_a_second(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    game, asked = both
    reads: list[object] = []
    read = game.stores.published_boards.get

    def counted(*period: Any) -> Any:
        reads.append(period)
        return read(*period)

    monkeypatch.setattr(game.stores.published_boards, "get", counted)
    now_ms = 1_800_000_000_000
    monkeypatch.setattr(game.stores, "clock", lambda: now_ms)
    first = asked.call("leaderboard", "GET", "/leaderboard")
    seen = len(reads)
    assert seen
    for _ in range(5):
        again = asked.call("leaderboard", "GET", "/leaderboard", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status, again.body) == (304, None)
    assert len(reads) == seen
    now_ms += 1_000
    assert asked.call("leaderboard", "GET", "/leaderboard").status == 200
    assert len(reads) > seen
    now_ms -= 60_000
    seen = len(reads)
    assert asked.call("leaderboard", "GET", "/leaderboard").status == 200
    assert len(reads) > seen, "a copy from the future may be wrong for long"


def test_board_that_cannot_be_read_is_503_and_the_next_one_is_tried_again(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    game, asked = both

    def unavailable(*_: object) -> None:
        raise StoreUnavailable("unavailable", retry_after_s=1)

    with monkeypatch.context() as patch:
        patch.setattr(game.stores.published_boards, "get", unavailable)
        assert asked.call("leaderboard", "GET", "/leaderboard").status == 503
    assert asked.call("leaderboard", "GET", "/leaderboard").status == 200


def test_calls_without_an_account_are_counted_by_address_here_too(both: Both) -> None:
    game, asked = both
    event = api_event("GET", "/leaderboard")
    event["requestContext"]["identity"]["sourceIp"] = "8.8.8.8"
    game.stores.limiter.left["getLeaderboard"] = 1
    assert asked.send("leaderboard", event).status == 200
    assert asked.send("leaderboard", event).status == 429
