from __future__ import annotations

from typing import Any

import pytest
from support.fakes.ports import MemoryGame, memory_game
from tapstack.bot import router
from tapstack.inbox.model import Kind, Notice
from tapstack.platform.clock import system_clock

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


def test_settings_lead_to_kinds_as_long_as_notifications_are_on(game: MemoryGame) -> None:
    assert "🎚 Which, and when" in buttons(press(game, 1, "settings:open"))
    assert "🎚 Which, and when" not in buttons(press(game, 2, "settings:notify"))


def test_inbox_lists_what_has_happened_and_is_read_then(game: MemoryGame) -> None:
    player = game.sign_in(5)
    game.stores.inbox.add(player.id, Notice(Kind.MILESTONE, "1000", system_clock(), {"count": 1_000}))
    game.stores.inbox.gather(player.id, Kind.CHEER, "2026-11-22", game.sign_in(6).id, system_clock())
    assert game.sign_in(5).opened["unread"] == 2
    screen = press(game, 1, "inbox:open")
    assert "1,000 taps!" in screen["text"]
    assert "is cheering you on" in screen["text"]
    assert game.sign_in(5).opened["unread"] == 0


def test_empty_inbox_says_what_will_be_there(game: MemoryGame) -> None:
    assert "Nothing here yet" in press(game, 1, "inbox:open")["text"]


def test_each_kind_is_switched_off_and_on(game: MemoryGame) -> None:
    for number, kind in enumerate(Kind, 1):
        press(game, number, f"inbox:kind:{kind}")
        assert game.stores.conversations.get(5).muted == [kind]
        press(game, 100 + number, f"inbox:kind:{kind}")
        assert game.stores.conversations.get(5).muted == []
    press(game, 201, "inbox:kind:forged")
    press(game, 202, "inbox:daily")
    assert game.stores.conversations.get(5).muted == []
    assert game.stores.conversations.get(5).reminders is False


def test_quiet_hours_count_once_the_time_is_set(game: MemoryGame) -> None:
    assert "once you have set your time" in press(game, 1, "inbox:settings")["text"]
    press(game, 2, "inbox:zone:on")
    press(game, 3, "inbox:zone:on")
    press(game, 4, "inbox:from:back")
    text = press(game, 5, "inbox:to:on")["text"]
    chat = game.stores.conversations.get(5)
    assert (chat.utc_offset_min, chat.quiet_from_h, chat.quiet_to_h) == (60, 20, 11)
    assert "Quiet from 20:00 to 11:00" in text
    for update_id in range(6, 30):
        press(game, update_id, "inbox:zone:on")
    press(game, 30, "inbox:from:forged")
    chat = game.stores.conversations.get(5)
    assert (chat.utc_offset_min, chat.quiet_from_h) == (840, 20)


def test_who_has_a_time_zone_is_not_asked_for_the_time(game: MemoryGame) -> None:
    chat = game.stores.conversations.get(5)
    chat.zone = "Asia/Tokyo"
    game.stores.conversations.save(chat, 0)
    screen = press(game, 1, "inbox:zone:on")
    assert "your time is" in screen["text"]
    assert not [text for text in buttons(screen) if "Time" in text]
    assert game.stores.conversations.get(5).utc_offset_min is None
