"""The bot over real stores."""

from __future__ import annotations

from typing import Any

import pytest
from support.chat import bot_game
from support.game import Answer, Game
from support.state import items, saved_clicks
from support.waiting import wait_until
from tapstack.telegram import redis_outbox
from telegram_local.testing import LocalTelegram


def update(game: Game, body: Any, secret: str | None = None) -> Answer:
    given = game.stores.settings.telegram.webhook_secret if secret is None else secret
    headers = {"X-Telegram-Bot-Api-Secret-Token": given}
    return game.call("webhook", "POST", "/telegram/webhook", body, headers=headers)


def start(user_id: int, **user: Any) -> dict[str, Any]:
    sender = {"id": user_id, "is_bot": False, "first_name": "Ada", **user}
    chat = {"id": user_id, "type": "private", "first_name": "Ada"}
    message = {"message_id": 1, "date": 1_800_000_000, "chat": chat, "from": sender, "text": "/start"}
    return {"update_id": 1, "message": message}


def shown(game: Game) -> dict[str, Any]:
    """The only call that waits for Telegram."""
    (leased,), _ = game.stores.outbox.take()
    return leased.call


def test_start_of_a_new_user_makes_the_player_they_sign_in_as(game: Game) -> None:
    assert update(game, start(5, language_code="de")).status == 200
    assert shown(game)["chat_id"] == 5
    (account,) = items(game, "players")
    assert (account["telegram_id"], account["language"], account["display_name"]) == ("5", "de", "Ada")
    assert game.sign_in(5).id == account["id"]
    assert saved_clicks(game) == {}


def test_start_of_a_known_player_shows_their_clicks_and_place(game: Game) -> None:
    ada, bob = game.sign_in(5), game.sign_in(6)
    ada.tap(12)
    bob.tap(30)
    assert update(game, start(5)).status == 200
    text = shown(game)["text"]
    assert "Your taps: <b>12</b>" in text
    assert "Place <b>2</b>" in text
    assert text.index(" · 30") < text.index(" · 12 ← you")
    assert len(items(game, "players")) == 2


def test_start_twice_makes_one_player(game: Game) -> None:
    for _ in range(2):
        assert update(game, start(5)).status == 200
    assert len(items(game, "players")) == 1


def test_update_that_is_not_from_telegram_makes_nobody(game: Game) -> None:
    assert update(game, start(5), secret="guessed").status == 401
    assert items(game, "players") == []


def test_names_of_players_are_shown_as_text(game: Game) -> None:
    assert update(game, start(5, first_name="<i>&", last_name="</i>")).status == 200
    text = shown(game)["text"]
    assert "&lt;i&gt;&amp; &lt;/i&gt;" in text


def test_update_that_a_game_did_not_take_is_not_the_next_games(game: Game, local_telegram: LocalTelegram) -> None:
    with bot_game(game, local_telegram) as bot:
        bot.broken = 500
        local_telegram.user(8_200_001).start()
        wait_until("it was delivered", lambda: bot.updates)
    with bot_game(game, local_telegram) as bot:
        local_telegram.settle()
        assert bot.updates == []


def test_question_whose_lost_answer_was_overtaken_is_deleted(game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    """A press replaces the question, the answer is lost, and a command's new message is not sent yet."""
    monkeypatch.setattr(redis_outbox, "PRIVATE_MS", 1)
    outbox = game.stores.outbox
    update(game, start(5))
    (question,), _ = outbox.take("sender")
    outbox.ack(question, sent=True, message_id=7)
    first = start(5)["message"]
    press = {"id": "1", "from": first["from"], "chat_instance": "1", "data": "home:open"}
    pressed = {"update_id": 2, "callback_query": {**press, "message": {**first, "message_id": 7}}}
    command = {"update_id": 3, "message": {**first, "message_id": 8, "text": "/top"}}
    assert update(game, pressed).body["method"] == "editMessageText"
    assert update(game, command).status == 200
    again = update(game, pressed).body
    assert (again["method"], again["message_id"]) == ("deleteMessage", 7)
