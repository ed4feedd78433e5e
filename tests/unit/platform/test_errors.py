"""Every refusal has a status and one form."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tapstack.http.errors import STATUS, render
from tapstack.platform import errors
from tapstack.platform.errors import GameError

LAYER = Path(errors.__file__).parents[1]
CODE = re.compile(r"[a-z][a-z0-9_]*")


def classes(of: type[GameError] = GameError) -> set[type[GameError]]:
    return {of}.union(*(classes(below) for below in of.__subclasses__()))


def raised() -> set[str]:
    """The names of all errors.* classes that some line of the layer calls."""
    names = {c.__name__ for c in classes()}
    calls = set()
    for path in LAYER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                calls.add(node.func.id)
    return calls


def make(kind: type[GameError], **data: Any) -> GameError:
    if issubclass(kind, errors.Retryable):
        return kind("wait", retry_after_s=7, **data)
    return kind("no", **data)


def test_every_error_that_is_raised_has_a_status() -> None:
    assert {"BadRequest", "Conflict", "StoreUnavailable"} <= raised()
    assert raised() <= {kind.__name__ for kind in STATUS}


def test_every_leaf_of_the_tree_has_a_status_of_its_own() -> None:
    leaves = {kind for kind in classes() if not kind.__subclasses__()}
    assert leaves == set(STATUS)
    assert len(set(STATUS.values())) == len(STATUS)
    assert all(400 <= status < 500 or status == 503 for status in STATUS.values())


def test_the_tree_drawn_is_the_tree() -> None:
    drawn = dict(re.findall(r"[├└]── (\w+) +(\d+)", errors.__doc__ or ""))
    assert drawn == {kind.__name__: str(status) for kind, status in STATUS.items()}


@pytest.mark.parametrize("kind", sorted(STATUS, key=str))
def test_render_any_refusal_gives_the_one_form(kind: type[GameError]) -> None:
    status, body, headers = render(make(kind, field="username"))
    assert status == STATUS[kind]
    form = msgspec.json.decode(msgspec.json.encode(body))
    assert set(form) == {"error"}
    assert set(form["error"]) == {"code", "message", "data"}
    assert CODE.fullmatch(form["error"]["code"])
    waits = issubclass(kind, errors.Retryable)
    assert form["error"]["data"] == {"field": "username", **({"retry_after_ms": 7_000} if waits else {})}
    assert headers == ({"Retry-After": "7"} if waits else {})


@pytest.mark.parametrize("wait_s", [-5, 0, 1])
def test_retry_after_is_never_less_than_a_second(wait_s: int) -> None:
    """0 would call for a retry at once, from everybody together."""
    assert render(errors.StoreUnavailable("unavailable", retry_after_s=wait_s))[2] == {"Retry-After": "1"}


def test_a_code_of_its_own_replaces_that_of_the_class() -> None:
    assert render(errors.Conflict("taken", code="username_taken"))[1].error.code == "username_taken"
