"""Whatever is sent to an operation, the answer is its own or a 4xx in the one form."""

from __future__ import annotations

import base64
import functools
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from support.calls import FUNCTION_OF, assert_refused, identity_for
from support.examples import examples
from support.fakes.ports import MemoryGame, memory_game
from support.game import api_event
from tapstack.api import OPERATIONS
from tapstack.http.openapi import document
from tapstack.http.operation import AnyOperation as Operation
from tapstack.http.operation import Auth

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
HEADER_NAMES = [
    *("Authorization", "authorization", "If-None-Match", "Content-Type", "X-Telegram-Bot-Api-Secret-Token"),
    *("X-Forwarded-For", "X-Edge", "Content-Length", "Transfer-Encoding", "Accept", "Origin", "Host", "\ud800"),
]
HEADERS = st.dictionaries(
    st.sampled_from(HEADER_NAMES),
    TEXT
    | TEXT.map(lambda text: f"Bearer {text}")
    | TEXT.map(lambda text: f"tma {text}")
    | st.lists(st.ip_addresses().map(str) | TEXT, max_size=4).map(", ".join),
)
QUERY_NAMES = sorted({"x", "", *(name for o in OPERATIONS for name in (*o.query, *o.texts))})
DIGITS = st.integers(-(10**30), 10**30).map(str)
QUERY_VALUES = st.one_of(
    TEXT,
    DIGITS,
    st.sampled_from(["", "all", "day", "week", "month", "tree", "direct", "0", "1", "100", "101", "IiI", "0" * 5_000]),
    st.sampled_from(["2026-11-21", "2026-W47", "2026-11", "0000-00-00", "9999-12-31", "2026-W99", "2026-02-30"]),
    st.sampled_from(["\u0661", "\uff11", "1\n", "2026-11-21\n", "\u0662\u0660\u0662\u0666-11-21"]),
    st.binary(max_size=40).map(lambda raw: base64.urlsafe_b64encode(raw).decode().rstrip("=")),
    JSON.map(lambda value: base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")),
)
QUERIES = st.none() | st.dictionaries(st.sampled_from(QUERY_NAMES), QUERY_VALUES, max_size=4)
SOURCES = st.none() | st.ip_addresses().map(str) | TEXT


@pytest.fixture(scope="module")
def shared_game() -> MemoryGame:
    return memory_game()


@pytest.mark.parametrize("function", sorted(set(FUNCTION_OF.values())))
@given(body=BODIES, headers=HEADERS, query=QUERIES, source=SOURCES, encoded=st.booleans(), known=st.booleans())
@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_operations_given_anything_answer_in_form(
    shared_game: MemoryGame,
    function: str,
    body: str | None,
    headers: dict[str, str],
    query: dict[str, str] | None,
    source: str | None,
    encoded: bool,
    known: bool,
) -> None:
    """All operations of a function are sent the same: to draw it takes several times as long as to answer it."""
    for operation in OPERATIONS:
        if FUNCTION_OF[operation.id] != function:
            continue
        note(operation.id)
        identity = identity_for(operation, shared_game.sign_in(1, SESSION)) if known else {}
        event = api_event(operation.method, operation.path, body, {**headers, **identity}, query)
        event["requestContext"]["identity"]["sourceIp"] = source
        answer = shared_game.send(function, {**event, "isBase64Encoded": encoded})
        if answer.status in (operation.status, *operation.other_statuses):
            assert answer.body is None or isinstance(answer.body, dict)
        else:
            assert_refused(answer)
            assert answer.status in {*operation.errors, 404}


DOCUMENT = json.loads(json.dumps(document(OPERATIONS)))
TYPED = [o for o in OPERATIONS if o.request and o.auth is not Auth.WEBHOOK_SECRET]


def described(operation_id: str) -> dict[str, Any]:
    operation = next(one for one in OPERATIONS if one.id == operation_id)
    found: dict[str, Any] = DOCUMENT["paths"][operation.path][operation.method.lower()]
    return found


EXTRA = st.none() | st.booleans() | st.integers() | st.text()


def allowed(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a schema of the document allows, of the kinds of schema that requests have."""
    if "$ref" in schema:
        return allowed(DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return st.one_of(*map(allowed, schema["anyOf"]))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "propertyNames" in schema:
        return st.dictionaries(allowed(schema["propertyNames"]), allowed(schema["additionalProperties"]))
    if schema["type"] == "object":
        fields = {name: allowed(field) for name, field in schema["properties"].items()}
        required = {name: fields.pop(name) for name in schema.get("required", ())}
        return st.tuples(
            st.fixed_dictionaries(required, optional=fields), st.dictionaries(st.text(), EXTRA, max_size=2)
        ).map(lambda both: {**both[1], **both[0]})
    if schema["type"] in ("null", "boolean"):
        return st.none() if schema["type"] == "null" else st.booleans()
    if schema["type"] == "integer":
        return st.integers(schema.get("minimum"), schema.get("maximum"))
    assert schema["type"] == "string"
    if "pattern" not in schema:
        return st.text(min_size=schema.get("minLength", 0), max_size=min(schema["maxLength"], 100))
    return st.from_regex(schema["pattern"].replace("$", r"\Z")).filter(
        lambda text: schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", 10_000)
    )


@functools.cache
def allowed_bodies(operation_id: str) -> st.SearchStrategy[Any]:
    """Made once: Hypothesis takes longer to build and check a strategy than to draw from it."""
    return allowed(described(operation_id)["requestBody"]["content"]["application/json"]["schema"])


@functools.cache
def allowed_queries(operation_id: str) -> st.SearchStrategy[dict[str, Any]]:
    parameters = described(operation_id)["parameters"]
    return st.fixed_dictionaries({}, optional={each["name"]: allowed(each["schema"]) for each in parameters})


@pytest.mark.parametrize("operation", TYPED, ids=lambda o: o.id)
@given(data=st.data())
@settings(
    max_examples=examples(20),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_body_that_the_document_allows_is_taken(
    shared_game: MemoryGame, operation: Operation, data: st.DataObject
) -> None:
    """The description promises no more than the API takes; fields that it does not name are ignored.

    A body may be a proof of who sends it, which nothing that is made up is: 401. It may name what is not there, 404, or
    neither or both of two things, or a name that is none, which no schema here can say: 400, with the field.
    """
    body = data.draw(allowed_bodies(operation.id))
    shared_game.stores.play.live.clear()
    player = shared_game.sign_in(1, SESSION)
    answer = shared_game.send(
        FUNCTION_OF[operation.id],
        api_event(operation.method, operation.path, json.dumps(body), identity_for(operation, player)),
    )
    if answer.status == 400:
        field = answer.body["error"]["data"]["field"]
        assert field == BEYOND_A_SCHEMA.get(operation.id, "item")
        assert field != "item" or bool(body.get("item")) == bool(body.get("instance"))
        return
    assert answer.status in (operation.status, *operation.other_statuses, 401, 403, 404, 409, 410), (body, answer)


UNKNOWN = {"board_unknown", "not_found"}


BEYOND_A_SCHEMA = {"foundFaction": "name", "changeFaction": "colour"}
"""What may be wrong with a body that its description allows, but for things of which there must be one."""


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.query or o.texts], ids=lambda o: o.id)
@given(data=st.data())
@settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_query_that_the_document_allows_is_taken(
    shared_game: MemoryGame, operation: Operation, data: st.DataObject
) -> None:
    """But for a cursor or a card, which only the game gives out, and a name that is no day of any calendar."""
    query = data.draw(allowed_queries(operation.id))
    player = shared_game.sign_in(1, SESSION)
    identity = identity_for(operation, player)
    answer = shared_game.send(
        FUNCTION_OF[operation.id], api_event(operation.method, operation.path, None, identity, query)
    )
    if answer.status != operation.status:
        assert_refused(answer)
        field = answer.body["error"]["data"].get("field")
        assert field in {"cursor", "name"} & query.keys() or answer.body["error"]["code"] in UNKNOWN, answer


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
@settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_webhook_given_nearly_an_update_answers_in_form(update: dict[str, Any]) -> None:
    game = memory_game()
    operation = next(o for o in OPERATIONS if o.auth is Auth.WEBHOOK_SECRET)
    headers = {"X-Telegram-Bot-Api-Secret-Token": game.stores.settings.telegram.webhook_secret}
    answer = game.send("webhook", api_event(operation.method, operation.path, json.dumps(update), headers))
    if answer.status != 200:
        assert_refused(answer, 400)
