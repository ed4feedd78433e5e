"""A bot that people talk to through a local Telegram."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from support.chat import BotGame, bot_game
from support.identity import BOT_TOKEN
from telegram_local.testing import LocalTelegram


@pytest.fixture(scope="session")
def local_telegram() -> Iterator[LocalTelegram]:
    with LocalTelegram(token=BOT_TOKEN, username="tapstack_test_bot") as telegram:
        yield telegram


@pytest.fixture
def bot(make_game: Any, local_telegram: LocalTelegram) -> Iterator[BotGame]:
    local_telegram.reset_stats()
    game = make_game(TELEGRAM_API_BASE=local_telegram.url, MINIAPP_URL="http://127.0.0.1:9/app/")
    with bot_game(game, local_telegram) as running:
        yield running
