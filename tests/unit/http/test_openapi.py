"""The description of the API is valid, whole, and true of the answers."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from support.calls import good_body, identity_for, send
from support.game import Answer, Game
from tapstack.api import OPERATIONS
from tapstack.http.openapi import document
from tapstack.http.operation import BODY_LIMIT, Auth
from tapstack.http.operation import AnyOperation as Operation

DOCUMENT = json.loads(json.dumps(document(OPERATIONS)))


def strict(schema: Any) -> Any:
    """A schema under which a field that is not described is a fault."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: strict(part) for name, part in schema.items()}
    if "properties" in schema and "additionalProperties" not in schema:
        closed["additionalProperties"] = False
    return closed


STRICT_COMPONENTS = strict(DOCUMENT["components"])


def validate(answer: Answer, operation: Operation) -> None:
    described = DOCUMENT["paths"][operation.path][operation.method.lower()]["responses"][str(answer.status)]
    if "content" not in described:
        assert answer.body is None
        return
    if operation.media_type != "application/json" and answer.status < 300:
        assert answer.headers["Content-Type"] in described["content"]
        return
    schema = strict(described["content"]["application/json"]["schema"])
    validator = jsonschema.Draft202012Validator({**schema, "components": STRICT_COMPONENTS})
    validator.validate(answer.body)


def refs(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*(refs(part) for part in value.values()))
    return set().union(*(refs(part) for part in value)) if isinstance(value, list) else set()


def test_document_is_valid_openapi() -> None:
    import schemathesis  # only here: it takes half a second

    schema = schemathesis.openapi.from_dict(copy.deepcopy(DOCUMENT))
    schema.validate()
    found: list[Any] = [operation.ok() for operation in schema.get_all_operations()]  # type: ignore[union-attr]
    assert {operation.label for operation in found} == {f"{o.method} {o.path}" for o in OPERATIONS}


def test_document_refers_to_nothing_that_is_not_in_it() -> None:
    assert refs(DOCUMENT) <= {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]}


def test_document_has_every_operation_with_its_own_id_and_every_answer_explained() -> None:
    found = [o for path in DOCUMENT["paths"].values() for o in path.values()]
    assert sorted(o["operationId"] for o in found) == sorted({o.id for o in OPERATIONS})
    for operation in found:
        assert all(answer["description"] for answer in operation["responses"].values())


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.id)
def test_operation_names_the_refusals_that_its_kind_can_meet(operation: Operation) -> None:
    if operation.auth is not Auth.NONE:
        assert 401 in operation.errors
    if operation.request:
        assert {400, 413} <= set(operation.errors)
        assert operation.body_limit >= BODY_LIMIT
    if operation.query:
        assert 400 in operation.errors


@pytest.fixture
def game_of_two(game: Game) -> Game:
    """Two players, one with a username, both on the board."""
    ada, bob = game.sign_in(1), game.sign_in(2)
    ada.tap(3)
    bob.tap(2)
    game.call("players", "PATCH", "/players/me", {"username": "bob"}, headers=bob.headers)
    return game


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.id)
def test_answer_of_an_operation_is_as_described(game_of_two: Game, operation: Operation) -> None:
    ada = game_of_two.sign_in(1)
    answer = send(
        game_of_two, operation, good_body(operation) if operation.request else None, identity_for(operation, ada)
    )
    assert answer.status == operation.status
    validate(answer, operation)


def test_answer_that_differs_from_its_description_is_found(game_of_two: Game) -> None:
    """The check above can fail: a field of another type, one too few, one too many."""
    operation = next(o for o in OPERATIONS if o.id == "getLeaderboard")
    good = send(game_of_two, operation, None, {}).body
    for bad in (
        {**good, "version": "1"},
        {k: v for k, v in good.items() if k != "entries"},
        {**good, "telegram_id": 1},
        {**good, "entries": [{**good["entries"][0], "extra": 1}]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            validate(Answer(200, {}, bad), operation)


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.auth is not Auth.NONE], ids=lambda o: o.id)
def test_refusal_of_an_operation_is_as_described(game_of_two: Game, operation: Operation) -> None:
    validate(send(game_of_two, operation, {}, {}), operation)


def test_other_successes_of_operations_are_as_described(game_of_two: Game) -> None:
    by_id = {o.id: o for o in OPERATIONS}
    ada = game_of_two.sign_in(1)
    again = send(
        game_of_two, by_id["openSession"], {"session_id": ada.session_id}, identity_for(by_id["openSession"], ada)
    )
    assert again.status == 200
    validate(again, by_id["openSession"])
    etag = send(game_of_two, by_id["getLeaderboard"], None, {}).headers["ETag"]
    unchanged = send(game_of_two, by_id["getLeaderboard"], None, {"If-None-Match": etag})
    assert unchanged.status == 304
    validate(unchanged, by_id["getLeaderboard"])


def test_document_served_is_the_document(game: Game) -> None:
    assert game.call("leaderboard", "GET", "/openapi.json").body == DOCUMENT
