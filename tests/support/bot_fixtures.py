"""A bot that people talk to through a local Telegram."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tapstack.broadcasts import driving as broadcasts
from tapstack.telegram import client, redis_outbox, sender
from telegram_local.testing import Limits, LocalTelegram

from support.chat import BotGame, bot_game
from support.game import TestContainer
from support.identity import BOT_TOKEN

HASTY = Limits(bot_per_s=10_000, private_per_s=1_000, private_burst=1_000, group_per_min=10_000)


@pytest.fixture(scope="session")
def local_telegram() -> Iterator[LocalTelegram]:
    """Without limits, and so is the bot: what the scenes do is tested here; their pace is in test_outbox.py."""
    with LocalTelegram(token=BOT_TOKEN, username="tapstack_test_bot", limits=HASTY) as telegram:
        yield telegram


@pytest.fixture
def bot(make_game: Any, local_telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch) -> Iterator[BotGame]:
    monkeypatch.setattr(redis_outbox, "PRIVATE_MS", 1)
    monkeypatch.setattr(redis_outbox, "GROUP_MS", 1)
    monkeypatch.setattr(sender, "IDLE_S", 0.05)
    local_telegram.reset_stats()
    game = make_game(TELEGRAM_API_BASE=local_telegram.url, MINIAPP_URL="http://127.0.0.1:9/app/", OUTBOX_PER_S="500")
    with bot_game(game, local_telegram) as running:
        yield running


@pytest.fixture(scope="module")
def telegram() -> Iterator[LocalTelegram]:
    """With Telegram's limits, without the grace of a burst."""
    with LocalTelegram(token=BOT_TOKEN, limits=Limits(private_burst=1)) as running:
        yield running


@pytest.fixture
def stores(make_game: Any, telegram: LocalTelegram) -> Iterator[TestContainer]:
    telegram.reset_stats()
    made: TestContainer = make_game(TELEGRAM_API_BASE=telegram.url).stores
    yield made
    client.close()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch, make_game: Any, local_telegram: LocalTelegram) -> Iterator[TestContainer]:
    """Without limits, and whoever dies is missed soon."""
    for name, value in (("PRIVATE_MS", 1), ("LEASE_MS", 60), ("SENDER_ALIVE_MS", 60)):
        monkeypatch.setattr(redis_outbox, name, value)
    monkeypatch.setattr(sender, "IDLE_S", 0.01)
    monkeypatch.setattr(broadcasts, "ALIVE_MS", -1_000)
    yield make_game(TELEGRAM_API_BASE=local_telegram.url, OUTBOX_PER_S="500").stores
    client.close()
    local_telegram.call("deleteWebhook", drop_pending_updates=True)
