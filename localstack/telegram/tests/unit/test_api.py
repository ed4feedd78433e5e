"""Messages and chats: what the Bot API answers and refuses, on a clock that stands still."""

import pytest

from telegram_local import user_actions
from telegram_local.errors import ApiError
from telegram_local.state import Chat, Json, User
from telegram_local.testing import BUTTON, InMemoryTelegram, Limits


@pytest.fixture
def at() -> InMemoryTelegram:
    return InMemoryTelegram()


def test_message_reaches_the_screen_and_comes_back(at: InMemoryTelegram) -> None:
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
def test_refusals_are_worded_as_telegrams(at: InMemoryTelegram, name: str, params: Json, description: str) -> None:
    assert at.refused(name, **params) == description


def test_longest_text_counts_after_parsing(at: InMemoryTelegram) -> None:
    assert at.ok("sendMessage", chat_id=1, text=f"<b>{'x' * 4096}</b>", parse_mode="HTML")


def test_same_edit_is_not_modified_and_leaving_the_keyboard_out_removes_it(at: InMemoryTelegram) -> None:
    sent = at.ok("sendMessage", chat_id=1, text="a", reply_markup=BUTTON)
    where = {"chat_id": 1, "message_id": sent["message_id"]}
    unchanged = at.refused("editMessageText", text="a", reply_markup=BUTTON, **where)
    assert unchanged.startswith("Bad Request: message is not modified: specified new message content")
    edited = at.ok("editMessageText", text="a", **where)
    assert "reply_markup" not in edited and edited["edit_date"] >= edited["date"]
    assert at.ok("editMessageReplyMarkup", reply_markup=BUTTON, **where)["reply_markup"] == BUTTON


def test_message_of_a_person_cannot_be_edited(at: InMemoryTelegram) -> None:
    mine = user_actions.send_text(at.core, at.ada, at.chat, "hi")
    refused = at.refused("editMessageText", chat_id=1, message_id=mine["message_id"], text="x")
    assert refused == "Bad Request: message can't be edited"


def test_message_older_than_two_days_cannot_be_deleted(at: InMemoryTelegram) -> None:
    sent = at.ok("sendMessage", chat_id=1, text="a")["message_id"]
    at.clock.advance(48 * 3600 + 1)
    assert "can't be deleted for everyone" in at.refused("deleteMessage", chat_id=1, message_id=sent)
    assert at.ok("deleteMessages", chat_id=1, message_ids=[sent, 12345])
    assert sent not in at.chat.messages


def test_blocked_and_deactivated_users_are_forbidden(at: InMemoryTelegram) -> None:
    user_actions.block(at.core, at.ada)
    assert at.updates()[0][1]["new_chat_member"]["status"] == "kicked"
    assert at.refused("sendMessage", chat_id=1, text="x") == "Forbidden: bot was blocked by the user"
    user_actions.unblock(at.core, at.ada)
    at.ada.deactivated = True
    assert at.refused("sendMessage", chat_id=1, text="x") == "Forbidden: user is deactivated"


def test_pressed_button_is_answered_once_within_150_seconds(at: InMemoryTelegram) -> None:
    first, second = at.press(), at.press()
    at.clock.advance(150)
    assert at.ok("answerCallbackQuery", callback_query_id=first, text="ok", show_alert=True)
    assert "query is too old" in at.refused("answerCallbackQuery", callback_query_id=first)
    at.clock.advance(0.1)
    assert "query is too old" in at.refused("answerCallbackQuery", callback_query_id=second)
    toast = at.core.hub.since(1, 0)[-1]
    assert (toast["type"], toast["text"], toast["alert"]) == ("toast", "ok", True)


