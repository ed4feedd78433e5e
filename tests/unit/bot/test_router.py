"""What the bot answers, and what it leaves alone."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from support.calls import OPERATION, assert_refused, send
from support.fakes.ports import MemoryGame, memory_game
from support.game import Answer
from tapstack.platform.bounds import MAX_UPDATE_ID
from tapstack.platform.breaker import Breaker
from tapstack.platform.errors import StoreUnavailable
from tapstack.play.rules import tap_button
from tapstack.players.model import ModerationStatus
from tapstack.telegram import client
from tapstack.telegram.model import Message
from telegram.error import NetworkError


def message(text: Any = "/start", **changes: Any) -> dict[str, Any]:
    return {
        "message_id": 1,
        "date": 1_800_000_000,
        "chat": {"id": 5, "type": "private", "first_name": "Ada"},
        "from": {"id": 5, "is_bot": False, "first_name": "Ada", "language_code": "en"},
        "text": text,
        **changes,
    }


def update(game: MemoryGame, body: Any) -> Answer:
    headers = {"X-Telegram-Bot-Api-Secret-Token": game.stores.settings.telegram.webhook_secret}
    return send(game, OPERATION["telegramUpdate"], body, headers)


def screen(game: MemoryGame, body: Any) -> dict[str, Any]:
    """What an update of Ada has the chat show: a message for the outbox, which learns its id."""
    answer = update(game, body)
    assert (answer.status, answer.body) == (200, {})
    return game.stores.outbox.calls["s:5"]


@pytest.mark.parametrize("text", ["/start", "/start ref_abc", "/start@tapstack_bot", "/start@tapstack_bot x"])
def test_start_is_answered_with_the_welcome(game: MemoryGame, text: str) -> None:
    shown = screen(game, {"update_id": 1, "message": message(text)})
    assert (shown["method"], shown["chat_id"], shown["parse_mode"]) == ("sendMessage", 5, "HTML")
    assert "Ada" in shown["text"]


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
def test_other_updates_are_taken_and_left_alone(game: MemoryGame, body: dict[str, Any]) -> None:
    answer = update(game, body)
    assert (answer.status, answer.body) == (200, {})
    assert game.stores.players.by_telegram_id(5) is None


@pytest.mark.parametrize("text", ["hello", "/startle", "say /start", None])
def test_whatever_is_written_leads_home(game: MemoryGame, text: Any) -> None:
    shown = screen(game, {"update_id": 1, "message": message(text)})
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
def test_garbage_from_telegram_is_refused_and_makes_no_player(game: MemoryGame, body: dict[str, Any]) -> None:
    assert_refused(update(game, body), 400)
    assert game.stores.players.by_telegram_id(5) is None


def nested(levels: int) -> str:
    """A message that answers one that answers one, and so on."""
    shell = json.dumps(message(reply_to_message=0))
    before, after = shell.split('"reply_to_message": 0')
    opening = before + '"reply_to_message": '
    return opening * levels + json.dumps(message()) + after * levels


@pytest.mark.parametrize("levels", [10, 100, 300, 900, 3_000])
def test_update_nested_deeply_is_read_or_refused(game: MemoryGame, levels: int) -> None:
    text = '{"update_id": 1, "message": ' + nested(levels) + "}"
    answer = update(game, text)
    if answer.status != 200:
        assert_refused(answer, 400)


def test_new_player_is_greeted_by_a_name_that_is_text_only(game: MemoryGame) -> None:
    name = '<b>&"Eve"'
    sender = {"id": 5, "is_bot": False, "first_name": name}
    text = screen(game, {"update_id": 1, "message": message(**{"from": sender})})["text"]
    assert "&lt;b&gt;&amp;" in text
    assert name not in text


def test_home_shows_the_own_score_place_and_goal_and_the_best_three(game: MemoryGame) -> None:
    for user_id, taps in ((5, 1_200), (6, 1_300), (7, 34), (8, 1_500), (9, 1_400)):
        game.sign_in(user_id).tap(taps)
    text = screen(game, {"update_id": 1, "message": message()})["text"]
    assert "Your taps: <b>1,200</b>\nPlace <b>4</b> · level <b>11</b>\n🎯 8,800 more taps to 10,000\n" in text
    rows = [line.rpartition("· ")[2] for line in text.partition("Top 3")[2].split("\n") if " · " in line]
    assert rows == ["1,500", "1,400", "1,300"]


def test_home_of_a_player_below_the_top_knows_the_own_place(game: MemoryGame) -> None:
    for user_id in range(10, 30):
        game.sign_in(user_id).tap(100)
    game.sign_in(5).tap(7)
    assert "Place <b>21</b>" in screen(game, {"update_id": 1, "message": message()})["text"]


def test_leaderboard_shows_the_own_taps_of_this_moment(game: MemoryGame) -> None:
    """The tap panel does, too, and the board is up to 5 s old."""
    ada, bob = game.sign_in(5), game.sign_in(6)
    bob.tap(10)
    ada.tap(5)
    assert "<b>🥈" in screen(game, {"update_id": 1, "message": message("/top")})["text"]
    ada.tap(12)
    assert "<b>🥇" in screen(game, {"update_id": 2, "message": message("/top")})["text"]


def test_home_of_an_empty_game_invites_to_be_the_first(game: MemoryGame) -> None:
    game.sign_in(5)
    assert "Be the first" in screen(game, {"update_id": 1, "message": message()})["text"]


def home_of(**settings: str) -> dict[str, Any]:
    game = memory_game(**settings)
    game.sign_in(5)
    return screen(game, {"update_id": 1, "message": message()})


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
def test_leaderboard_of_the_longest_names_fits_a_message(language: str) -> None:
    """https://core.telegram.org/bots/api#sendmessage: 4096 characters."""
    game = memory_game()
    for user_id in range(5, 30):
        player = game.sign_in(user_id)
        player.tap(2**40)
        game.call("players", "PATCH", "/players/me", {"username": f"{user_id:_>20}"}, headers=player.headers)
    sender = {"id": 5, "is_bot": False, "first_name": "Ada", "language_code": language}
    text = screen(game, {"update_id": 1, "message": message("/top", **{"from": sender})})["text"]
    assert text.count(" · ") == 10
    assert len(text) < 4_096


