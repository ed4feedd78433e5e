"""A banned player in the chat: what they see, and what is closed to them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support.fakes.ports import MemoryGame, memory_game
from tapstack.bot import router
from tapstack.players.model import ModerationStatus

SENDER = {"id": 5, "is_bot": False, "first_name": "Ada", "language_code": "en"}
CHAT = {"id": 5, "type": "private", "first_name": "Ada"}
MESSAGE = {"message_id": 7, "date": 1_800_000_000, "chat": CHAT, "from": SENDER, "text": "x"}


@pytest.fixture
def game() -> MemoryGame:
    made = memory_game(SUPPORT_USERNAME="tap_help")
    ada = made.sign_in(5)
    ada.tap(3)
    accounts = made.stores.players.accounts
    accounts[ada.id] = replace(accounts[ada.id], status=ModerationStatus.BANNED)
    made.call("sessions", "DELETE", "/sessions/current", headers=ada.headers)
    return made


def wrote(text: str) -> dict[str, Any]:
    return {"update_id": 1, "message": MESSAGE | {"text": text}}


def pressed(data: str, update_id: int = 1) -> dict[str, Any]:
    query = {"id": "1", "from": SENDER, "chat_instance": "1", "data": data, "message": MESSAGE}
    return {"update_id": update_id, "callback_query": query}


@pytest.mark.parametrize("text", ["/start", "/top", "/tap", "hello", "a_new_name"])
def test_whatever_is_written_is_answered_by_whom_to_write_to(game: MemoryGame, text: str) -> None:
    router.answer(game.stores, wrote(text))
    (screen,) = game.stores.outbox.calls.values()
    assert "blocked" in screen["text"]
    assert "write to @tap_help" in screen["text"]


@pytest.mark.parametrize("data", ["home:open", "tap:open", "naming:take", "gone:gone"])
def test_buttons_lead_nowhere_else(game: MemoryGame, data: str) -> None:
    shown = router.answer(game.stores, pressed(data))
    assert (shown["method"], shown["message_id"]) == ("editMessageText", 7)
    assert "write to @tap_help" in shown["text"]


def test_tap_is_not_taken_and_the_panel_says_why(game: MemoryGame) -> None:
    answer = router.answer(game.stores, pressed("tap:tap"))
    assert (answer["method"], "blocked" in answer["text"]) == ("answerCallbackQuery", True)
    assert "write to @tap_help" in game.stores.outbox.calls["e:7"]["text"]
    assert "reply_markup" not in game.stores.outbox.calls["e:7"]


def test_own_data_stays_open(game: MemoryGame) -> None:
    assert "Your data" in router.answer(game.stores, pressed("privacy:open"))["text"]
    assert "Settings" in router.answer(game.stores, pressed("settings:open", 2))["text"]


def test_without_a_contact_the_bots_operator_is_named() -> None:
    made = memory_game()
    ada = made.sign_in(5)
    accounts = made.stores.players.accounts
    accounts[ada.id] = replace(accounts[ada.id], status=ModerationStatus.BANNED)
    router.answer(made.stores, wrote("/start"))
    assert "whoever runs this bot" in made.stores.outbox.calls["s:5"]["text"]


def test_inline_mode_shares_no_score_card(game: MemoryGame) -> None:
    query = {"id": "1", "from": SENDER, "query": "", "offset": ""}
    assert router.answer(game.stores, {"update_id": 1, "inline_query": query})["results"] == []
