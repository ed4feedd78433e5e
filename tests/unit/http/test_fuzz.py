"""Whatever is sent to an operation, the answer is its own or a 4xx in the one form."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.calls import FUNCTION_OF, assert_refused, identity_for
from support.game import Game, api_event
from support.memory import memory_game
from tapstack.http.api import OPERATIONS, Auth, Operation

TEXT = st.text(max_size=30)  # lone surrogates too
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
SESSION = "6f1c0f6e-2f43-4c9c-9f41-0d4b7a5a1b2c"
NAMES = ["taps", "session_id", "username", "update_id", "message"]
NEARLY = st.dictionaries(st.sampled_from(NAMES), JSON, max_size=3)
BODIES = st.one_of(
    st.none(),
    TEXT,
    (NEARLY | JSON).map(json.dumps),
    (NEARLY | JSON).map(lambda value: json.dumps(value, ensure_ascii=False)),
    st.binary(max_size=60).map(lambda raw: base64.b64encode(raw).decode()),
)
HEADERS = st.dictionaries(
    st.sampled_from(["Authorization", "If-None-Match", "Content-Type", "X-Telegram-Bot-Api-Secret-Token"]),
    TEXT | TEXT.map(lambda text: f"Bearer {text}") | TEXT.map(lambda text: f"tma {text}"),
)
QUERIES = st.none() | st.dictionaries(st.sampled_from(["period", "x"]), TEXT | st.just("all"), max_size=2)


@pytest.fixture(scope="module")
def shared_game() -> Game:
    return memory_game()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.id)
@given(body=BODIES, headers=HEADERS, query=QUERIES, encoded=st.booleans(), known=st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_operation_given_anything_answers_in_form(
    shared_game: Game,
    operation: Operation,
    body: str | None,
    headers: dict[str, str],
    query: dict[str, str] | None,
    encoded: bool,
    known: bool,
) -> None:
    identity = identity_for(operation, shared_game.sign_in(1, SESSION)) if known else {}
    event = api_event(operation.method, operation.path, body, {**headers, **identity}, query)
    answer = shared_game.send(FUNCTION_OF[operation.id], {**event, "isBase64Encoded": encoded})
    if answer.status in (operation.status, *operation.other_statuses):
        assert answer.body is None or isinstance(answer.body, dict)
    else:
        assert_refused(answer)
        assert answer.status in {*operation.errors, 404}


def message(**changes: Any) -> dict[str, Any]:
    user = {"id": 5, "is_bot": False, "first_name": "Ada"}
    base = {
        "message_id": 1,
        "date": 1_800_000_000,
        "chat": {"id": 5, "type": "private"},
        "from": user,
        "text": "/start",
    }
    return {"update_id": 1, "message": {**base, **changes}}


FIELDS = ["date", "chat", "from", "text", "entities", "reply_to_message", "photo", "message_id", "via_bot", "self"]
USER_FIELDS = ["id", "is_bot", "first_name", "last_name", "language_code", "username"]


@given(
    st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=2).map(lambda changes: message(**changes))
    | st.dictionaries(st.sampled_from(USER_FIELDS), JSON, max_size=2).map(
        lambda changes: message(**{"from": {"id": 5, "is_bot": False, "first_name": "Ada", **changes}})
    )
    | st.dictionaries(st.sampled_from(["id", "type", "title"]), JSON, max_size=2).map(
        lambda changes: message(chat={"id": 5, "type": "private", **changes})
    )
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_webhook_given_nearly_an_update_answers_in_form(update: dict[str, Any]) -> None:
    game = memory_game()
    operation = next(o for o in OPERATIONS if o.auth is Auth.WEBHOOK_SECRET)
    headers = {"X-Telegram-Bot-Api-Secret-Token": game.stores.settings.telegram_webhook_secret}
    answer = game.send("webhook", api_event(operation.method, operation.path, json.dumps(update), headers))
    if answer.status != 200:
        assert_refused(answer, 400)
