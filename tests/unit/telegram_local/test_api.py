"""The Bot API without a network: what it answers and refuses, on a clock that stands still."""

from typing import Any

import pytest
from telegram_local import people
from telegram_local.clock import ManualClock
from telegram_local.core import Core
from telegram_local.errors import ApiError
from telegram_local.settings import Limits, Settings
from telegram_local.world import Chat, Json, User

FREE = Limits(bot_per_s=10_000, private_burst=10_000, group_per_min=10_000)
BUTTON = {"inline_keyboard": [[{"text": "Tap", "callback_data": "tap"}]]}


class Setting:
    """One user, Ada, who has started the bot."""

    def __init__(self, limits: Limits = FREE) -> None:
        self.clock = ManualClock()
        self.core = Core(Settings(limits=limits), self.clock)
        self.ada = people.make_user(self.core, {"id": 1, "first_name": "Ada", "language_code": "en"})
        self.chat = self.core.private_chat(self.ada)
        people.send_text(self.core, self.ada, self.chat, "/start")
        self.core.world.updates.clear()

    def ok(self, name: str, **params: Any) -> Any:
        return self.core.call(name, params)

    def refused(self, name: str, **params: Any) -> str:
        with pytest.raises(ApiError) as refused:
            self.core.call(name, params)
        return refused.value.description

    def updates(self) -> list[tuple[str, Json]]:
        return [(update.kind, update.payload) for update in self.core.world.updates.values()]


@pytest.fixture
def at() -> Setting:
    return Setting()


def test_message_reaches_the_screen_and_comes_back(at: Setting) -> None:
    message = at.ok("sendMessage", chat_id="1", text="<b>Hi</b> Ada", parse_mode="HTML", reply_markup=BUTTON)
    assert message["text"] == "Hi Ada"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert message["reply_markup"] == BUTTON
    assert message["chat"] == {"id": 1, "type": "private", "first_name": "Ada"}
    assert at.chat.messages[message["message_id"]] == message


@pytest.mark.parametrize(
    ("name", "params", "description"),
    [
        ("noSuchMethod", {}, "Not Found"),
        ("sendMessage", {"text": "x"}, "Bad Request: chat_id is empty"),
        ("sendMessage", {"chat_id": 99, "text": "x"}, "Bad Request: chat not found"),
        ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "Bad Request: chat not found"),
        ("sendMessage", {"chat_id": 1}, "Bad Request: message text is empty"),
        ("sendMessage", {"chat_id": 1, "text": " \n "}, "Bad Request: message text is empty"),
        ("sendMessage", {"chat_id": 1, "text": "x" * 4097}, "Bad Request: message is too long"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "<b>x", "parse_mode": "HTML"},
            "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": "{"},
            "Bad Request: can't parse reply keyboard markup JSON object",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_parameters": {"message_id": 999}},
            "Bad Request: message to be replied not found",
        ),
        (
            "editMessageText",
            {"chat_id": 1, "message_id": 999, "text": "x"},
            "Bad Request: message to edit not found",
        ),
        ("editMessageText", {"text": "x"}, "Bad Request: message identifier is not specified"),
        ("deleteMessage", {"chat_id": 1, "message_id": 999}, "Bad Request: message to delete not found"),
        (
            "answerCallbackQuery",
            {"callback_query_id": "5"},
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
        ),
        (
            "sendChatAction",
            {"chat_id": 1, "action": "sing"},
            "Bad Request: wrong parameter action in request",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "A", "description": "x"}]},
            "Bad Request: BOT_COMMAND_INVALID",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": "x"}] * 101},
            "Bad Request: BOT_COMMANDS_TOO_MUCH",
        ),
        (
            "setWebhook",
            {"url": "ftp://x"},
            "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            "setWebhook",
            {"url": "https://x.y/", "secret_token": "a b"},
            "Bad Request: secret token contains unallowed characters",
        ),
    ],
)
def test_refusals_are_worded_as_telegrams(at: Setting, name: str, params: Json, description: str) -> None:
    assert at.refused(name, **params) == description


def test_longest_text_counts_after_parsing(at: Setting) -> None:
    assert at.ok("sendMessage", chat_id=1, text=f"<b>{'x' * 4096}</b>", parse_mode="HTML")


def test_same_edit_is_not_modified_and_leaving_the_keyboard_out_removes_it(at: Setting) -> None:
    sent = at.ok("sendMessage", chat_id=1, text="a", reply_markup=BUTTON)
    where = {"chat_id": 1, "message_id": sent["message_id"]}
    unchanged = at.refused("editMessageText", text="a", reply_markup=BUTTON, **where)
    assert unchanged.startswith("Bad Request: message is not modified: specified new message content")
    edited = at.ok("editMessageText", text="a", **where)
    assert "reply_markup" not in edited and edited["edit_date"] >= edited["date"]
    assert at.ok("editMessageReplyMarkup", reply_markup=BUTTON, **where)["reply_markup"] == BUTTON


