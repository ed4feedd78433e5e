"""Requests that come by function URLs: answered as the API answers them, whatever they hold."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.calls import OPERATION, good_body, identity_for, send
from support.fakes.ports import MemoryGame, memory_game
from support.game import Context
from support.servers import ROOT
from tapstack import composition
from tapstack.admin.operations import HEALTH
from tapstack.http import function_urls
from tapstack.http.app import create_app, serves
from tapstack.http.call import Reply
from tapstack.http.ports import AsyncHttpPorts

EVENTS = {path.stem: json.loads(path.read_text()) for path in (ROOT / "tests/fixtures/function_urls").glob("*.json")}
"""As AWS documents them, and as the emulators send them."""

NOT_AT_URLS = ("Access-Control-", "Content-Security-Policy", "Referrer-Policy", "Strict-Transport-Security")

HOT = {"recordTaps": "click", "heartbeat": "heartbeat"}


@pytest.fixture(autouse=True)
def own_container() -> Iterator[None]:
    yield
    composition.use(None)


def url_event(
    method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None, **changes: Any
) -> dict[str, Any]:
    """A function URL's event; a body that is no text is sent as JSON."""
    text = body if isinstance(body, str) else json.dumps(body)
    event: dict[str, Any] = json.loads(json.dumps(EVENTS["aws"]))
    event["requestContext"]["http"] |= {"method": method, "path": path}
    given_headers = {name.lower(): value for name, value in (headers or {}).items()}
    del event["headers"]["authorization"]
    return {**event, "rawPath": path, "headers": event["headers"] | given_headers, "body": text, **changes}


@pytest.mark.parametrize("source", sorted(EVENTS))
def test_event_of_every_source_counts_its_taps(game: MemoryGame, source: str) -> None:
    ada = game.sign_in(1)
    event = json.loads(json.dumps(EVENTS[source]).replace("Bearer TOKEN", ada.headers["Authorization"]))
    answer = game.send("click", event)
    assert (answer.status, answer.body["accepted"]) == (200, 7)
    assert game.send("click", event).body["accepted"] == 0
    assert ada.tap(7).body["accepted"] == 0, "the API knows the same watermark"


@pytest.mark.parametrize("operation", HOT)
def test_url_answers_what_the_api_answers_but_for_headers_that_it_adds_or_that_protect_pages(
    game: MemoryGame, operation: str
) -> None:
    """The URL adds its own; a browser refuses an answer with two."""
    ada = game.sign_in(1)
    found = OPERATION[operation]
    identity = identity_for(found, ada)
    for body, headers in (
        (good_body(found), identity),
        ({"taps": -1}, identity),
        (good_body(found), {}),
        ("{", identity),
    ):
        api = send(game, found, body, headers)
        url = game.send(HOT[operation], url_event("POST", found.path, body, headers))
        assert url.status == api.status
        if api.status != 200:
            assert url.body == api.body
        assert url.headers == {n: v for n, v in api.headers.items() if not n.startswith(NOT_AT_URLS)}


@pytest.mark.parametrize(
    "path",
    ["/", "", "/heartbeat", "/sessions", "//clicks", "/clicks/", "/Clicks", "/%63licks", "/./clicks", "/x/../clicks",
     "/clicks;v=1", "/clicks?x=1", "/clicks\x00", "/clicks#", "clicks", "\\clicks", "/v1/clicks", "/clicks\n",
     "/\ud800"],
)  # fmt: skip
def test_other_paths_are_404_in_the_one_form(game: MemoryGame, path: str) -> None:
    ada = game.sign_in(1)
    answer = game.send("click", url_event("POST", path, {"taps": 9}, ada.headers))
    assert (answer.status, answer.body["error"]["code"]) == (404, "not_found")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert ada.tap(0).body["taps"] == 0


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "post", "TRACE", "", "POST "])
def test_other_methods_are_405_and_name_the_one_that_is_taken(game: MemoryGame, method: str) -> None:
    answer = game.send("click", url_event(method, "/clicks", {"taps": 9}, game.sign_in(1).headers))
    assert (answer.status, answer.body["error"]["code"]) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "POST"


def test_body_is_read_whatever_its_type_says_and_no_further_than_8_kb(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "", "x" * 500):
        event = url_event("POST", "/clicks", {"taps": 3}, {**ada.headers, "content-type": kind})
        assert game.send("click", event).status == 200
    huge = '{"taps": 1, "pad": "' + "x" * 6_000_000 + '"}'
    encoded = base64.b64encode(huge.encode()).decode()
    for changes in ({"body": huge}, {"body": encoded, "isBase64Encoded": True}):
        answer = game.send("click", url_event("POST", "/clicks", headers=ada.headers, **changes))
        assert (answer.status, answer.body["error"]["code"]) == (413, "body_too_large")
    forged = {"Authorization": "Bearer " + "A" * 59}
    assert game.send("click", url_event("POST", "/clicks", huge, forged)).status == 401


