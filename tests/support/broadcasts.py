"""An operator who broadcasts, and the people who read it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tapstack.bot import outbox as bot_outbox
from tapstack.broadcasts import driving as work
from tapstack.broadcasts.model import Audience, Broadcast, Content
from tapstack.cli.retries import patient
from tapstack.players.model import Player
from tapstack.telegram.model import Chat
from telegram_local.testing import LocalTelegram, Person

from support.accounts import account
from support.game import TestContainer

_ids = itertools.count(9_500_001)
_texts = itertools.count(1)


def people(stores: TestContainer, telegram: LocalTelegram, count: int, **chat: Any) -> list[Person]:
    """So many who have an account and a chat with the bot."""
    made = []
    for _ in range(count):
        person = telegram.user(next(_ids))
        person.start()
        stores.players.create(account(person.id))
        stores.conversations.save(Chat(person.id, **chat), 0)
        made.append(person)
    return made


def player_of(stores: TestContainer, person: Person) -> Player:
    found = stores.players.by_telegram_id(person.id)
    assert found is not None
    return found


def begin(stores: TestContainer, pace: int = 20, audience: Audience | None = None, **texts: str) -> Broadcast:
    texts = texts or {"en": f"news {next(_texts)}"}
    return work.start(stores, Content(texts, {}), audience=audience or Audience(), pace=pace, operator="grace")


def got(who: list[Person], broadcast: Broadcast) -> list[int]:
    """How often each has got it."""
    texts = set(broadcast.texts.values())
    return [sum(m.text in texts for m in person.messages()) for person in who]


def outcomes(stores: TestContainer, broadcast: Broadcast) -> dict[str, int]:
    return dict(stores.broadcasts.outcomes(broadcast.id)[0])


@dataclass
class Stage:
    """A driver's time: where it waits, the clock moves on and the sender works."""

    stores: TestContainer
    now_s: float = 0.0
    handed_at_s: list[float] = field(default_factory=list)
    act: Callable[[int], None] = lambda _: None

    def read_clock(self) -> float:
        return self.now_s

    def pause(self, seconds: float) -> None:
        self.now_s += seconds
        bot_outbox.send_waiting(self.stores, lambda: 60_000)

    def seen(self, count: int) -> None:
        self.handed_at_s += [self.now_s] * count
        self.act(len(self.handed_at_s))

    def drive(self, broadcast: Broadcast, stores: TestContainer | None = None) -> Broadcast:
        return work.drive(
            stores or self.stores,
            broadcast,
            seen=self.seen,
            retry=patient(sleep=self.pause),
            now_s=lambda: self.now_s,
            pause=self.pause,
        )