def test_message_of_a_person_cannot_be_edited(at: Setting) -> None:
    mine = people.send_text(at.core, at.ada, at.chat, "hi")
    refused = at.refused("editMessageText", chat_id=1, message_id=mine["message_id"], text="x")
    assert refused == "Bad Request: message can't be edited"


def test_message_older_than_two_days_cannot_be_deleted(at: Setting) -> None:
    sent = at.ok("sendMessage", chat_id=1, text="a")["message_id"]
    at.clock.advance(48 * 3600 + 1)
    assert "can't be deleted for everyone" in at.refused("deleteMessage", chat_id=1, message_id=sent)
    assert at.ok("deleteMessages", chat_id=1, message_ids=[sent, 12345])
    assert sent not in at.chat.messages


def test_blocked_and_deactivated_users_are_forbidden(at: Setting) -> None:
    people.block(at.core, at.ada)
    assert at.updates()[0][1]["new_chat_member"]["status"] == "kicked"
    assert at.refused("sendMessage", chat_id=1, text="x") == "Forbidden: bot was blocked by the user"
    people.unblock(at.core, at.ada)
    at.ada.deactivated = True
    assert at.refused("sendMessage", chat_id=1, text="x") == "Forbidden: user is deactivated"


def _press(at: Setting) -> str:
    sent = at.ok("sendMessage", chat_id=1, text="a", reply_markup=BUTTON)
    return people.press(at.core, at.ada, at.chat, sent["message_id"], 0, 0).id


def test_pressed_button_is_answered_once_within_150_seconds(at: Setting) -> None:
    first, second = _press(at), _press(at)
    at.clock.advance(150)
    assert at.ok("answerCallbackQuery", callback_query_id=first, text="ok", show_alert=True)
    assert "query is too old" in at.refused("answerCallbackQuery", callback_query_id=first)
    at.clock.advance(0.1)
    assert "query is too old" in at.refused("answerCallbackQuery", callback_query_id=second)
    toast = at.core.hub.since(1, 0)[-1]
    assert (toast["type"], toast["text"], toast["alert"]) == ("toast", "ok", True)


def test_toast_has_at_most_200_characters(at: Setting) -> None:
    query = _press(at)
    refused = at.refused("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert refused == "Bad Request: MESSAGE_TOO_LONG"
    assert at.ok("answerCallbackQuery", callback_query_id=query, text="x" * 200)


def _group(at: Setting) -> tuple[User, Chat]:
    grace = people.make_user(at.core, {"id": 2, "first_name": "Grace"})
    return grace, people.new_group(at.core, at.ada, "Tappers", [2])


def test_group_gives_the_bot_only_what_concerns_it(at: Setting) -> None:
    _, group = _group(at)
    at.core.world.updates.clear()
    sent = at.ok("sendMessage", chat_id=group.id, text="hello")
    for text in ("hi all", "/top", "/top@other_bot", "/top@tapstack_local_bot"):
        people.send_text(at.core, at.ada, group, text)
    people.send_text(at.core, at.ada, group, "yes", sent["message_id"])
    assert [payload["text"] for _, payload in at.updates()] == ["/top", "/top@tapstack_local_bot", "yes"]


def test_group_that_was_upgraded_names_its_successor(at: Setting) -> None:
    _, group = _group(at)
    successor = people.migrate(at.core, at.ada, group)
    with pytest.raises(ApiError) as refused:
        at.core.call("sendMessage", {"chat_id": group.id, "text": "x"})
    assert refused.value.body() == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": successor.id},
    }
    assert at.ok("sendMessage", chat_id=successor.id, text="x")["chat"]["type"] == "supergroup"


def test_member_of_a_group_who_never_started_the_bot_cannot_be_written_to(at: Setting) -> None:
    _group(at)
    refused = at.refused("sendMessage", chat_id=2, text="x")
    assert refused == "Forbidden: bot can't initiate conversation with a user"


def test_bot_that_was_thrown_out_is_forbidden(at: Setting) -> None:
    _, group = _group(at)
    people.remove_bot(at.core, at.ada, group)
    refused = at.refused("sendMessage", chat_id=group.id, text="x")
    assert refused == "Forbidden: bot was kicked from the group chat"


def test_edits_count_against_the_limits_and_toasts_do_not() -> None:
    at = Setting(Limits(private_burst=2))
    sent = at.ok("sendMessage", chat_id=1, text="0", reply_markup=BUTTON)
    where = {"chat_id": 1, "message_id": sent["message_id"]}
    at.ok("editMessageText", text="1", reply_markup=BUTTON, **where)
    assert at.refused("editMessageText", text="2", **where) == "Too Many Requests: retry after 1"
    query = people.press(at.core, at.ada, at.chat, sent["message_id"], 0, 0)
    assert at.ok("answerCallbackQuery", callback_query_id=query.id)
    at.clock.advance(1)
    at.ok("editMessageText", text="2", **where)
    shown = at.core.stats.shown()
    assert shown["served"]["editMessageText"] == 2
    assert shown["refused"] == {"editMessageText": {"429": 1}}
    assert shown["too_many_requests"] == 1


