"""What pages of other sites get from the local Telegram: neither users nor signed launch data."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from telegram_local.testing import LOCAL_TOKEN, LocalTelegram

PATHS = ["/api/users", "/api/launch", "/api/events?user=1", "/api/wait?user=1", f"/bot{LOCAL_TOKEN}/getMe", "/stats"]


@pytest.fixture(scope="module")
def telegram() -> Iterator[LocalTelegram]:
    with LocalTelegram(main_app_url="http://127.0.0.1:1/app/") as server:
        server.user(1)
        yield server


def status(telegram: LocalTelegram, path: str, **headers: str) -> int:
    """The status of a request with such headers; the body of a stream is not awaited."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = {"user": 1, "kind": "main"}
    with telegram.http.stream("POST", path, json=body, headers=named) as answer:
        return answer.status_code


@pytest.mark.parametrize("path", [*PATHS, "/", "/health"])
def test_name_of_another_site_gets_nothing(telegram: LocalTelegram, path: str) -> None:
    """DNS rebinding: the page's name resolves to 127.0.0.1."""
    assert status(telegram, path, Host="evil.example") == 403
    assert status(telegram, path, Host=f"evil.example:{telegram.settings.port}") == 403


@pytest.mark.parametrize("path", PATHS)
def test_page_of_another_origin_gets_nothing(telegram: LocalTelegram, path: str) -> None:
    assert status(telegram, path, Origin="https://evil.example", Sec_Fetch_Site="cross-site") == 403
    assert status(telegram, path, Origin="http://127.0.0.1:1") == 403
    assert status(telegram, path, Origin="null") == 403
    assert status(telegram, path, Sec_Fetch_Site="same-site") == 403


def test_own_page_and_the_bot_are_answered(telegram: LocalTelegram) -> None:
    own = {"Origin": telegram.url, "Sec_Fetch_Site": "same-origin"}
    assert status(telegram, "/api/users", **own) == 200
    assert status(telegram, f"/bot{LOCAL_TOKEN}/getMe") == 200
    local = f"localhost:{telegram.settings.port}"
    assert status(telegram, "/api/users", Host=local, Origin=f"http://{local}") == 200
    assert httpx.get(telegram.url, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