def test_conversation_that_cannot_be_recorded_goes_on(game: MemoryGame, monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(*_: Message) -> None:
        raise StoreUnavailable("DynamoDB is unavailable", retry_after_s=1)

    monkeypatch.setattr(game.stores.messages, "put", unavailable)
    assert screen(game, {"update_id": 1, "message": message()})["text"]


ADA = {"id": 5, "is_bot": False, "first_name": "Ada"}
INLINE = {"id": "1", "from": ADA, "query": "", "offset": ""}


def press(data: str, **changes: Any) -> dict[str, Any]:
    return {"id": "1", "from": ADA, "chat_instance": "1", "message": message(), "data": data, **changes}


@pytest.mark.parametrize("update_id", [-1, -(2**63), MAX_UPDATE_ID + 1, 2**63, 10**30, 1.5])
def test_update_id_out_of_its_bounds_is_refused(game: MemoryGame, update_id: Any) -> None:
    ada = game.sign_in(5)
    assert_refused(update(game, {"update_id": update_id, "callback_query": press(tap_button.PREFIX)}), 400)
    assert ada.tap(0).body["clicks"] == 0


@pytest.mark.parametrize(
    "body",
    [
        {"message": message("x" * 4_097)},
        {"message": message(chat={"id": 2**70, "type": "private"})},
        {"message": message(chat={"id": -(2**70), "type": "group", "title": "g"})},
        {"callback_query": press("x" * 65)},
        {"callback_query": press("x", id="1" * 65)},
        {"callback_query": press("x", message=message(message_id=-1))},
    ],
    ids=range(6),
)
def test_numbers_and_texts_out_of_their_bounds_are_refused(game: MemoryGame, body: dict[str, Any]) -> None:
    assert_refused(update(game, {"update_id": 1, **body}), 400)


@pytest.mark.parametrize("data", [tap_button.PREFIX, "home:open", "invite:open"])
def test_press_without_a_message_is_answered_and_does_nothing(game: MemoryGame, data: str) -> None:
    query = press(data, inline_message_id="AgAAA")
    del query["message"]
    answer = update(game, {"update_id": 1, "callback_query": query})
    assert (answer.status, answer.body) == (200, {"method": "answerCallbackQuery", "callback_query_id": "1"})


class Unreachable:
    """A bot whose Telegram can't be reached; counts who has tried."""

    asked = 0

    async def get_me(self, **_: Any) -> None:
        self.asked += 1
        raise NetworkError("no route")


@pytest.mark.parametrize(
    "body",
    [
        {"inline_query": INLINE},
        {"callback_query": press("invite:open")},
        {"message": message("/invite")},
        {"message": message("/top", chat={"id": -5, "type": "group", "title": "g"})},
    ],
    ids=["inline", "press", "command", "group"],
)
def test_link_while_telegram_cannot_be_reached_is_put_off(
    monkeypatch: pytest.MonkeyPatch, body: dict[str, Any]
) -> None:
    """What needs the bot's name waits for it; one of those who ask tries, and nobody else waits for a time-out."""
    unreachable = Unreachable()
    monkeypatch.setattr(client, "bot_of", lambda _: unreachable)
    breaker = Breaker(60)
    monkeypatch.setattr(client, "_asking", lambda _: breaker)
    game = memory_game(TELEGRAM_BOT_USERNAME="")
    game.sign_in(5)
    for update_id in (1, 2):
        answer = update(game, {"update_id": update_id, **body})
        assert_refused(answer, 503, "telegram_unavailable")
    assert unreachable.asked == 1


def test_banned_player_may_not_rename(game: MemoryGame) -> None:
    ada = game.sign_in(5)
    accounts = game.stores.players.accounts
    accounts[ada.id] = replace(accounts[ada.id], status=ModerationStatus.BANNED)
    answer = game.call("players", "PATCH", "/players/me", {"username": "ada_99"}, headers=ada.headers)
    assert_refused(answer, 403, "banned")
    assert accounts[ada.id].username is None


def test_inviter_gets_no_link_from_a_strangers_name(game: MemoryGame) -> None:
    inviter = game.sign_in(5)
    code = inviter.opened["player"]["ref_code"]
    stranger = {"id": 6, "is_bot": False, "first_name": "FREE TON:", "last_name": "t.me/scam @scam"}
    chat = {"id": 6, "type": "private", "first_name": "x"}
    update(game, {"update_id": 1, "message": message(f"/start ref_{code}", chat=chat, **{"from": stranger})})
    (notice,) = [call for call in game.stores.outbox.calls.values() if call["chat_id"] == 5]
    assert "FREE TON t me scam scam" in notice["text"]
    assert not re.search(r"t\.me|@|https?:", notice["text"])


def test_person_who_writes_too_fast_is_heard_no_more_for_a_while(game: MemoryGame) -> None:
    game.stores.limiter.left["update"] = 1
    assert screen(game, {"update_id": 1, "message": message()})["text"]
    for update_id, body in enumerate([{"message": message()}, {"inline_query": INLINE}], 2):
        answer = update(game, {"update_id": update_id, **body})
        assert (answer.status, answer.body) == (200, {})
    late = update(game, {"update_id": 9, "callback_query": press("home:open")})
    assert (late.status, late.body["method"]) == (200, "answerCallbackQuery")


def test_tap_in_the_chat_counts_however_much_was_written(game: MemoryGame) -> None:
    game.sign_in(5)
    game.stores.limiter.left["update"] = 0
    answer = update(game, {"update_id": 1, "callback_query": press(tap_button.PREFIX)})
    assert answer.body["text"] == "+1 → 1"


GROUP = {"id": -5, "type": "supergroup", "title": "g"}


def test_group_taps_are_taken_in_groups_alone(game: MemoryGame) -> None:
    """A client that is not Telegram's own may send any data with any message."""
    elsewhere = [message(), message(chat={"id": -6, "type": "channel", "title": "c"}), message(chat=GROUP)]
    for number, shown in enumerate(elsewhere):
        query = press("tap:group:en", message=shown)
        answer = update(game, {"update_id": number, "callback_query": query})
        assert answer.status == 200
        tapped = answer.body.get("text") == "+1 → 1"
        assert tapped == (shown["chat"] == GROUP)
    assert game.stores.group_taps.taps.keys() == {-5}


def with_button(data: str) -> dict[str, Any]:
    """A message of the group with one button."""
    return message(chat=GROUP, reply_markup={"inline_keyboard": [[{"text": "x", "callback_data": data}]]})


def group_tap(game: MemoryGame, data: str, shown: dict[str, Any]) -> Any:
    """Taps in the group; the panel that is then edited."""
    answer = update(game, {"update_id": 1, "callback_query": press(data, message=shown)})
    assert answer.body["text"] == "+1 → 1"
    return game.stores.group_taps.panels.get(-5)


@pytest.mark.parametrize(("data", "language"), [("tap:group:ru", "ru"), ("tap:group:", "en"), ("tap:group:xx", "en")])
def test_group_tap_has_the_message_with_its_button_edited(game: MemoryGame, data: str, language: str) -> None:
    assert group_tap(game, data, with_button(data)) == (1, language)


@pytest.mark.parametrize(
    "shown",
    [
        message(chat=GROUP),
        with_button("rally:join:0123456789abcdef"),
        with_button("tap:group:en"),
        {"message_id": 7, "date": 0, "chat": GROUP},
    ],
    ids=["no button", "a rally", "another language", "inaccessible"],
)
def test_group_tap_has_no_message_edited_that_is_without_its_button(game: MemoryGame, shown: dict[str, Any]) -> None:
    """Or anybody could have a group's rally or duel, or whatever else the bot has said there, become a panel."""
    assert group_tap(game, "tap:group:ru", shown) is None
    assert game.stores.group_taps.taps.keys() == {-5}


def member(status: str, chat: dict[str, Any]) -> dict[str, Any]:
    bot = {"id": 1, "is_bot": True, "first_name": "bot"}
    now = {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}
    states = {"old_chat_member": {"user": bot, "status": "left"}, "new_chat_member": now}
    return {"my_chat_member": {"chat": chat, "from": ADA, "date": 1_800_000_000, **states}}


@pytest.mark.parametrize(("status", "greeted"), [("member", 1), ("left", 0), ("kicked", 0)])
def test_group_is_greeted_when_the_bot_comes_and_only_then(game: MemoryGame, status: str, greeted: int) -> None:
    for number in (1, 1, 2):
        assert update(game, {"update_id": number, **member(status, GROUP)}).body == {}
    assert len(game.stores.outbox.calls) == greeted
    assert game.stores.conversations.saved == {}


def test_channel_is_not_greeted(game: MemoryGame) -> None:
    channel = {"id": -6, "type": "channel", "title": "c"}
    assert update(game, {"update_id": 1, **member("member", channel)}).body == {}
    assert game.stores.outbox.calls == {}


ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


@pytest.mark.parametrize("sender", [ADA, ANONYMOUS, None], ids=["a member", "an anonymous admin", "nobody"])
@pytest.mark.parametrize("said_in", ["the group", "the supergroup"])
def test_upgrade_of_a_group_is_followed_whoever_did_it(game: MemoryGame, sender: Any, said_in: str) -> None:
    before, after = {"id": -4, "type": "group", "title": "g"}, GROUP
    said = {"migrate_to_chat_id": -5} if said_in == "the group" else {"migrate_from_chat_id": -4}
    body = message(chat=before if said_in == "the group" else after, **said, **{"from": sender})
    del body["text"]
    if sender is None:
        del body["from"]
    for _ in range(2):
        assert update(game, {"update_id": 1, "message": body}).body == {}
    assert game.stores.groups.before == {-5: -4}
    assert update(game, {"update_id": 2, **member("member", GROUP)}).body == {}
    assert game.stores.outbox.calls == {}, "it has been greeted before"


def test_group_that_asks_too_often_is_not_answered(game: MemoryGame) -> None:
    game.stores.limiter.left["group"] = 1
    group = {"id": -5, "type": "group", "title": "g"}
    answers = [update(game, {"update_id": n, "message": message("/top", chat=group)}) for n in (1, 2)]
    assert [(answer.status, answer.body.get("method")) for answer in answers] == [(200, "sendMessage"), (200, None)]