def test_method_answered_in_a_webhook_is_counted_apart_and_not_limited() -> None:
    at = Setting(Limits(private_burst=1))
    for number in range(5):
        at.core.answer_call("sendMessage", {"chat_id": 1, "text": str(number)})
    at.core.answer_call("sendMessage", {"chat_id": 99, "text": "x"})
    shown = at.core.stats.shown()
    assert shown["webhook_answers"] == {
        "served": {"sendMessage": 5},
        "refused": {"sendMessage": {"400": 1}},
    }
    assert shown["served"] == {}


def test_commands_go_by_scope_and_language(at: Setting) -> None:
    from telegram_local.api.profile import commands_for

    def named(name: str) -> list[Json]:
        return [{"command": name, "description": "x"}]

    at.ok("setMyCommands", commands=named("default"))
    at.ok("setMyCommands", commands=named("private"), scope={"type": "all_private_chats"})
    at.ok("setMyCommands", commands=named("ru"), scope={"type": "all_private_chats"}, language_code="ru")
    at.ok("setMyCommands", commands=named("own"), scope={"type": "chat", "chat_id": 1})

    def seen(language: str, chat_id: int, private: bool = True) -> str:
        found = commands_for(at.core, private=private, chat_id=chat_id, user_id=chat_id, language=language)
        return str(found[0]["command"])

    assert [seen("en", 1), seen("en", 2), seen("ru", 2), seen("ru", -3, False)] == [
        "own",
        "private",
        "ru",
        "default",
    ]
    at.ok("deleteMyCommands", scope={"type": "chat", "chat_id": 1})
    assert seen("en", 1) == "private"
    assert at.ok("getMyCommands", language_code="de") == []


def test_texts_of_the_profile_have_their_limits_and_languages(at: Setting) -> None:
    at.ok("setMyDescription", description="d" * 512)
    at.ok("setMyDescription", description="о", language_code="ru")
    assert at.ok("getMyDescription", language_code="ru") == {"description": "о"}
    assert at.ok("getMyDescription", language_code="de")["description"] == "d" * 512
    assert at.refused("setMyShortDescription", short_description="s" * 121)
    assert at.ok("getMyName") == {"name": "Tapstack"}


def test_menu_button_of_a_chat_wins_over_the_default(at: Setting) -> None:
    button = {"type": "web_app", "text": "Play", "web_app": {"url": "https://example.org/"}}
    at.ok("setChatMenuButton", menu_button=button)
    at.ok("setChatMenuButton", chat_id=1, menu_button={"type": "commands"})
    assert at.ok("getChatMenuButton") == button
    assert at.ok("getChatMenuButton", chat_id=1) == {"type": "commands"}


def test_inline_result_is_sent_in_the_users_name_and_can_be_edited(at: Setting) -> None:
    query = people.inline_query(at.core, at.ada, at.chat, "score")
    article = {
        "type": "article",
        "id": "1",
        "title": "My score",
        "input_message_content": {"message_text": "<b>42</b>", "parse_mode": "HTML"},
        "reply_markup": BUTTON,
    }
    at.ok("answerInlineQuery", inline_query_id=query.id, results=[article], cache_time=0)
    grace = people.make_user(at.core, {"id": 2, "first_name": "Grace"})
    dialog = people.dialog(at.core, at.ada, grace)
    message = people.choose_result(at.core, at.ada, dialog, query.id, "1")
    assert message["via_bot"]["username"] == "tapstack_local_bot" and message["text"] == "42"
    people.press(at.core, grace, dialog, message["message_id"], 0, 0)
    kind, pressed = at.updates()[-1]
    assert kind == "callback_query" and "message" not in pressed
    inline_id = pressed["inline_message_id"]
    assert at.ok("editMessageText", inline_message_id=inline_id, text="43") is True
    assert dialog.messages[message["message_id"]]["text"] == "43"


def test_nonsense_in_a_parameter_is_a_bad_request(at: Setting) -> None:
    assert at.refused("setMessageReaction", chat_id=1, message_id=1, reaction=[3]).startswith("Bad Request")
    assert (
        at.refused("deleteMessages", chat_id=1, message_ids=["x"])
        == "Bad Request: wrong parameters in request"
    )


def test_only_wanted_updates_are_kept(at: Setting) -> None:
    at.core.world.webhook.allowed_updates = ["message"]
    people.send_text(at.core, at.ada, at.chat, "hi")
    _press(at)
    assert [kind for kind, _ in at.updates()] == ["message"]
