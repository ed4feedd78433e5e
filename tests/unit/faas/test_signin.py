"""initData, and signing in test players."""

import hashlib
import hmac
import io
import json
from typing import Any
from urllib.parse import parse_qsl

import pytest
from faas.initdata import make_init_data
from faas.signin import SignIn

TOKEN = "1234567890:" + "a" * 35
NOW_S = 1_760_000_000
PATH = "/dev/init-data"
GOOD = b'{"id": 42, "first_name": "T", "username": "t"}'


def check(init_data: str) -> dict[str, str]:
    """Validate as Telegram's page says, written here a second time; return the fields."""
    fields = dict(parse_qsl(init_data, keep_blank_values=True, strict_parsing=True))
    given = fields.pop("hash")
    text = "\n".join(sorted(f"{name}={value}" for name, value in fields.items()))
    key = hmac.digest(b"WebAppData", TOKEN.encode(), "sha256")
    assert hmac.new(key, text.encode(), hashlib.sha256).hexdigest() == given
    return fields


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


def test_init_data_passes_telegrams_check_with_any_name() -> None:
    user = {"id": 1, "first_name": 'Zoë "&=\n', "language_code": "en"}
    fields = check(make_init_data(user, TOKEN, auth_date_s=NOW_S, query_id="q", extra={"start_param": ""}))
    assert json.loads(fields["user"]) == user
    assert fields["auth_date"] == str(NOW_S)


def test_tests_get_init_data_as_json() -> None:
    status, _, body = call("POST", PATH, GOOD)
    assert status == 200
    assert json.loads(check(json.loads(body)["init_data"])["user"])["username"] == "t"


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"id": "1", "first_name": "x"}', b'{"id": 1}'])
def test_bad_input_is_400(body: bytes) -> None:
    assert call("POST", PATH, body)[0] == 400


@pytest.mark.parametrize(("method", "path"), [("GET", "/dev/"), ("POST", "/dev/"), ("GET", PATH)])
def test_there_is_nothing_else(method: str, path: str) -> None:
    assert call(method, path)[0] == 404


@pytest.mark.parametrize(
    "changes",
    [{"HTTP_HOST": "game.example.com"}, {"HTTP_X_FORWARDED_FOR": "1.2.3.4"}, {"HTTP_FORWARDED": "for=1.2.3.4"},
     {"HTTP_HOST": "localhost.example.com:8080"}, {"HTTP_HOST": ""}],
)  # fmt: skip
def test_who_does_not_come_from_this_machine_finds_nothing(changes: dict[str, str]) -> None:
    assert call("POST", PATH, GOOD, **changes)[0] == 404


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "[::1]:8080", "[::1]"])
def test_this_machine_has_several_names(host: str) -> None:
    assert call("POST", PATH, GOOD, HTTP_HOST=host)[0] == 200
