"""initData and the sign-in page."""

import hashlib
import hmac
import io
import json
from typing import Any
from urllib.parse import parse_qs, parse_qsl

import pytest
from faas.initdata import make_init_data
from faas.signin import PLAYERS, SignIn

TOKEN = "1234567890:" + "a" * 35
NOW_S = 1_760_000_000


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
    page = SignIn(TOKEN, "/app/", clock=lambda: NOW_S)
    content = b"".join(page({**environ, **changes}, start))
    return seen["status"], seen["headers"], content


def test_init_data_passes_telegrams_check_with_any_name() -> None:
    user = {"id": 1, "first_name": 'Zoë "&=\n', "language_code": "en"}
    fields = check(make_init_data(user, TOKEN, auth_date_s=NOW_S, query_id="q", extra={"start_param": ""}))
    assert json.loads(fields["user"]) == user
    assert fields["auth_date"] == str(NOW_S)


def test_page_lists_the_players_and_names_its_input() -> None:
    status, headers, body = call("GET", "/dev/")
    assert status == 200
    assert "script" not in body.decode()
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert all(first in body.decode() for _, first, _, _ in PLAYERS)
    assert '<label for="name">' in body.decode()


@pytest.mark.parametrize(("form", "name"), [(b"id=1001", "Ada"), ("first_name=Zoë".encode(), "Zoë")])
def test_choosing_a_player_opens_the_app_signed_in(form: bytes, name: str) -> None:
    status, headers, _ = call("POST", "/dev/", form)
    assert status == 303
    path, fragment = headers["Location"].split("#")
    launch = parse_qs(fragment, strict_parsing=True)
    assert path == "/app/"
    assert launch["tgWebAppVersion"] == ["9.1"]
    user = json.loads(check(launch["tgWebAppData"][0])["user"])
    assert user["first_name"] == name
    assert user["allows_write_to_pm"] is True
    json.loads(launch["tgWebAppThemeParams"][0])


def test_the_same_own_name_is_the_same_player() -> None:
    ids = set()
    for name in (b"first_name=Bo", b"first_name=BO", b"first_name=bo"):
        fragment = call("POST", "/dev/", name)[1]["Location"].split("#")[1]
        ids.add(json.loads(check(parse_qs(fragment)["tgWebAppData"][0])["user"])["id"])
    assert len(ids) == 1


def test_tests_get_init_data_as_json() -> None:
    status, _, body = call("POST", "/dev/init-data", b'{"id": 42, "first_name": "T", "username": "t"}')
    assert status == 200
    assert json.loads(check(json.loads(body)["init_data"])["user"])["username"] == "t"


@pytest.mark.parametrize(
    ("path", "body"),
    [("/dev/", b""), ("/dev/", b"id=9999"), ("/dev/init-data", b"{"), ("/dev/init-data", b"[]"),
     ("/dev/init-data", b'{"id": "1", "first_name": "x"}'), ("/dev/init-data", b'{"id": 1}')],
)  # fmt: skip
def test_bad_input_is_400(path: str, body: bytes) -> None:
    assert call("POST", path, body)[0] == 400


@pytest.mark.parametrize(
    "changes",
    [{"HTTP_HOST": "game.example.com"}, {"HTTP_X_FORWARDED_FOR": "1.2.3.4"}, {"HTTP_FORWARDED": "for=1.2.3.4"},
     {"HTTP_HOST": "localhost.example.com:8080"}, {"HTTP_HOST": ""}],
)  # fmt: skip
def test_who_does_not_come_from_this_machine_finds_nothing(changes: dict[str, str]) -> None:
    assert call("GET", "/dev/", b"", **changes)[0] == 404


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "[::1]:8080", "[::1]"])
def test_this_machine_has_several_names(host: str) -> None:
    assert call("GET", "/dev/", HTTP_HOST=host)[0] == 200
