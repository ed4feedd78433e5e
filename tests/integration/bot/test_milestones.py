"""A milestone's message, from the tap to the chat."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from support.game import Game
from tapstack.bot import milestones
from tapstack.bot import outbox as bot_outbox
from tapstack.telegram import client
from tapstack.telegram.model import Chat
from telegram_local.testing import LocalTelegram

ADA = 8_700_001


@pytest.fixture
def playing(make_game: Callable[..., Game], local_telegram: LocalTelegram) -> Iterator[Game]:
    yield make_game(TELEGRAM_API_BASE=local_telegram.url)
    client.close()


def clicks_of(game: Game, player_id: str) -> int:
    """The clicks that DynamoDB has."""
    counter = game.stores.counters.get(player_id)
    return counter.clicks if counter else 0


def test_hundredth_tap_is_celebrated_in_the_chat_once_and_its_sync_saves_it(
    playing: Game, local_telegram: LocalTelegram
) -> None:
    person = local_telegram.user(ADA, first_name="Ada", language_code="en")
    person.start()
    ada = playing.sign_in(ADA)
    assert playing.stores.conversations.save(Chat(ADA), 0)
    for taps in (110, 120):
        ada.tap(taps)
        playing.run("sync")
        bot_outbox.send_waiting(playing.stores, lambda: 60_000)
    assert sum("100 taps" in message.text for message in person.messages()) == 1
    assert clicks_of(playing, ada.id) == 120


def test_fault_of_a_message_does_not_keep_players_from_being_saved(
    playing: Game, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = playing.sign_in(ADA)
    assert playing.stores.conversations.save(Chat(ADA), 0)
    monkeypatch.setattr(milestones, "language_of", None)
    ada.tap(110)
    playing.run("sync")
    assert clicks_of(playing, ada.id) == 110
