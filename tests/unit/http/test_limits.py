"""Who is counted by what, and what a caller hears who has asked too often."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from support.calls import FUNCTION_OF, OPERATION, assert_refused, good_body, good_query, identity_for, send
from support.fakes.platform import MemoryLimiter
from support.fakes.ports import MemoryGame, memory_game
from support.game import api_event
from tapstack import composition
from tapstack.api import OPERATIONS
from tapstack.http.openapi import document
from tapstack.http.operation import AnyOperation as Operation
from tapstack.http.operation import Auth
from tapstack.platform.limits import of_address

COUNT_BY_THEMSELVES = {"recordTaps", "heartbeat"}
"""Inside the script that does their work, so that they stay one round trip."""

UNLIMITED = {
    "telegramUpdate": "Telegram sends them, and none may be lost; what a user may do is counted in the bot",
    "getOpenapi": "a constant that caches keep: to count who asks would cost more than to answer",
    "getAsyncapi": "the same",
}
LIMITED = [o for o in OPERATIONS if o.id not in COUNT_BY_THEMSELVES | UNLIMITED.keys()]
OF_A_PLAYER = [o for o in LIMITED if o.auth is not Auth.NONE]
OF_AN_ADDRESS = [o for o in LIMITED if o.auth is not Auth.SESSION_TOKEN]


DESCRIBED = document(OPERATIONS)["paths"]


def by_id(operation: Operation) -> str:
    return operation.id


def limiter(game: MemoryGame) -> MemoryLimiter:
    return game.stores.limiter


def ask(
    game: MemoryGame, operation: Operation, headers: dict[str, str], source: str = "127.0.0.1", body: Any = None
) -> Any:
    """One request from an address."""
    given = body if body is not None else good_body(operation) if operation.request else None
    event = api_event(operation.method, operation.path, given, headers, good_query(game, operation))
    event["requestContext"]["identity"]["sourceIp"] = source
    return game.send(FUNCTION_OF[operation.id], event)


@pytest.mark.parametrize("operation", OPERATIONS, ids=by_id)
def test_every_operation_is_limited_or_says_why_not(operation: Operation) -> None:
    if operation in LIMITED:
        assert (operation.limit is not None) == (operation in OF_A_PLAYER)
        assert operation.by_address == (operation in OF_AN_ADDRESS)
    else:
        assert operation.limit is None
        assert not operation.by_address
    assert ("429" in DESCRIBED[operation.path][operation.method.lower()]["responses"]) == (
        operation.id not in UNLIMITED
    )


@pytest.mark.parametrize("operation", OF_A_PLAYER, ids=by_id)
def test_player_who_asks_too_often_is_refused_and_told_when_to_come_back(
    game: MemoryGame, operation: Operation
) -> None:
    ada = game.sign_in(1)
    assert operation.limit is not None
    limiter(game).left[operation.limit.name or operation.id] = 1
    first = ask(game, operation, identity_for(operation, ada))
    assert first.status in (operation.status, *operation.other_statuses)
    if operation.id == "endSession":
        ada = ada.reopen()
    second = ask(game, operation, identity_for(operation, ada))
    assert_refused(second, 429, "too_many_requests")
    assert second.headers["Retry-After"] == "1"


@pytest.mark.parametrize("operation", OF_A_PLAYER, ids=by_id)
def test_player_is_counted_by_who_they_are_wherever_they_come_from(game: MemoryGame, operation: Operation) -> None:
    players = [game.sign_in(1), game.sign_in(2), game.sign_in(2)]
    limiter(game).spent.clear()
    for n, player in enumerate(players):
        ask(game, operation, identity_for(operation, player), source=f"8.8.8.{n}")
    found = [who for what, who, limit in limiter(game).spent if limit == operation.limit]
    assert found == (
        ["telegram 1", "telegram 2", "telegram 2"] if operation.auth is Auth.INIT_DATA else [p.id for p in players]
    )


@pytest.mark.parametrize("operation", OF_AN_ADDRESS, ids=by_id)
def test_address_is_counted_where_it_is_somebodys(game: MemoryGame, operation: Operation) -> None:
    identity = identity_for(operation, game.sign_in(1))
    limiter(game).spent.clear()
    for source in ("8.8.8.8", "127.0.0.1", "2a00:1450:4001:82a:1:2:3:4", "10.0.0.1", ""):
        assert ask(game, operation, {**identity, "X-Forwarded-For": f"9.9.9.9, {source}"}, source).status < 300
    found = [(what, who) for what, who, limit in limiter(game).spent if limit == of_address(100)]
    assert found == [(operation.id, "8.8.8.8"), (operation.id, "2a00:1450:4001:82a::/64")]
    limiter(game).left[operation.id] = 0
    assert_refused(ask(game, operation, identity, "8.8.8.8"), 429, "too_many_requests")


@pytest.mark.parametrize("operation", [o for o in LIMITED if o.auth is not Auth.NONE], ids=by_id)
def test_forged_identity_is_refused_before_anything_is_counted(game: MemoryGame, operation: Operation) -> None:
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "tma hash=00"}):
        assert_refused(ask(game, operation, headers, "8.8.8.8"), 401)
    assert not limiter(game).spent


def test_refused_call_is_not_read_any_further(game: MemoryGame) -> None:
    """A flood costs no parsing: the body of a call over the limit may be anything."""
    ada = game.sign_in(1)
    limiter(game).left["rename"] = 0
    assert_refused(ask(game, OPERATION["rename"], ada.headers, body="{"), 429)


def test_event_without_a_request_context_identity_is_answered(game: MemoryGame) -> None:
    contexts: tuple[dict[str, Any], ...] = ({}, {"identity": None}, {"identity": {}}, {"identity": {"sourceIp": None}})
    for context in contexts:
        event = api_event("GET", "/leaderboard")
        event["requestContext"] = {"resourcePath": "/leaderboard", "httpMethod": "GET", **context}
        assert game.send("leaderboard", event).status == 200


@pytest.fixture
def behind_a_proxy() -> Iterator[MemoryGame]:
    yield memory_game(TRUSTED_PROXIES="1", ADDRESS_REQUESTS_PER_S="7")
    composition.use(None)


def test_address_behind_a_trusted_proxy_is_the_one_that_it_saw(behind_a_proxy: MemoryGame) -> None:
    headers = {"X-Forwarded-For": "1.1.1.1, 9.9.9.9, 127.0.0.1"}
    assert ask(behind_a_proxy, OPERATION["getLeaderboard"], headers).status == 200
    assert limiter(behind_a_proxy).spent == [("getLeaderboard", "9.9.9.9", of_address(7))]


@pytest.fixture
def with_an_edge() -> Iterator[MemoryGame]:
    yield memory_game(TRUSTED_PROXIES="1", EDGE_KEY="key-of-the-edge")
    composition.use(None)


@pytest.mark.parametrize(
    ("edge", "who"),
    [("key-of-the-edge", "9.9.9.9"), ("key-of-the-edgf", "8.8.8.8"), ("", "8.8.8.8"), ("\ud800\u00e9", "8.8.8.8")],
)
def test_forwarded_address_counts_only_with_the_key_of_the_edge(with_an_edge: MemoryGame, edge: str, who: str) -> None:
    headers = {"X-Forwarded-For": "9.9.9.9, 8.8.8.8", **({"X-Edge": edge} if edge else {})}
    assert ask(with_an_edge, OPERATION["getLeaderboard"], headers, "8.8.8.8").status == 200
    assert [spent[1] for spent in limiter(with_an_edge).spent] == [who]


def test_limits_stay_out_of_what_is_hot(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    limiter(game).spent.clear()
    ada.tap(1)
    ada.beat()
    update = OPERATION["telegramUpdate"]
    assert send(game, update, {"update_id": 1}, identity_for(update, ada)).status == 200
    assert not limiter(game).spent
