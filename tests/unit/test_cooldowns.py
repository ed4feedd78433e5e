"""The one table of cooldowns: each rule in it is enforced, and who meets it hears how long to wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from support.calls import FUNCTION_OF, good_body, good_query, identity_for
from support.fakes.ports import MemoryGame
from support.game import Answer, Player, api_event
from tapstack.api import OPERATIONS
from tapstack.bot import router
from tapstack.http.operation import Auth, Operation
from tapstack.live import sockets
from tapstack.platform.limits import COOLDOWNS
from tapstack.telegram.durations import duration

SENDER = {"id": 1, "is_bot": False, "first_name": "Ada", "language_code": "en"}
MESSAGE = {"message_id": 7, "date": 1_800_000_000, "chat": {"id": 1, "type": "private"}, "from": SENDER, "text": "x"}
PRESS = {"id": "1", "from": SENDER, "chat_instance": "1", "data": "home:open", "message": MESSAGE}
IN_A_GROUP = {**MESSAGE, "chat": {"id": -5, "type": "supergroup", "title": "g"}, "text": "/top"}

OF_THE_API = {name: [o for o in OPERATIONS if o.limit is limit] for name, limit in COOLDOWNS.items()}


def api(operation_id: str) -> Callable[[MemoryGame], Answer]:
    return lambda game: ask(game, game.sign_in(1), next(o for o in OPERATIONS if o.id == operation_id))


def ask(game: MemoryGame, player: Player, operation: Operation[Any, Any]) -> Answer:
    body = good_body(operation) if operation.request else None
    headers = identity_for(operation, player)
    event = api_event(operation.method, operation.path, body, headers, good_query(game, operation))
    return game.send(FUNCTION_OF[operation.id], event)


def bot(**update: Any) -> Callable[[MemoryGame], Any]:
    return lambda game: router.answer(game.stores, {"update_id": 1, **update})


def come_by_a_link(game: MemoryGame) -> list[Any]:
    ada = game.sign_in(1)
    game.sign_in(2, start_param=f"ref_{ada.opened['player']['ref_code']}")
    return list(game.stores.outbox.calls.values())


def connect(game: MemoryGame) -> Any:
    ada = game.sign_in(1)
    query = {"ticket": ada.opened["live"]["ticket"]}
    context = {"connectionId": "c", "eventType": "CONNECT"}
    return sockets.serve(game.stores, {"requestContext": context, "queryStringParameters": query})


def ping(game: MemoryGame) -> Any:
    connect(game)
    context = {"connectionId": "c", "eventType": "MESSAGE"}
    sockets.serve(game.stores, {"requestContext": context, "body": '{"type": "ping"}'})
    return game.stores.sockets.pushed["c"][-1]


MET = {
    "share": api("prepareShare"),
    "export": api("exportMe"),
    "update": bot(callback_query=PRESS),
    "update of a day": bot(callback_query=PRESS),
    "group": bot(message=IN_A_GROUP),
    "joined": come_by_a_link,
    "live_connect": connect,
    "live_frame": ping,
}
"""How the rules are met that are of no operation."""


def test_every_rule_is_of_an_operation_or_met_below() -> None:
    assert {name for name, of in OF_THE_API.items() if of} | MET.keys() == COOLDOWNS.keys()
    assert {id(o.limit) for o in OPERATIONS if o.limit} <= {id(limit) for limit in COOLDOWNS.values()}


@pytest.mark.parametrize("name", [name for name, of in OF_THE_API.items() if of])
def test_operation_says_how_long_to_wait(game: MemoryGame, name: str) -> None:
    ada = game.sign_in(1)
    for operation in OF_THE_API[name]:
        if operation.auth is not Auth.SESSION_TOKEN:
            continue
        what = COOLDOWNS[name].name or operation.id
        game.stores.limiter.left[what] = 0
        _refused(ask(game, ada, operation))
        assert game.stores.limiter.spent[-1] == (what, ada.id, COOLDOWNS[name])


@pytest.mark.parametrize("name", ["share", "export"])
def test_what_is_allowed_once_in_a_while_says_how_long_to_wait(game: MemoryGame, name: str) -> None:
    game.stores.limiter.left[name] = 0
    _refused(MET[name](game))


@pytest.mark.parametrize("name", ["update", "update of a day"])
@pytest.mark.parametrize(("language", "text"), [("en", "again in 1 s"), ("ru", "через 1 с")])
def test_button_in_the_chat_says_how_long_to_wait(game: MemoryGame, name: str, language: str, text: str) -> None:
    game.stores.limiter.left[name] = 0
    sender = {**SENDER, "language_code": language}
    answer = bot(callback_query={**PRESS, "from": sender})(game)
    assert answer["method"] == "answerCallbackQuery"
    assert text in answer["text"]


def test_socket_that_asks_too_much_is_refused_and_cut(game: MemoryGame) -> None:
    game.stores.limiter.left |= {"live_frame": 0}
    refused = MET["live_frame"](game)
    assert (refused.code, refused.retry_after_ms) == ("too_many_requests", 1_000)
    assert game.stores.sockets.closed == ["c"]
    game.stores.limiter.left |= {"live_connect": 0}
    assert MET["live_connect"](game) == {"statusCode": 503}


def test_group_and_inviter_are_left_in_peace(game: MemoryGame) -> None:
    """A text would be one more message."""
    game.stores.limiter.left |= {"group": 0, "joined": 0}
    assert MET["group"](game) == {}
    assert MET["joined"](game) == []


@pytest.mark.parametrize(
    ("ms", "shown"),
    [(1, "1 s"), (1_001, "2 s"), (60_000, "60 s"), (60_001, "2 min"), (3_600_001, "2 h"), (86_400_000, "24 h")],
)
def test_time_is_shown_in_its_largest_unit_and_never_too_short(ms: int, shown: str) -> None:
    assert duration(ms, "en") == shown


def _refused(answer: Answer) -> None:
    assert (answer.status, answer.headers["Retry-After"]) == (429, "1")
    assert answer.body["error"]["data"]["retry_after_ms"] == 1_000
