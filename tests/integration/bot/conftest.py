"""A bot that people talk to through a local Telegram."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from support.chat import BotGame, bot_game
from support.identity import BOT_TOKEN
from tapstack.stores import outbox
from telegram_local.settings import Limits
from telegram_local.testing import LocalTelegram

HASTY = Limits(bot_per_s=10_000, private_per_s=1_000, private_burst=1_000, group_per_min=10_000)


@pytest.fixture(scope="session")
def local_telegram() -> Iterator[LocalTelegram]:
    """Without limits, and so is the bot: what the scenes do is tested here; their pace is in test_outbox.py."""
    with LocalTelegram(token=BOT_TOKEN, username="tapstack_test_bot", limits=HASTY) as telegram:
        yield telegram


@pytest.fixture
def bot(make_game: Any, local_telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch) -> Iterator[BotGame]:
    monkeypatch.setattr(outbox, "PRIVATE_MS", 1)
    monkeypatch.setattr(outbox, "GROUP_MS", 1)
    local_telegram.reset_stats()
    game = make_game(TELEGRAM_API_BASE=local_telegram.url, MINIAPP_URL="http://127.0.0.1:9/app/", OUTBOX_PER_S="500")
    with bot_game(game, local_telegram) as running:
        yield running
