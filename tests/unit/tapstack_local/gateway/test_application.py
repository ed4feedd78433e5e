"""The gateway's own answers: routing, errors, limits, mounts."""

import io
import json
import logging
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from tapstack_local.gateway.application import BODY_LIMIT, Gateway
from tapstack_local.template.model import App

from .test_proxy import environ


class StubPool:
    """A function whose handler is given."""

    def __init__(self, handler: Callable[[dict[str, Any]], Any]) -> None:
        self._handler = handler

    def invoke(self, event: dict[str, Any], _request_id: str) -> Any:
        return self._handler(event)


def echo(event: dict[str, Any]) -> dict[str, Any]:
    seen = {name: event[name] for name in ("resource", "path", "httpMethod", "pathParameters", "body")}
    return {"statusCode": 200, "body": json.dumps(seen)}


class Called:
    def __init__(self, app: App, handler: Callable[[dict[str, Any]], Any] = echo) -> None:
        pools: Any = {"ApiFunction": StubPool(handler)}
        self.gateway = Gateway(app, pools, {"/app/": mounted}, {"/": "/dev/"})

    def __call__(self, method: str, path: str, **changes: Any) -> "Called":
        self.body = b"".join(self.gateway(environ(REQUEST_METHOD=method, PATH_INFO=path, **changes), self._start))
        return self

    def _start(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = int(status.split()[0]), dict(headers)

    @property
    def code(self) -> str:
        error = json.loads(self.body)["error"]
        assert set(error) == {"code", "message", "data"}
        return str(error["code"])


def mounted(env: dict[str, Any], start: Any) -> Iterable[bytes]:
    start("200 -", [])
    return [b"mounted " + env["PATH_INFO"].encode()]


def test_constant_and_parameter_paths_reach_the_function(app: App) -> None:
    assert json.loads(Called(app)("GET", "/health").body)["pathParameters"] is None
    found = json.loads(Called(app)("PUT", "/echo/a b").body)
    assert (found["resource"], found["pathParameters"]) == ("/echo/{name}", {"name": "a b"})
    greedy = json.loads(Called(app)("GET", "/files/a/b.txt").body)
    assert greedy["pathParameters"] == {"path": "a/b.txt"}


def test_path_is_utf8_although_wsgi_says_latin1(app: App) -> None:
    found = json.loads(Called(app)("GET", "/echo/" + "é".encode().decode("latin-1")).body)
    assert found["pathParameters"] == {"name": "é"}


def test_unknown_path_and_wrong_method_have_the_one_error_form(app: App) -> None:
    missing = Called(app)("GET", "/nope")
    assert (missing.status, missing.code) == (404, "not_found")
    assert missing.headers["Access-Control-Allow-Origin"] == "*"
    wrong = Called(app)("DELETE", "/health")
    assert (wrong.status, wrong.code, wrong.headers["Allow"]) == (405, "method_not_allowed", "GET, OPTIONS")


def test_head_is_get_without_a_body(app: App) -> None:
    called = Called(app)("HEAD", "/health")
    assert (called.status, called.body) == (200, b"")


def test_preflight_is_answered_without_the_function(app: App) -> None:
    called = Called(app, lambda _: pytest.fail("invoked"))("OPTIONS", "/health")
    assert called.status == 200
    assert called.headers["Access-Control-Allow-Headers"] == "Content-Type,Authorization"


def test_mounts_and_redirects(app: App) -> None:
    assert Called(app)("GET", "/app/x").body == b"mounted /app/x"
    assert Called(app)("GET", "/app").headers["Location"] == "/app/"
    assert Called(app)("GET", "/apple").status == 404
    home = Called(app)("GET", "/")
    assert (home.status, home.headers["Location"]) == (302, "/dev/")


@pytest.mark.parametrize("lengths", [{"CONTENT_LENGTH": str(BODY_LIMIT + 1)}, {"HTTP_TRANSFER_ENCODING": "chunked"}])
def test_a_body_over_the_limit_is_413_with_and_without_a_length(app: App, lengths: dict[str, str]) -> None:
    body = io.BytesIO(b"x" * (BODY_LIMIT + 1))
    called = Called(app)("POST", "/enqueue", **{"wsgi.input": body}, **lengths)
    assert (called.status, called.code) == (413, "body_too_large")


def test_a_body_at_the_limit_arrives(app: App) -> None:
    body = io.BytesIO(b"x" * BODY_LIMIT)
    called = Called(app)("POST", "/enqueue", **{"wsgi.input": body}, CONTENT_LENGTH=str(BODY_LIMIT))
    assert len(json.loads(called.body)["body"]) == BODY_LIMIT


def crash(_event: dict[str, Any]) -> None:
    raise RuntimeError("told to")


def leave(_event: dict[str, Any]) -> None:
    raise SystemExit(3)


@pytest.mark.parametrize("handler", [crash, leave, lambda _: "no object", lambda _: None])
def test_a_crash_or_a_malformed_answer_is_502_and_logged_with_the_request(
    app: App, handler: Callable[[dict[str, Any]], Any], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "tapstack_local.gateway"):
        called = Called(app, handler)("GET", "/health")
    assert (called.status, called.code) == (502, "internal_error")
    request_id = json.loads(called.body)["error"]["data"]["request_id"]
    assert request_id in caplog.text
    assert b"told to" not in called.body


SAFE = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
}


def divide_by_zero(_: dict[str, Any]) -> Any:
    raise ZeroDivisionError


def test_own_answers_are_no_pages_to_a_browser(app: App) -> None:
    """A path that is not there, a method, a body that is too large, a function that breaks."""
    answers = [
        Called(app)("GET", "/nowhere"),
        Called(app)("PATCH", "/health"),
        Called(app)("POST", "/echo/a", CONTENT_LENGTH=str(BODY_LIMIT + 1)),
        Called(app, divide_by_zero)("GET", "/health"),
    ]
    for answer in answers:
        assert answer.status >= 400
        assert {name: answer.headers[name] for name in SAFE} == SAFE


def test_header_that_the_template_gives_errors_wins(app: App) -> None:
    app.api.headers_4xx["content-security-policy"] = "sandbox"
    answer = Called(app)("GET", "/nowhere")
    assert answer.headers["content-security-policy"] == "sandbox"
    assert "Content-Security-Policy" not in answer.headers
