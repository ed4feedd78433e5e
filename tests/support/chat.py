"""The bot between a local Telegram and real stores: people act, the bot answers."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from tapstack import composition
from tapstack.bot import outbox as bot_outbox
from tapstack.telegram import client
from telegram_local.testing import Answer, LocalTelegram, Receiver

from support.game import Game, TestContainer, api_event
from support.permissions import running


class BotGame:
    """A game whose webhook and outbox serve a local Telegram.

    `fresh` makes every update meet a container of its own; `twice` loses the first answer to every update, so that
    it comes again; `broken` answers with that status.
    """

    def __init__(self, game: Game, telegram: LocalTelegram) -> None:
        self.game, self.telegram = game, telegram
        self.fresh = self.twice = False
        self.broken = 0
        self.updates: list[dict[str, Any]] = []
        self._lock = threading.Lock()
        self._lost: set[int] = set()
        self.stopping = threading.Event()
        self._made: list[TestContainer] = []

    @property
    def stores(self) -> TestContainer:
        return self.game.stores

    def decide(self, update: dict[str, Any]) -> Answer:
        """One delivery of Telegram's."""
        with self._lock:
            self.updates.append(update)
            if self.broken:
                return self.broken, {}, b""
            status, body = self.deliver(update)
            if self.twice and update["update_id"] not in self._lost:
                self._lost.add(update["update_id"])
                return 500, {}, b""
        return status, {"Content-Type": "application/json"}, json.dumps(body).encode()

    def deliver(self, update: dict[str, Any]) -> tuple[int, Any]:
        """What the webhook function answers to an update."""
        if self.fresh:
            self._made.append(TestContainer(self.stores.settings))
            game = Game(self._made[-1])
        else:
            game = self.game
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.stores.settings.telegram.webhook_secret}
        answer = game.send("webhook", api_event("POST", "/telegram/webhook", update, headers))
        return answer.status, answer.body

    def send_waiting(self) -> None:
        """Works the outbox off until it is stopped."""
        own = TestContainer(self.stores.settings)
        self._made.append(own)
        with running("outbox"):
            while not self.stopping.wait(0.02):
                bot_outbox.send_waiting(own, lambda: 0 if self.stopping.is_set() else 60_000)
        client.close()

    def close(self) -> None:
        composition.use(None)
        for container in self._made:
            if "redis" in container.__dict__:
                container.redis.close()


@contextmanager
def bot_game(game: Game, telegram: LocalTelegram) -> Iterator[BotGame]:
    """The game's webhook set at the local Telegram, and its outbox at work, for the time of a with-block."""
    with closing(BotGame(game, telegram)) as bot, Receiver(bot.decide) as receiver:
        secret = game.stores.settings.telegram.webhook_secret
        telegram.call("setWebhook", url=receiver.url, secret_token=secret)
        worker = threading.Thread(target=bot.send_waiting)
        worker.start()
        try:
            yield bot
        finally:
            bot.stopping.set()
            worker.join(60)
            telegram.call("deleteWebhook", drop_pending_updates=True)  # otherwise the next game would get them
