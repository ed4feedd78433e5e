"""`make bot-poll`: what Telegram can't bring to the game is fetched, and answered."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator

import pytest
from support.identity import BOT_TOKEN
from support.waiting import wait_until
from tapstack.telegram import polling
from tapstack.telegram.client import make_bot
from telegram_local.testing import Answer, LocalTelegram, Receiver, answering


@pytest.fixture
def telegram() -> Iterator[LocalTelegram]:
    with LocalTelegram(token=BOT_TOKEN) as running:
        yield running


def test_updates_come_in_order_again_until_taken_and_are_answered(
    telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "WAIT_S", 1)
    monkeypatch.setattr(polling, "PAUSE_S", 0.01)
    unavailable = [503, 503]

    def decide(update: dict[str, object]) -> Answer:
        if unavailable:
            return unavailable.pop(), {}, b""
        text = json.dumps(update)
        return answering("sendMessage", chat_id=ada.id, text=f"got {'one' if 'say one' in text else 'two'}")

    ada = telegram.user(first_name="Ada")
    telegram.call("setWebhook", url="http://127.0.0.1:9/forgotten")
    with Receiver(decide) as game:
        stop = threading.Event()

        async def run() -> None:
            bot = make_bot(BOT_TOKEN, telegram.url)
            work = asyncio.ensure_future(polling.poll(bot, game.url.removesuffix("/telegram/webhook"), "the-secret"))
            while not stop.is_set() and not work.done():
                await asyncio.sleep(0.02)
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
            await bot.request.shutdown()

        thread = threading.Thread(target=lambda: asyncio.run(run()))
        thread.start()
        try:
            ada.send("say one")
            ada.send("say two")
            wait_until("both are answered", lambda: len([m for m in ada.messages() if m.from_bot]) == 2)
        finally:
            stop.set()
            thread.join(60)
        assert [m.text for m in ada.messages() if m.from_bot] == ["got one", "got two"]
        assert set(game.secrets) == {"the-secret"}
