"""Which Host, Origin and Sec-Fetch-Site headers are accepted."""

from __future__ import annotations

import pytest

from telegram_local.origin_check import is_allowed_host, parse_hosts, rejection


@pytest.mark.parametrize(
    "header",
    ["127.0.0.1", "127.0.0.1:80", "127.8.9.10:1", "localhost", "LocalHost:8080", "localhost.", "[::1]", "[::1]:8080",
     "game.localhost:1"],
)  # fmt: skip
def test_loopback_names_are_allowed(header: str) -> None:
    assert is_allowed_host(header, ())


@pytest.mark.parametrize(
    "header",
    ["", "evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example", "evillocalhost",
     "127.0.0.1@evil.example", "127.0.0.1, evil.example", "[::1", "::1", "::1:80", "0.0.0.0:80", "[::]", "10.0.0.1",
     "2130706433", "127.1", "localhost:port", "localhost/", "l\u00f6calhost", "\u2460", "x" * 300, "localhost:123456"],
)  # fmt: skip
def test_other_names_are_not_allowed(header: str) -> None:
    assert not is_allowed_host(header, ())


def test_names_of_the_setting_are_allowed() -> None:
    allowed = parse_hosts("telegram, .Tunnel.example  other")
    for header in ("telegram:8081", "TELEGRAM", "a.b.tunnel.example:443", "other"):
        assert is_allowed_host(header, allowed)
    for header in ("tunnel.example.evil", "xtunnel.example", "telegram.evil"):
        assert not is_allowed_host(header, allowed)
    assert parse_hosts("") == frozenset()


def _rejection(path: str, host: str = "127.0.0.1:8081", **headers: str) -> str:
    named = {"host": host} | {name.replace("_", "-"): value for name, value in headers.items()}
    return rejection(path, [(name.encode(), value.encode()) for name, value in named.items()], ())


@pytest.mark.parametrize("path", ["/api/users", "/bot1:x/getMe", "/stats", "/stats/reset", "/api/events"])
def test_pages_of_another_origin_are_rejected(path: str) -> None:
    assert _rejection(path) == ""
    assert _rejection(path, origin="http://127.0.0.1:8081", sec_fetch_site="same-origin") == ""
    assert _rejection(path, host="evil.example")
    assert _rejection(path, host="evil.example", origin="http://evil.example", sec_fetch_site="same-origin")
    assert _rejection(path, origin="http://127.0.0.1:8080")
    assert _rejection(path, origin="null")
    assert _rejection(path, sec_fetch_site="cross-site")
    assert _rejection(path, sec_fetch_site="same-site")
    assert rejection(path, [(b"host", b"localhost"), (b"Host", b"evil.example")], ())
    assert rejection(path, [], ())


@pytest.mark.parametrize("path", ["/", "/static/app.js", "/health"])
def test_chat_page_may_be_linked_to_from_anywhere_under_its_own_name(path: str) -> None:
    assert _rejection(path, sec_fetch_site="cross-site") == ""
    assert _rejection(path, host="evil.example")