def test_toast_has_at_most_200_characters(at: InMemoryTelegram) -> None:
    query = at.press()
    refused = at.refused("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert refused == "Bad Request: MESSAGE_TOO_LONG"
    assert at.ok("answerCallbackQuery", callback_query_id=query, text="x" * 200)


def _group(at: InMemoryTelegram) -> tuple[User, Chat]:
    grace = user_actions.make_user(at.core, {"id": 2, "first_name": "Grace"})
    return grace, user_actions.new_group(at.core, at.ada, "Tappers", [2])


def test_group_gives_the_bot_only_what_concerns_it(at: InMemoryTelegram) -> None:
    _, group = _group(at)
    at.core.state.updates.clear()
    sent = at.ok("sendMessage", chat_id=group.id, text="hello")
    for text in ("hi all", "/top", "/top@other_bot", "/top@local_bot"):
        user_actions.send_text(at.core, at.ada, group, text)
    user_actions.send_text(at.core, at.ada, group, "yes", sent["message_id"])
    assert [payload["text"] for _, payload in at.updates()] == ["/top", "/top@local_bot", "yes"]


def test_group_that_was_upgraded_names_its_successor(at: InMemoryTelegram) -> None:
    _, group = _group(at)
    successor = user_actions.migrate(at.core, at.ada, group)
    with pytest.raises(ApiError) as refused:
        at.core.call("sendMessage", {"chat_id": group.id, "text": "x"})
    assert refused.value.body() == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": successor.id},
    }
    assert at.ok("sendMessage", chat_id=successor.id, text="x")["chat"]["type"] == "supergroup"


def test_member_of_a_group_who_never_started_the_bot_cannot_be_written_to(at: InMemoryTelegram) -> None:
    _group(at)
    refused = at.refused("sendMessage", chat_id=2, text="x")
    assert refused == "Forbidden: bot can't initiate conversation with a user"


def test_bot_that_was_thrown_out_is_forbidden(at: InMemoryTelegram) -> None:
    _, group = _group(at)
    user_actions.remove_bot(at.core, at.ada, group)
    refused = at.refused("sendMessage", chat_id=group.id, text="x")
    assert refused == "Forbidden: bot was kicked from the group chat"
    user_actions.add_bot(at.core, at.ada, group)
    assert at.ok("sendMessage", chat_id=group.id, text="back")
    changes = [body for kind, body in at.updates() if kind == "my_chat_member"]
    assert changes[-1]["old_chat_member"]["status"] == "kicked"
    assert changes[-1]["new_chat_member"]["status"] == "member"


def test_edits_count_against_the_limits_and_toasts_do_not() -> None:
    at = InMemoryTelegram(Limits(private_burst=2))
    sent = at.ok("sendMessage", chat_id=1, text="0", reply_markup=BUTTON)
    where = {"chat_id": 1, "message_id": sent["message_id"]}
    at.ok("editMessageText", text="1", reply_markup=BUTTON, **where)
    assert at.refused("editMessageText", text="2", **where) == "Too Many Requests: retry after 1"
    query = user_actions.press(at.core, at.ada, at.chat, sent["message_id"], 0, 0)
    assert at.ok("answerCallbackQuery", callback_query_id=query.id)
    at.clock.advance(1)
    at.ok("editMessageText", text="2", **where)
    shown = at.core.stats.as_json()
    assert shown["served"]["editMessageText"] == 2
    assert shown["refused"] == {"editMessageText": {"429": 1}}
    assert shown["too_many_requests"] == 1


def test_method_returned_by_a_webhook_is_counted_apart_and_not_limited() -> None:
    at = InMemoryTelegram(Limits(private_burst=1))
    for number in range(5):
        at.core.call_from_webhook("sendMessage", {"chat_id": 1, "text": str(number)})
    at.core.call_from_webhook("sendMessage", {"chat_id": 99, "text": "x"})
    shown = at.core.stats.as_json()
    assert shown["webhook_answers"] == {
        "served": {"sendMessage": 5},
        "refused": {"sendMessage": {"400": 1}},
    }
    assert shown["served"] == {}
