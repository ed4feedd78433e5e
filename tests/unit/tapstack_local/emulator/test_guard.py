"""Who passes the doors of the local servers: their Host, Origin and key."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tapstack_local import host_header
from tapstack_local.emulator.guard import Guard

KEY = "localkey"
SIGNED = f"AWS4-HMAC-SHA256 Credential={KEY}/20261121/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0"


async def nothing(*_: object) -> None:
    """The emulator, which no request of these tests reaches."""


def scope(path: str = "/", method: str = "POST", query: str = "", **headers: str) -> dict[str, Any]:
    given = {"host": "127.0.0.1:4566"} | {name.replace("_", "-"): value for name, value in headers.items()}
    raw = [(name.encode(), value.encode()) for name, value in given.items()]
    return {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": raw}


@pytest.mark.parametrize(
    "header",
    ["127.0.0.1", "127.0.0.1:80", "127.8.9.10:1", "localhost", "LocalHost:8080", "localhost.", "[::1]", "[::1]:8080",
     "game.localhost:1"],
)  # fmt: skip
def test_loopback_names_pass_every_door(header: str) -> None:
    assert host_header.names_us(header)


@pytest.mark.parametrize(
    "header",
    ["", "evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example", "evillocalhost",
     "127.0.0.1@evil.example", "127.0.0.1, evil.example", "[::1", "::1", "::1:80", "0.0.0.0:80", "[::]", "10.0.0.1",
     "2130706433", "127.1", "localhost:port", "localhost/", "l\u00f6calhost", "\u2460", "x" * 300, "localhost:123456"],
)  # fmt: skip
def test_other_names_pass_no_door(header: str) -> None:
    assert not host_header.names_us(header)


def test_names_that_the_user_allows_pass() -> None:
    more = host_header.parse_names("telegram, .Tunnel.example  other")
    named = ("telegram:8081", "TELEGRAM", "a.b.tunnel.example:443", "other")
    assert all(host_header.names_us(header, more) for header in named)
    others = ("tunnel.example.evil", "xtunnel.example", "telegram.evil")
    assert not any(host_header.names_us(header, more) for header in others)
    assert host_header.parse_names("") == frozenset()


def test_signed_requests_of_the_game_pass_the_emulators_guard() -> None:
    guard = Guard(nothing, KEY)
    assert guard.refusal(scope(authorization=SIGNED)) == ""
    assert guard.refusal(scope(method="GET", query=f"X-Amz-Credential={KEY}%2F20261121%2Fus-east-1%2Fsqs")) == ""
    assert guard.refusal(scope("/_ministack/health", "GET")) == ""
    assert guard.refusal(scope(authorization=SIGNED, sec_fetch_site="none")) == ""


@pytest.mark.parametrize(
    "request_",
    [
        scope(),
        scope(authorization=SIGNED.replace(KEY, "test")),
        scope(authorization=SIGNED.replace(KEY, KEY + "x")),
        scope(authorization="Bearer " + SIGNED),
        scope(authorization=""),
        scope(authorization=SIGNED.replace(KEY, "test"), query=f"X-Amz-Credential={KEY}/x"),
        scope(query=f"X-Amz-Credential={KEY}/x&X-Amz-Credential=test/x"),
        scope(query="&".join(f"a{n}=1" for n in range(200))),
        scope(authorization=SIGNED, origin="http://127.0.0.1:4566"),
        scope(authorization=SIGNED, origin="null"),
        scope(authorization=SIGNED, sec_fetch_site="cross-site"),
        scope(authorization=SIGNED, sec_fetch_site="same-origin"),
        scope(authorization=SIGNED, host="evil.example"),
        scope("/_ministack/reset", authorization=SIGNED),
        scope("/_ministack/health", authorization=SIGNED),
        scope("/_ministack/health", "GET", host="evil.example"),
        scope("/_localstack/state/reset", authorization=SIGNED),
        scope("/restapis/a/v1/_user_request_/health", "GET"),
        {**scope(), "headers": []},
        {**scope(authorization=SIGNED), "headers": [*scope(authorization=SIGNED)["headers"], (b"host", b"evil")]},
        {**scope(), "headers": [*scope()["headers"], *[(b"authorization", SIGNED.encode())] * 2]},
    ],
)
def test_everybody_else_is_refused(request_: dict[str, Any]) -> None:
    assert Guard(nothing, KEY).refusal(request_)


def test_without_a_key_pages_may_call_the_deployed_api_and_nothing_else() -> None:
    guard = Guard(nothing, "", ["localhost.localstack.cloud"])
    api = "/restapis/abc/v1/_user_request_/clicks"
    assert guard.refusal(scope(api, origin="https://page.example")) == ""
    assert guard.refusal(scope("/_aws/lambda-url/abc/clicks", origin="https://page.example")) == ""
    assert guard.refusal(scope("/_aws/lambda-url", origin="https://page.example"))
    assert Guard(nothing, KEY).refusal(scope("/_aws/lambda-url/abc/clicks"))
    assert guard.refusal(scope()) == ""
    assert guard.refusal(scope(host="localhost.localstack.cloud:4566")) == ""
    assert guard.refusal(scope(origin="https://page.example"))
    assert guard.refusal(scope(api, host="evil.example"))
    assert guard.refusal(scope("/_ministack/reset"))


def test_cors_headers_are_taken_out_and_sockets_closed() -> None:
    async def emulator(_scope: Any, _receive: Any, send: Any) -> None:
        headers = [(b"Access-Control-Allow-Origin", b"*"), (b"access-control-expose-headers", b"*"), (b"x", b"y")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})

    def sent(given: dict[str, Any]) -> dict[str, Any]:
        seen: list[dict[str, Any]] = []

        async def send(message: dict[str, Any]) -> None:
            seen.append(message)

        asyncio.run(Guard(emulator, KEY)(given, None, send))
        return seen[0]

    assert sent(scope(authorization=SIGNED))["headers"] == [(b"x", b"y")]
    assert sent(scope())["status"] == 403
    assert sent({**scope(authorization=SIGNED), "type": "websocket"})["type"] == "websocket.close"
