"""A game at its most verbose, with play, rejected requests, failures and a restart: no log contains a secret."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tapstack_local.testing import Game
from telegram_local.testing import LocalTelegram, TelegramClient

ROOT = Path(__file__).parents[2]
NAMES = ("TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "TOKEN_SIGNING_KEY")
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def game(tmp_path: Path) -> Iterator[Game]:
    with Game(ROOT, tmp_path, {"LOG_LEVEL": "DEBUG", "LOCAL_SCHEDULE_S": "1", "WEB_WORKERS": "1"}) as running:
        yield running


def play(game: Game, user_id: int) -> set[str]:
    """Signs in, taps and provokes all kinds of errors. Returns the secrets that went over the wire."""
    launch = game.init_data(user_id, "Ada")
    session = json.dumps({"session_id": str(uuid.uuid4())}).encode()
    opened = game.request("POST", "/sessions", session, {**JSON, "Authorization": f"tma {launch}"})
    assert opened.status == 201
    token = opened.json()["token"]
    bearer = {**JSON, "Authorization": f"Bearer {token}"}
    assert game.request("POST", "/clicks", b'{"taps": 3}', bearer).status == 200
    for body in (b"{", b'{"taps": -1}', json.dumps({"taps": token}).encode()):
        assert game.request("POST", "/clicks", body, bearer).status == 400
    for wrong in (f"Bearer {token}x", f"tma {launch}x", token):
        assert game.request("POST", "/clicks", b"{}", {**JSON, "Authorization": wrong}).status == 401
        assert game.request("POST", "/sessions", session, {**JSON, "Authorization": wrong}).status == 401
    assert game.request("GET", f"/leaderboard/closed?period=day&cursor={token}", headers=bearer).status < 500
    secret = game.secret("TELEGRAM_WEBHOOK_SECRET")
    for given, status in ((secret, 400), (f"{secret}x", 401)):
        headers = {**JSON, "X-Telegram-Bot-Api-Secret-Token": given}
        assert game.request("POST", "/telegram/webhook", b'{"update_id": "x"}', headers).status == status
    return {launch, token, launch.rpartition("hash=")[2]}


def answers(telegram: TelegramClient) -> bool:
    try:
        return bool(telegram.stats())
    except httpx.HTTPError:
        return False


def chat(game: Game) -> None:
    """Talks to the bot, whose replies use the webhook and the outbox; also while Telegram is unavailable."""
    telegram = LocalTelegram.connect(game.run["telegram_url"], game.secret("TELEGRAM_BOT_TOKEN"))
    ada = telegram.user(5_100_000_001, first_name="Ada", language_code="en")
    ada.start()
    ada.wait_for_text("What should the leaderboard call you?")
    ada.send("ada_1")
    home = ada.wait_for_text("Your taps: 0")
    for _ in range(3):
        ada.press(home, "Tap").toast()
    ada.wait_for_text("Tap!")
    game.kill("telegram")
    game.wait_for(lambda: answers(telegram), what="the local Telegram to be back")


def logs(game: Game) -> dict[str, str]:
    files = [game.console, *(game.state_dir / "logs").iterdir()]
    return {file.name: file.read_text(encoding="utf-8", errors="replace") for file in files}


def test_no_log_of_a_whole_run_holds_a_secret(game: Game) -> None:
    secrets = {game.secret(name) for name in NAMES} | play(game, 1)
    chat(game)
    game.kill("redis")
    game.wait_for(lambda: game.request("GET", "/health").status == 200, what="the game to be well again")
    secrets |= play(game, 2)
    game.restart()
    secrets |= play(game, 3)
    game.stop()
    found = logs(game)
    assert {"console.log", "server.log", "events.log", "telegram.log"} <= found.keys()
    assert "refused" in found["server.log"]
    assert "DEBUG" in found["events.log"]
    held = [(name, secret[:6]) for name, text in found.items() for secret in secrets if secret in text]
    assert held == []