@pytest.mark.parametrize("body", ["%%%", "e30", "\ud800", "é", base64.b64encode(b"\xff\xfe").decode()])
def test_body_that_is_no_base64_or_no_text_is_refused(game: MemoryGame, body: str) -> None:
    event = url_event("POST", "/clicks", body, game.sign_in(1).headers, isBase64Encoded=True)
    assert game.send("click", event).status == 400


def test_query_keeps_repeated_values_and_cookies_are_ignored() -> None:
    event = url_event("GET", "/health", rawQueryString="a=1&a=2&b=&c=%C3%A9", cookies=["a=b"])
    event["headers"]["cookie"] = "a=b"
    rest = function_urls.rest_event(event)
    assert rest["multiValueQueryStringParameters"] == {"a": ["1", "2"], "b": [""], "c": ["é"]}
    assert rest["queryStringParameters"] == {"a": "2", "b": "", "c": "é"}
    assert "cookie" not in rest["headers"]
    assert function_urls.rest_event({**event, "rawQueryString": ""})["multiValueQueryStringParameters"] is None
    many = "&".join(f"a{n}=1" for n in range(200))
    assert function_urls.rest_event({**event, "rawQueryString": many})["multiValueQueryStringParameters"] is None


@pytest.mark.parametrize("proxies", ["0", "1"])
def test_client_is_the_address_that_connected_whatever_headers_say(proxies: str) -> None:
    """Nobody stands before a URL: who believed X-Forwarded-For would count each request for another address."""
    game = memory_game(TRUSTED_PROXIES=proxies)
    event = url_event("GET", "/leaderboard", headers={"x-forwarded-for": "9.9.9.9, 8.8.8.8", "x-edge": ""})
    event["requestContext"]["http"]["sourceIp"] = "8.8.8.8"
    assert game.send("leaderboard", event).status == 200
    assert [who for _, who, _ in game.stores.limiter.spent] == ["8.8.8.8"]


def test_session_names_the_urls_where_the_deployment_has_them() -> None:
    urls = {"CLICK_URL": "https://a.lambda-url.eu-central-1.on.aws/", "HEARTBEAT_URL": "/_url/HeartbeatFunction/"}
    endpoints = {
        "clicks": "https://a.lambda-url.eu-central-1.on.aws/clicks",
        "heartbeat": "/_url/HeartbeatFunction/heartbeat",
    }
    assert memory_game(**urls).sign_in(1).opened["endpoints"] == endpoints
    half = memory_game(CLICK_URL=urls["CLICK_URL"]).sign_in(1).opened["endpoints"]
    assert half == {"clicks": endpoints["clicks"]}
    assert "endpoints" not in memory_game().sign_in(1).opened


def test_answer_with_lists_and_bytes_keeps_them() -> None:
    answer = {
        "statusCode": 200,
        "headers": {"ETag": '"x"', "access-control-allow-origin": "*"},
        "multiValueHeaders": {"Vary": ["a", "b"], "Access-Control-Expose-Headers": ["ETag"]},
        "body": "AAAA",
        "isBase64Encoded": True,
    }
    assert function_urls.url_answer(answer) == {
        "statusCode": 200,
        "headers": {"ETag": '"x"', "Vary": "a, b"},
        "body": "AAAA",
        "isBase64Encoded": True,
    }


def test_events_of_the_api_are_none_of_a_url(game: MemoryGame) -> None:
    assert not function_urls.is_from_url({"version": "1.0", "httpMethod": "POST"})
    assert not function_urls.is_from_url({"version": "2.0", "httpMethod": "POST"})
    assert game.sign_in(1).tap(1).headers["Access-Control-Allow-Origin"] == "*"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
PARTS = st.fixed_dictionaries(
    {},
    optional={
        "rawPath": JSON | st.just("/health"),
        "rawQueryString": JSON | st.text(),
        "headers": JSON | st.dictionaries(st.text(), JSON, max_size=4),
        "cookies": JSON,
        "body": JSON | st.text(),
        "isBase64Encoded": JSON | st.just(True),
        "requestContext": JSON
        | st.fixed_dictionaries({"http": JSON | st.fixed_dictionaries({"method": JSON | st.just("GET")})}),
    },
)


def nothing() -> AsyncHttpPorts:
    raise RuntimeError("no request gets this far with a good answer")


@given(PARTS)
def test_no_event_raises(parts: dict[str, Any]) -> None:
    app = create_app("test", nothing)
    serves(app, HEALTH)(lambda _: Reply())
    answer = app({"version": "2.0", **parts}, Context())
    assert answer["statusCode"] in (404, 405, 500)
    assert set(json.loads(answer["body"])) == {"error"}
