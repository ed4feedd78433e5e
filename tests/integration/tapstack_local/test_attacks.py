"""What a page in a browser, a few sockets or another process on this machine can do to a running game: nothing.

Requests carry the headers that a browser would send.
"""

from __future__ import annotations

import http.client
import json
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
import redis
from tapstack_local.testing import Game

from .conftest import TOY

PATIENCE_S = 20
"""How long an innocent waits at most: on a busy machine an answer takes seconds, a blocked server never answers."""

THREADS = 4
WORKERS = 2
SLIDE = 8 * 1024 * 1024


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Game]:
    folder = tmp_path_factory.mktemp("attacked")
    root = Path(shutil.copytree(TOY, folder / "root"))
    dist = root / "miniapp" / "dist"
    dist.mkdir(parents=True)
    (dist / "big.bin").write_bytes(bytes(SLIDE))
    settings = {"WEB_WORKERS": str(WORKERS), "WEB_THREADS": str(THREADS)}
    with Game(root, folder / "state", settings) as game:
        yield game


def send(address: str, method: str, path: str, headers: Mapping[str, str], body: str = "") -> tuple[int, Any, str]:
    """One request exactly as given; status, headers, body."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE_S)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in ({"Host": urlsplit(address).netloc} | dict(headers)).items():
            connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body.encode())
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        connection.close()


# The AWS emulator

DYNAMODB = {"X-Amz-Target": "DynamoDB_20120810.ListTables", "Content-Type": "application/x-amz-json-1.0"}
PAGE = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}


def signed(key: str) -> dict[str, str]:
    scope = f"{key}/20261121/us-east-1/dynamodb/aws4_request"
    return {"Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"}


@pytest.mark.parametrize(
    ("method", "path", "headers", "body"),
    [
        ("POST", "/_ministack/reset", PAGE, ""),
        ("POST", "/_ministack/reset", {"Content-Type": "text/plain"}, "a=b"),
        ("POST", "/_ministack/config", {"Content-Type": "application/x-www-form-urlencoded"}, "a=b"),
        ("GET", "/_ministack/sqs/messages", {}, ""),
        ("OPTIONS", "/", PAGE | {"Access-Control-Request-Method": "POST"}, ""),
        ("POST", "/", DYNAMODB | PAGE | signed("local"), "{}"),
        ("POST", "/", DYNAMODB | signed("local"), "{}"),
        ("POST", "/", DYNAMODB, "{}"),
        ("GET", "/?Action=ListQueues&X-Amz-Credential=local%2F20261121%2Fus-east-1%2Fsqs%2Faws4_request", {}, ""),
        ("GET", "/_ministack/health", PAGE, ""),
        ("GET", "/_ministack/health", {"Host": "evil.example"}, ""),
    ],
)
def test_emulator_refuses_pages_forms_and_strangers(
    attacked: Game, method: str, path: str, headers: Mapping[str, str], body: str
) -> None:
    dynamodb = boto3.client("dynamodb", **attacked.client_arguments())
    before = dynamodb.list_tables()["TableNames"]
    status, answered, _ = send(attacked.aws_endpoint_url, method, path, headers, body)
    assert status == 403
    assert not [name for name in answered if name.lower().startswith("access-control-")]
    assert before
    assert dynamodb.list_tables()["TableNames"] == before


@pytest.mark.parametrize("more", [PAGE, {"Host": "evil.example"}, {"Host": "evil.example:80"}, {"Origin": "null"}])
def test_emulator_refuses_a_page_that_knows_the_key(attacked: Game, more: Mapping[str, str]) -> None:
    key = attacked.secret("AWS_ACCESS_KEY_ID")
    assert send(attacked.aws_endpoint_url, "POST", "/", {**DYNAMODB, **signed(key), **more}, "{}")[0] == 403


def test_emulator_lets_no_page_read_what_the_game_asks(attacked: Game) -> None:
    headers = DYNAMODB | signed(attacked.secret("AWS_ACCESS_KEY_ID"))
    status, answered, body = send(attacked.aws_endpoint_url, "POST", "/", headers, "{}")
    assert status == 200, body
    assert not [name for name in answered if name.lower().startswith("access-control-")]


def test_emulator_takes_a_presigned_request_of_this_game(attacked: Game) -> None:
    sqs = boto3.client("sqs", **attacked.client_arguments())
    url = sqs.generate_presigned_url("list_queues", HttpMethod="GET")
    parts = urlsplit(url)
    assert send(attacked.aws_endpoint_url, "GET", f"{parts.path or '/'}?{parts.query}", {})[0] != 403


def test_redis_wants_this_games_password(attacked: Game) -> None:
    parts = urlsplit(attacked.redis_url)
    with redis.Redis(host=str(parts.hostname), port=int(parts.port or 0)) as stranger:
        with pytest.raises(redis.AuthenticationError):
            stranger.ping()


# Sockets

HALF = b"POST /echo/x HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
CHUNKED = b"POST /echo/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"
HEADERS = b"GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
EXPECTING = HALF.replace(b"Content-Type", b"Expect: 100-continue\r\nContent-Type")[:-1]


@contextmanager
def sockets(game: Game, count: int, sent: bytes) -> Iterator[list[socket.socket]]:
    """Connections that have sent something and then wait."""
    with ExitStack() as stack:
        opened = []
        for _ in range(count):
            one = socket.create_connection(("127.0.0.1", int(game.settings["PORT"])), timeout=PATIENCE_S)
            opened.append(stack.enter_context(one))
            one.sendall(sent)
        yield opened


def innocents_are_served(game: Game, requests: int = 20) -> None:
    for number in range(requests):
        assert game.request("GET", "/health", timeout_s=PATIENCE_S).status == 200
        headers = {"Content-Type": "application/json"}
        answer = game.request("POST", f"/echo/n{number}", b'{"a":1}', headers, timeout_s=PATIENCE_S)
        assert answer.json()["body"] == {"a": 1}


@pytest.mark.parametrize("sent", [HALF, CHUNKED, EXPECTING, HEADERS], ids=["body", "chunks", "expect", "headers"])
def test_requests_that_never_end_keep_nobody_waiting(attacked: Game, sent: bytes) -> None:
    with sockets(attacked, 8 * WORKERS * THREADS, sent):
        innocents_are_served(attacked)


def test_a_thousand_idle_connections_keep_nobody_waiting(attacked: Game) -> None:
    with sockets(attacked, 1_000, b""):
        innocents_are_served(attacked)


def test_slow_readers_of_large_answers_keep_nobody_waiting(attacked: Game) -> None:
    with sockets(attacked, 8 * WORKERS * THREADS, b"GET /app/big.bin HTTP/1.1\r\nHost: localhost\r\n\r\n") as slow:
        innocents_are_served(attacked)
        # The one who reads after all gets all of it.
        received = 0
        with slow[0].makefile("rb") as answer:
            assert answer.readline().startswith(b"HTTP/1.1 200")
            while answer.readline() != b"\r\n":
                pass
            while received < SLIDE and (block := answer.read(min(65_536, SLIDE - received))):
                received += len(block)
        assert received == SLIDE


@pytest.mark.parametrize("sent", [HALF, CHUNKED], ids=["body", "chunks"])
def test_a_body_that_does_not_come_is_given_up(attacked: Game, sent: bytes) -> None:
    with sockets(attacked, 1, sent) as (one,), one.makefile("rb") as answer:
        assert answer.readline().startswith(b"HTTP/1.1 408")
        # The connection ends with it.
        assert b'"request_timeout"' in answer.read()


def test_large_bodies_that_do_not_come_leave_room_for_small_ones(attacked: Game) -> None:
    large = HALF.replace(b"Content-Length: 100", b"Content-Length: 10000000")
    with sockets(attacked, 64, large) as opened:
        innocents_are_served(attacked)
        opened[-1].settimeout(PATIENCE_S)
        assert opened[-1].recv(20).startswith((b"HTTP/1.1 503", b"HTTP/1.1 408"))


def test_a_request_in_pieces_and_pipelined_ones_are_answered(attacked: Game) -> None:
    with sockets(attacked, 1, HALF.replace(b"100", b"7")[:-1] + b'{"a"') as (one,):
        innocents_are_served(attacked, 1)
        one.sendall(b":1}" + b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        with one.makefile("rb") as answer:
            everything = answer.read()
    assert everything.count(b"HTTP/1.1 200") == 2
    assert b'"body":{"a":1}' in everything


def test_an_unfinished_body_does_not_hold_up_a_stop(toy: Game) -> None:
    toy.start()
    with sockets(toy, 32, HALF):
        innocents_are_served(toy, 1)
        toy.stop()
    log = (toy.state_dir / "logs" / "server.log").read_text()
    assert "killed" not in log.lower()


# Signing in


def test_nobody_is_signed_in_where_the_game_has_no_telegram_of_its_own(attacked: Game) -> None:
    body = json.dumps({"id": 1, "first_name": "Eve"}).encode()
    assert attacked.request("POST", "/dev/init-data", body).status == 404
