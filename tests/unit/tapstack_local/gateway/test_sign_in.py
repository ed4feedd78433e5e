"""Signing in test players."""

import io
import json
from typing import Any
from urllib.parse import parse_qsl

import pytest
from tapstack.telegram.init_data import verify
from tapstack_local.gateway.sign_in import SignIn

TOKEN = "1234567890:" + "a" * 35
NOW_S = 1_760_000_000
PATH = "/dev/init-data"
GOOD = b'{"id": 42, "first_name": "T", "username": "t"}'


def check(init_data: str) -> dict[str, str]:
    """Return the fields of initData that the game takes."""
    verify(init_data, [TOKEN], now_s=NOW_S, max_age_s=60)
    return dict(parse_qsl(init_data, keep_blank_values=True, strict_parsing=True))


def call(method: str, path: str, body: bytes = b"", **changes: Any) -> tuple[int, dict[str, str], bytes]:
    seen: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        seen.update(status=int(status.split()[0]), headers=dict(headers))

    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "HTTP_HOST": "localhost:8080",
        "wsgi.input": io.BytesIO(body),
    }
    page = SignIn(TOKEN, clock=lambda: NOW_S)
    content = b"".join(page({**environ, **changes}, start))
    return seen["status"], seen["headers"], content


def test_tests_get_init_data_as_json() -> None:
    status, _, body = call("POST", PATH, GOOD)
    assert status == 200
    assert json.loads(check(json.loads(body)["init_data"])["user"])["username"] == "t"


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"id": "1", "first_name": "x"}', b'{"id": 1}', b'{"id": 1, "first_name": ""}',
     b"[" * 8000, b'{"id": 1, "first_name": ' + b"[" * 8000, b'{"a":' * 1600 + b"1" + b"}" * 1600,
     b'{"id": 1, "first_name": "\\ud800"}', b'{"id": 1e400, "first_name": "x"}', b'{"id": true, "first_name": "x"}',
     b'{"id": -1, "first_name": "x"}', b'{"id": 1' + b"0" * 5000 + b', "first_name": "x"}', b"\xff",
     b'{"id": 1, "first_name": "x", "photo_url": "' + b"x" * 9000 + b'"}'],
)  # fmt: skip
def test_bad_input_is_400(body: bytes) -> None:
    assert call("POST", PATH, body)[0] == 400


@pytest.mark.parametrize(("method", "path"), [("GET", "/dev/"), ("POST", "/dev/"), ("GET", PATH)])
def test_there_is_nothing_else(method: str, path: str) -> None:
    assert call(method, path)[0] == 404


@pytest.mark.parametrize(
    "changes",
    [{"HTTP_HOST": "game.example.com"}, {"HTTP_X_FORWARDED_FOR": "1.2.3.4"}, {"HTTP_FORWARDED": "for=1.2.3.4"},
     {"HTTP_HOST": "localhost.example.com:8080"}, {"HTTP_HOST": ""}, {"HTTP_X_FORWARDED_PROTO": "https"},
     {"HTTP_X_REAL_IP": "1.2.3.4"}, {"HTTP_CF_CONNECTING_IP": "1.2.3.4"}, {"HTTP_VIA": "1.1 proxy"},
     {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}, {"HTTP_ORIGIN": "http://localhost:8081"},
     {"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_SEC_FETCH_SITE": "same-site"}],
)  # fmt: skip
def test_who_does_not_come_from_this_machine_finds_nothing(changes: dict[str, str]) -> None:
    assert call("POST", PATH, GOOD, **changes)[0] == 404


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "[::1]:8080", "[::1]"])
def test_this_machine_has_several_names(host: str) -> None:
    assert call("POST", PATH, GOOD, HTTP_HOST=host)[0] == 200


def test_page_of_the_game_itself_may_sign_in() -> None:
    own = {"HTTP_ORIGIN": "http://localhost:8080", "HTTP_SEC_FETCH_SITE": "same-origin"}
    assert call("POST", PATH, GOOD, **own)[0] == 200
