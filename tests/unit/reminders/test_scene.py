from __future__ import annotations

from typing import Any

import pytest
from support.fakes.ports import MemoryGame, memory_game
from tapstack.bot import router

SENDER = {"id": 5, "is_bot": False, "first_name": "Ada", "language_code": "en"}
MESSAGE = {"message_id": 7, "date": 1_800_000_000, "chat": {"id": 5, "type": "private"}, "from": SENDER, "text": "x"}


@pytest.fixture
def game() -> MemoryGame:
    made = memory_game()
    made.sign_in(5)
    return made


def press(game: MemoryGame, update_id: int, data: str) -> dict[str, Any]:
    query = {"id": "1", "from": SENDER, "chat_instance": "1", "data": data, "message": MESSAGE}
    return router.answer(game.stores, {"update_id": update_id, "callback_query": query})


def buttons(screen: dict[str, Any]) -> list[str]:
    return [button["text"] for row in screen["reply_markup"]["inline_keyboard"] for button in row]


def test_one_press_below_a_reminder_ends_them_and_another_takes_it_back(game: MemoryGame) -> None:
    screen = press(game, 1, "reminders:off")
    assert game.stores.conversations.get(5).reminders is False
    assert (screen["method"], screen["message_id"]) == ("editMessageText", 7)
    assert "🔔 Remind me after all" in buttons(screen)
    press(game, 2, "reminders:on")
    assert game.stores.conversations.get(5).reminders is True


def test_settings_have_them_as_long_as_notifications_are_on(game: MemoryGame) -> None:
    assert "⏰ Reminders: on" in buttons(press(game, 1, "settings:open"))
    assert "⏰ Reminders: off" in buttons(press(game, 2, "settings:reminders"))
    assert not any("Reminders" in text for text in buttons(press(game, 3, "settings:notify")))
    assert game.stores.conversations.get(5).reminders is False
