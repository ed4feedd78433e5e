"""`make up` brings a Telegram of its own, knows it, and is known to it."""

from __future__ import annotations

import json
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tapstack_local.settings import read_settings
from tapstack_local.telegram import wants_telegram
from tapstack_local.testing import Game
from telegram_local.testing import LocalTelegram

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Game]:
    with Game(ROOT, tmp_path_factory.mktemp("chats"), {"WEB_WORKERS": "1"}) as game:
        yield game


def asked(game: Game, method: str) -> Any:
    url = f"{game.run['telegram_url']}/bot{game.secret('TELEGRAM_BOT_TOKEN')}/{method}"
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310
        return json.load(answer)["result"]


def test_home_leads_to_the_chat_page_and_both_addresses_are_told(whole: Game) -> None:
    address = f"{whole.run['telegram_url']}/"
    assert whole.request("GET", "/").headers["location"] == address
    line = f"ready: chat at {address}, game at {whole.url}/"
    whole.wait_for(lambda: line in whole.console.read_text(), what="the ready line")


def test_telegram_knows_webhook_commands_and_mini_app(whole: Game) -> None:
    assert asked(whole, "getWebhookInfo")["url"] == f"{whole.url}/telegram/webhook"
    assert asked(whole, "getChatMenuButton")["web_app"]["url"] == f"{whole.url}/app/"
    scope = '{"type":"all_private_chats"}'.replace('"', "%22").replace("{", "%7B").replace("}", "%7D")
    english = asked(whole, f"getMyCommands?scope={scope}")
    russian = asked(whole, f"getMyCommands?scope={scope}&language_code=ru")
    assert [c["command"] for c in english] == [c["command"] for c in russian]
    assert {"command": "tap", "description": "Tap here in the chat"} in english


def test_invitation_leads_to_the_bot_of_this_telegram(whole: Game) -> None:
    headers = {"Authorization": f"tma {whole.init_data(8_800_001, 'Ada')}", "Content-Type": "application/json"}
    body = json.dumps({"session_id": str(uuid.uuid4())}).encode()
    link = whole.request("POST", "/sessions", body, headers).json()["player"]["invite_url"]
    assert link.startswith(f"https://t.me/{asked(whole, 'getMe')['username']}?startapp=ref_")


def test_a_person_plays_in_the_chat_and_in_the_mini_app_and_a_restart_keeps_both(whole: Game) -> None:
    token = whole.secret("TELEGRAM_BOT_TOKEN")
    telegram = LocalTelegram.connect(whole.run["telegram_url"], token=token)
    ada = telegram.user(first_name="Ada", language_code="en")
    ada.start()
    hello = ada.wait_for_text("What should the leaderboard call you?")
    ada.press(hello, "Skip").toast()
    home = ada.wait_for_text("Your taps: 0")
    assert home.button("Open the game")[2]["web_app"] == {"url": f"{whole.url}/app/"}
    assert ada.press(home, "Tap").toast()["text"] == "+1 → 1"
    assert ada.open_app().startswith(f"{whole.url}/app/")
    telegram.http.close()
    whole.restart()
    telegram = LocalTelegram.connect(whole.run["telegram_url"], token=token)
    again = telegram.user(ada.id, first_name="Ada", language_code="en")
    panel = again.wait_for_text("Your taps: 1")
    assert again.press(panel, "+1").toast()["text"] == "+1 → 2"
    telegram.http.close()


@pytest.mark.parametrize("name", ["TELEGRAM_BOT_TOKEN", "TELEGRAM_API_BASE"])
def test_a_telegram_of_the_users_own_is_left_to_them(tmp_path: Path, name: str) -> None:
    class Route:
        path = "/telegram/webhook"

    class App:
        class api:  # noqa: N801
            routes = [Route()]

    app: Any = App()
    assert wants_telegram(read_settings(tmp_path, {}), app)
    assert not wants_telegram(read_settings(tmp_path, {name: "x"}), app)
