"""The bot's profile and inline mode."""

import pytest

from telegram_local import user_actions
from telegram_local.bot_api.profile import commands_for
from telegram_local.state import Json
from telegram_local.testing import BUTTON, InMemoryTelegram


@pytest.fixture
def at() -> InMemoryTelegram:
    return InMemoryTelegram()


def test_commands_go_by_scope_and_language(at: InMemoryTelegram) -> None:
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


def test_texts_of_the_profile_have_their_limits_and_languages(at: InMemoryTelegram) -> None:
    at.ok("setMyDescription", description="d" * 512)
    at.ok("setMyDescription", description="о", language_code="ru")
    assert at.ok("getMyDescription", language_code="ru") == {"description": "о"}
    assert at.ok("getMyDescription", language_code="de")["description"] == "d" * 512
    assert at.refused("setMyShortDescription", short_description="s" * 121)
    assert at.ok("getMyName") == {"name": "Local Bot"}


def test_menu_button_of_a_chat_wins_over_the_default(at: InMemoryTelegram) -> None:
    button = {"type": "web_app", "text": "Play", "web_app": {"url": "https://example.org/"}}
    at.ok("setChatMenuButton", menu_button=button)
    at.ok("setChatMenuButton", chat_id=1, menu_button={"type": "commands"})
    assert at.ok("getChatMenuButton") == button
    assert at.ok("getChatMenuButton", chat_id=1) == {"type": "commands"}


def test_inline_result_is_sent_in_the_users_name_and_can_be_edited(at: InMemoryTelegram) -> None:
    query = user_actions.inline_query(at.core, at.ada, at.chat, "score")
    article = {
        "type": "article",
        "id": "1",
        "title": "My score",
        "input_message_content": {"message_text": "<b>42</b>", "parse_mode": "HTML"},
        "reply_markup": BUTTON,
    }
    at.ok("answerInlineQuery", inline_query_id=query.id, results=[article], cache_time=0)
    grace = user_actions.make_user(at.core, {"id": 2, "first_name": "Grace"})
    dialog = user_actions.dialog(at.core, at.ada, grace)
    message = user_actions.choose_result(at.core, at.ada, dialog, query.id, "1")
    assert message["via_bot"]["username"] == "local_bot" and message["text"] == "42"
    user_actions.press(at.core, grace, dialog, message["message_id"], 0, 0)
    kind, pressed = at.updates()[-1]
    assert kind == "callback_query" and "message" not in pressed
    inline_id = pressed["inline_message_id"]
    assert at.ok("editMessageText", inline_message_id=inline_id, text="43") is True
    assert dialog.messages[message["message_id"]]["text"] == "43"


def test_nonsense_in_a_parameter_is_a_bad_request(at: InMemoryTelegram) -> None:
    assert at.refused("setMessageReaction", chat_id=1, message_id=1, reaction=[3]).startswith("Bad Request")
    assert at.refused("deleteMessages", chat_id=1, message_ids=["x"]) == "Bad Request: wrong parameters in request"


def test_only_wanted_updates_are_kept(at: InMemoryTelegram) -> None:
    at.core.state.webhook.allowed_updates = ["message"]
    user_actions.send_text(at.core, at.ada, at.chat, "hi")
    at.press()
    assert [kind for kind, _ in at.updates()] == ["message"]
