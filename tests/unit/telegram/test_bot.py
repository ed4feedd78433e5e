"""What the bot answers, and what it leaves alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.calls import OPERATION, assert_refused, send
from support.game import Answer, Game
from support.memory import memory_game
from tapstack.errors import StoreUnavailable
from tapstack.stores.messages import Message


def message(text: Any = "/start", **changes: Any) -> dict[str, Any]:
    return {
        "message_id": 1,
        "date": 1_800_000_000,
        "chat": {"id": 5, "type": "private", "first_name": "Ada"},
        "from": {"id": 5, "is_bot": False, "first_name": "Ada", "language_code": "en"},
        "text": text,
        **changes,
    }


def update(game: Game, body: Any) -> Answer:
    headers = {"X-Telegram-Bot-Api-Secret-Token": game.stores.settings.telegram_webhook_secret}
    return send(game, OPERATION["telegramUpdate"], body, headers)


@pytest.mark.parametrize("text", ["/start", "/start ref_abc", "/start@tapstack_bot", "/start@tapstack_bot x"])
def test_start_is_answered_with_the_welcome(game: Game, text: str) -> None:
    answer = update(game, {"update_id": 1, "message": message(text)})
    assert answer.status == 200
    assert (answer.body["method"], answer.body["chat_id"], answer.body["parse_mode"]) == ("sendMessage", 5, "HTML")
    assert "Ada" in answer.body["text"]


@pytest.mark.parametrize(
    "body",
    [
        {"update_id": 1},
        {"update_id": 1, "edited_message": message()},
        {"update_id": 1, "channel_post": message()},
        {"update_id": 1, "message": message(chat={"id": -5, "type": "group", "title": "g"})},
        {"update_id": 1, "message": message(chat={"id": -5, "type": "supergroup", "title": "g"})},
        {"update_id": 1, "message": message(**{"from": {"id": 6, "is_bot": True, "first_name": "B"}})},
        {"update_id": 1, "message": {k: v for k, v in message().items() if k != "from"}},
        {"update_id": 1, "something_of_next_year": {"a": 1}},
    ],
)
def test_other_updates_are_taken_and_left_alone(game: Game, body: dict[str, Any]) -> None:
    answer = update(game, body)
    assert (answer.status, answer.body) == (200, {})
    assert game.stores.players.by_telegram_id(5) is None


@pytest.mark.parametrize("text", ["hello", "/startle", "say /start", None])
def test_whatever_is_written_leads_home(game: Game, text: Any) -> None:
    shown = update(game, {"update_id": 1, "message": message(text)}).body
    assert "I did not get that" in shown["text"]
    assert shown["reply_markup"]["inline_keyboard"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"update_id": 1, "message": 5},
        {"update_id": 1, "message": [1]},
        {"update_id": 1, "message": "text"},
        {"update_id": 1, "message": message(date=10**20)},
        {"update_id": 1, "message": message(date=10**12)},
        {"update_id": 1, "message": message(date="today")},
        {"update_id": 1, "message": message(chat=5)},
        {"update_id": 1, "message": message(chat={"id": 5})},
        {"update_id": 1, "message": message(entities=[{}])},
        {"update_id": 1, "message": message(text=5)},
        {"update_id": 1, "message": message(text=["/start"])},
        {"update_id": 1, "message": message(**{"from": {"id": "5", "is_bot": False, "first_name": "Ada"}})},
        {"update_id": 1, "message": message(**{"from": {"id": 5, "is_bot": False, "first_name": 5}})},
        {"update_id": 1, "message": message(**{"from": {"id": 5, "is_bot": False, "first_name": "A", "last_name": 5}})},
        {
            "update_id": 1,
            "message": message(**{"from": {"id": 5, "is_bot": False, "first_name": "A", "language_code": 5}}),
        },
        {"update_id": 1, "self": {}},
    ],
    ids=range(17),
)
def test_garbage_from_telegram_is_refused_and_makes_no_player(game: Game, body: dict[str, Any]) -> None:
    assert_refused(update(game, body), 400)
    assert game.stores.players.by_telegram_id(5) is None


def nested(levels: int) -> str:
    """A message that answers one that answers one, and so on."""
    shell = json.dumps(message(reply_to_message=0))
    before, after = shell.split('"reply_to_message": 0')
    opening = before + '"reply_to_message": '
    return opening * levels + json.dumps(message()) + after * levels


@pytest.mark.parametrize("levels", [10, 100, 300, 900, 3_000])
def test_update_nested_deeply_is_read_or_refused(game: Game, levels: int) -> None:
    text = '{"update_id": 1, "message": ' + nested(levels) + "}"
    answer = update(game, text)
    if answer.status != 200:
        assert_refused(answer, 400)


def test_new_player_is_greeted_by_a_name_that_is_text_only(game: Game) -> None:
    name = '<b>&"Eve"'
    text = update(
        game, {"update_id": 1, "message": message(**{"from": {"id": 5, "is_bot": False, "first_name": name}})}
    )
    assert "&lt;b&gt;&amp;" in text.body["text"]
    assert name not in text.body["text"]


def test_home_shows_own_clicks_total_and_board_with_the_own_row_marked(game: Game) -> None:
    ada, bob = game.sign_in(5), game.sign_in(6)
    ada.tap(1_200)
    bob.tap(34)
    text = update(game, {"update_id": 1, "message": message()}).body["text"]
    assert "Your clicks: <b>1,200</b>" in text
    assert "Everybody's clicks: <b>1,234</b>" in text
    rows = [line for line in text.split("\n") if " · " in line]
    assert [("you" in row, row.rpartition("· ")[2].removesuffix(" ← you</b>")) for row in rows] == [
        (True, "1,200"),
        (False, "34"),
    ]


def test_home_of_a_player_below_the_top_shows_the_own_place_under_it(game: Game) -> None:
    for user_id in range(10, 30):
        game.sign_in(user_id).tap(100)
    game.sign_in(5).tap(7)
    text = update(game, {"update_id": 1, "message": message()}).body["text"]
    assert text.endswith("…\n<b>21. Ada · 7 ← you</b>")


def test_home_of_an_empty_game_invites_to_be_the_first(game: Game) -> None:
    game.sign_in(5)
    assert "be the first" in update(game, {"update_id": 1, "message": message()}).body["text"]


def home_of(**settings: str) -> dict[str, Any]:
    game = memory_game(**settings)
    game.sign_in(5)
    body: dict[str, Any] = update(game, {"update_id": 1, "message": message()}).body
    return body


def apps(body: dict[str, Any]) -> list[Any]:
    rows = body["reply_markup"]["inline_keyboard"]
    return [button["web_app"] for row in rows for button in row if "web_app" in button]


def test_home_has_a_button_for_a_mini_app_that_telegram_can_open() -> None:
    assert apps(home_of(MINIAPP_URL="https://play.example/app")) == [{"url": "https://play.example/app"}]


def test_home_names_the_address_of_a_mini_app_that_telegram_cannot_open() -> None:
    """Telegram refuses the whole message when a button's URL is not https."""
    body = home_of(MINIAPP_URL="http://127.0.0.1:8080/?a=1&b=2")
    assert apps(body) == []
    assert "Play at http://127.0.0.1:8080/?a=1&amp;b=2" in body["text"]


