"""Function URLs of the embedded runtime: events in payload 2.0, CORS by the URL's configuration, answers."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import msgspec
import pytest
from tapstack_local.functions.watchdog import InvocationTimeout
from tapstack_local.gateway.function_urls import BODY_LIMIT, FunctionUrls, cors_headers, entry_event, event
from tapstack_local.gateway.proxy import of_environ
from tapstack_local.template.model import App, Cors

from .test_application import StubPool
from .test_proxy import environ, is_part

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "authorization",
    "Access-Control-Max-Age": "600",
}


class Called:
    """One request to the toy's URL, and what came back."""

    def __init__(self, app: App, handler: Callable[[dict[str, Any]], Any]) -> None:
        pools: Any = {"ApiFunction": StubPool(self._seen(handler))}
        self._urls = FunctionUrls(app, pools)
        self.event: dict[str, Any] = {}

    def _seen(self, handler: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
        def run(event: dict[str, Any]) -> Any:
            self.event = event
            return handler(event)

        return run

    def __call__(self, method: str, path: str, body: bytes = b"", **changes: Any) -> "Called":
        found = environ(REQUEST_METHOD=method, PATH_INFO=path, **{"wsgi.input": BytesIO(body)}, **changes)
        self.body = b"".join(self._urls(found, self._start))
        return self

    def _start(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.pairs, self.headers = int(status.split()[0]), headers, dict(headers)


def ok(_: dict[str, Any]) -> dict[str, Any]:
    return {"statusCode": 201, "headers": {"X-Toy": "1"}, "body": "{}", "cookies": ["a=b"]}


def test_request_arrives_in_payload_2_0(app: App) -> None:
    called = Called(app, ok)(
        "POST",
        "/_url/ApiFunctionUrl/echo/x",
        b'{"a": 1}',
        CONTENT_TYPE="application/json",
        QUERY_STRING="a=1&a=2",
        HTTP_COOKIE="a=b; c=d",
        HTTP_X_FORWARDED_FOR="9.9.9.9",
        REMOTE_ADDR="203.0.113.7",
    )
    assert (called.status, called.body, called.headers["X-Toy"]) == (201, b"{}", "1")
    assert ("Set-Cookie", "a=b") in called.pairs
    event = called.event
    assert (event["version"], event["rawPath"], event["rawQueryString"]) == ("2.0", "/echo/x", "a=1&a=2")
    assert (event["body"], event["isBase64Encoded"], event["cookies"]) == ('{"a": 1}', False, ["a=b", "c=d"])
    assert event["headers"]["content-type"] == "application/json"
    assert event["headers"]["x-forwarded-for"] == "203.0.113.7"
    assert event["requestContext"]["http"]["sourceIp"] == "203.0.113.7"
    assert event["requestContext"]["http"]["method"] == "POST"
    assert "httpMethod" not in event


def test_body_of_no_text_type_arrives_as_base64_and_none_is_absent(app: App) -> None:
    called = Called(app, ok)("POST", "/_url/ApiFunctionUrl/", b"\xff\x00", CONTENT_TYPE="application/octet-stream")
    assert (called.event["body"], called.event["isBase64Encoded"]) == ("/wA=", True)
    assert "body" not in Called(app, ok)("POST", "/_url/ApiFunctionUrl/").event


def test_preflight_is_answered_without_the_function(app: App) -> None:
    called = Called(app, ok)("OPTIONS", "/_url/ApiFunctionUrl/clicks", HTTP_ORIGIN="https://page.example")
    assert (called.status, called.headers, called.event) == (200, CORS, {})


def test_every_answer_has_the_urls_cors_headers_and_those_of_the_function_twice(app: App) -> None:
    """As on AWS, where a browser then refuses the answer."""
    own = {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": ""}
    called = Called(app, lambda _: own)("POST", "/_url/ApiFunctionUrl/clicks")
    assert [value for name, value in called.pairs if name == "Access-Control-Allow-Origin"] == ["*", "*"]
    assert called.headers.items() >= CORS.items()


def test_cors_of_named_origins_names_the_one_that_asks() -> None:
    cors = Cors(origins=["https://a"], methods=[], headers=[], exposed=["etag"], credentials=True, max_age_s=0)
    assert dict(cors_headers(cors, "https://a")) == {
        "Access-Control-Allow-Origin": "https://a",
        "Vary": "Origin",
        "Access-Control-Expose-Headers": "etag",
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Max-Age": "0",
    }
    assert cors_headers(cors, "https://b") == cors_headers(cors, "") == []


def test_url_without_cors_passes_preflights_on_and_adds_nothing(app: App) -> None:
    bare = msgspec.structs.replace(app, urls=[msgspec.structs.replace(app.urls[0], cors=None)])
    called = Called(bare, ok)("OPTIONS", "/_url/ApiFunctionUrl/")
    assert called.status == 201
    assert not [name for name in called.headers if name.startswith("Access-Control-")]


@pytest.mark.parametrize("result", [{"message": 1}, ["a"], "text", None])
def test_answer_without_a_status_is_a_body(app: App, result: Any) -> None:
    called = Called(app, lambda _: result)("POST", "/_url/ApiFunctionUrl/")
    assert (called.status, json.loads(called.body)) == (200, result)


def test_unknown_urls_are_404_and_bodies_over_6_mb_413(app: App) -> None:
    for path in ("/_url/", "/_url/Nope/clicks", "/_url/ApiFunctionUrlX/"):
        assert Called(app, ok)("POST", path).status == 404
    called = Called(app, ok)("POST", "/_url/ApiFunctionUrl/", b"x" * (BODY_LIMIT + 1))
    assert (called.status, called.event) == (413, {})
    assert called.headers.items() >= CORS.items()


@pytest.mark.parametrize("failure", [RuntimeError("x"), SystemExit(1), InvocationTimeout()])
def test_function_that_fails_is_502_in_the_one_form(app: App, failure: BaseException) -> None:
    def fail(_: dict[str, Any]) -> None:
        raise failure

    called = Called(app, fail)("POST", "/_url/ApiFunctionUrl/")
    assert (called.status, json.loads(called.body)["error"]["code"]) == (502, "internal_error")
    assert called.headers.items() >= CORS.items()
    assert Called(app, lambda _: {"statusCode": "x"})("POST", "/_url/ApiFunctionUrl/").status == 502


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        (b'{"a":1}', {}),
        (b"", {"QUERY_STRING": "a=1&a=2"}),
        (b"\xff", {"CONTENT_TYPE": "image/png", "HTTP_X_FORWARDED_FOR": "10.0.0.1"}),
    ],
)
def test_event_of_an_entry_says_what_the_handler_s_says(app: App, body: bytes, changes: dict[str, str]) -> None:
    request = of_environ(environ(**changes))
    whole = event(request, app.urls[0], "/x", body, "request-1")
    made = entry_event(request, "/x", body, "request-1")
    assert made["headers"] == whole["headers"]
    assert is_part({name: value for name, value in made.items() if name != "body"}, whole)
    assert made["body"] == whole.get("body")