def test_home_has_a_button_for_any_mini_app_where_telegram_is_a_local_one() -> None:
    body = home_of(MINIAPP_URL="http://127.0.0.1:8080/app/", TELEGRAM_API_BASE="http://127.0.0.1:8081")
    assert apps(body) == [{"url": "http://127.0.0.1:8080/app/"}]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_home_of_twenty_of_the_longest_names_fits_a_message(language: str) -> None:
    """https://core.telegram.org/bots/api#sendmessage: 4096 characters."""
    game = memory_game()
    for user_id in range(5, 30):
        player = game.sign_in(user_id)
        player.tap(2**40)
        game.call("players", "PATCH", "/players/me", {"username": f"{user_id:_>20}"}, headers=player.headers)
    sender = {"id": 5, "is_bot": False, "first_name": "Ada", "language_code": language}
    text = update(game, {"update_id": 1, "message": message(**{"from": sender})}).body["text"]
    assert text.count(" · ") == 20
    assert len(text) < 4_096


def test_conversation_that_cannot_be_recorded_goes_on(game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Message) -> None:
        raise StoreUnavailable("DynamoDB is away", retry_after_s=1)

    monkeypatch.setattr(game.stores.messages, "put", away)
    answer = update(game, {"update_id": 1, "message": message()})
    assert (answer.status, answer.body["method"]) == (200, "sendMessage")
