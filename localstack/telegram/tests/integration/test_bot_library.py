"""python-telegram-bot speaks to the local Telegram as to the real one."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    MenuButtonWebApp,
    ReplyParameters,
    WebAppInfo,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter
from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from telegram_local.testing import Limits, LocalTelegram

T = TypeVar("T")


@pytest.fixture
def telegram() -> Iterator[LocalTelegram]:
    with LocalTelegram(limits=Limits(private_burst=100)) as server:
        yield server


def _with_bot(telegram: LocalTelegram, act: Callable[[Bot], Awaitable[T]], token: str = "") -> T:
    async def run() -> T:
        async with Bot(token or telegram.token, base_url=telegram.bot_url) as bot:
            return await act(bot)

    return asyncio.run(run())


def test_bot_sends_edits_and_deletes(telegram: LocalTelegram) -> None:
    ada = telegram.user(first_name="Ada")
    started = ada.start("ref_abc")

    async def act(bot: Bot) -> None:
        (update,) = await bot.get_updates()
        assert update.message and update.message.text == "/start ref_abc"
        assert update.message.entities[0].type == "bot_command"
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Tap", callback_data="tap")]])
        reply = ReplyParameters(update.message.message_id)
        sent = await bot.send_message(
            ada.id, "<b>0</b> clicks", ParseMode.HTML, reply_markup=keyboard, reply_parameters=reply
        )
        assert sent.reply_to_message and sent.reply_to_message.text == "/start ref_abc"
        await bot.send_chat_action(ada.id, "typing")
        edited = await bot.edit_message_text("1 click", ada.id, sent.message_id, reply_markup=keyboard)
        assert not isinstance(edited, bool) and edited.edit_date and edited.reply_markup == keyboard
        with pytest.raises(BadRequest, match="Message is not modified"):
            await bot.edit_message_text("1 click", ada.id, sent.message_id, reply_markup=keyboard)
        assert await bot.delete_message(ada.id, sent.message_id)
        await bot.send_message(ada.id, "Name?", reply_markup=ForceReply(input_field_placeholder="username"))
        await bot.send_photo(ada.id, b"\x89PNG", caption="A picture")

    _with_bot(telegram, act)
    assert [message.text for message in ada.messages()] == ["/start ref_abc", "Name?", "A picture"]
    assert ada.keyboard() == {
        "force_reply": True,
        "selective": False,
        "input_field_placeholder": "username",
        "message_id": started.id + 2,
    }


def test_errors_become_the_librarys_exceptions(telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    ada = telegram.user()
    ada.start()
    group = telegram.group(ada, "Tappers")
    successor = group.upgrade()
    ada.block_bot()

    async def act(bot: Bot) -> None:
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(ada.id, "x")
        with pytest.raises(ChatMigrated) as migrated:
            await bot.send_message(group.id, "x")
        assert migrated.value.new_chat_id == successor.id
        for _ in range(20):
            await bot.send_message(successor.id, "x")
        with pytest.raises(RetryAfter) as refused:
            await bot.send_message(successor.id, "x")
        wait = refused.value.retry_after
        assert isinstance(wait, timedelta) and 55 <= wait.total_seconds() <= 60

    _with_bot(telegram, act)
    assert telegram.stats()["too_many_requests"] == 1


def test_wrong_token_is_unauthorized(telegram: LocalTelegram) -> None:
    async def act(bot: Bot) -> None:
        await bot.get_me()

    with pytest.raises(InvalidToken):
        _with_bot(telegram, act, token="1:wrong")


def test_bot_is_set_up_with_commands_descriptions_and_menu(telegram: LocalTelegram) -> None:
    ada, vera = telegram.user(language_code="en"), telegram.user(first_name="Vera", language_code="ru")

    async def act(bot: Bot) -> None:
        scope = BotCommandScopeAllPrivateChats()
        await bot.set_my_commands([BotCommand("top", "Leaderboard")], scope)
        await bot.set_my_commands([BotCommand("top", "Таблица")], scope, language_code="ru")
        assert [c.description for c in await bot.get_my_commands(scope, "ru")] == ["Таблица"]
        await bot.set_my_description("Tap with the world.")
        await bot.set_my_short_description("A tap game.")
        await bot.set_my_name("Tappers")
        button = MenuButtonWebApp("Play", WebAppInfo("https://example.org/"))
        await bot.set_chat_menu_button(menu_button=button)
        assert await bot.get_chat_menu_button() == button

    _with_bot(telegram, act)
    seen = [(person.state()["chats"][0]["commands"][0]["description"]) for person in (ada, vera)]
    assert seen == ["Leaderboard", "Таблица"]
    state = ada.state()
    assert state["bot"]["name"] == "Tappers" and state["bot"]["description"] == "Tap with the world."
    assert state["chats"][0]["menu_button"]["text"] == "Play"


def test_whole_application_polls_and_answers(telegram: LocalTelegram) -> None:
    """A bot made of the library's handlers, driven as a person would."""
    ada = telegram.user()

    async def start(update: Any, context: Any) -> None:
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Tap", callback_data="tap")]])
        await update.message.reply_html(f"Hello <i>{context.args[0]}</i>", reply_markup=keyboard)

    async def tap(update: Any, _: Any) -> None:
        await update.callback_query.answer("+1")
        await update.callback_query.edit_message_text("1 click")

    async def run() -> None:
        application = Application.builder().token(telegram.token).base_url(telegram.bot_url).build()
        application.add_handler(CommandHandler("start", start))
        application.add_handler(CallbackQueryHandler(tap))
        async with application:
            await application.start()
            assert application.updater
            await application.updater.start_polling(timeout=5)
            await asyncio.to_thread(play)
            await application.updater.stop()
            await application.stop()

    def play() -> None:
        ada.start("ref_abc")
        home = ada.wait_for_text("Hello ref_abc")
        assert ada.press(home, "Tap").toast()["text"] == "+1"
        assert ada.wait_for_text("1 click").id == home.id

    asyncio.run(run())


def test_inline_mode_and_prepared_messages(telegram: LocalTelegram) -> None:
    ada, grace = telegram.user(first_name="Ada"), telegram.user(first_name="Grace")
    ada.start()
    article = InlineQueryResultArticle("1", "My score", InputTextMessageContent("42 clicks"))

    async def act(bot: Bot) -> None:
        for update in await bot.get_updates(offset=-1, timeout=5, allowed_updates=["inline_query"]):
            if update.inline_query:
                await bot.answer_inline_query(update.inline_query.id, [article], cache_time=0)
        prepared = await bot.save_prepared_inline_message(ada.id, article, allow_user_chats=True)
        telegram.act("send_prepared", user=ada.id, chat=ada.dialog(grace), id=prepared.id)

    telegram.act("inline", user=ada.id, query="score")
    _with_bot(telegram, act)
    event = ada.wait_for_event(lambda e: e["type"] == "inline", 0)
    ada.choose(event["query_id"], "1", chat=ada.dialog(grace))
    assert [message.text for message in grace.messages(ada.dialog(grace))] == ["42 clicks", "42 clicks"]


def test_polling_and_webhook_exclude_each_other(telegram: LocalTelegram) -> None:
    async def act(bot: Bot) -> None:
        waiting = asyncio.create_task(bot.get_updates(timeout=20))
        while not telegram.run(lambda core: core.poll):
            await asyncio.sleep(0.01)
        await asyncio.to_thread(telegram.call, "getUpdates")
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await waiting
        await bot.set_webhook("http://127.0.0.1:9/hook", allowed_updates=["message"], max_connections=7)
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        info = await bot.get_webhook_info()
        assert (info.url, info.max_connections) == ("http://127.0.0.1:9/hook", 7)
        assert info.allowed_updates == ("message",)
        await bot.delete_webhook()
        assert await bot.get_updates() == ()

    _with_bot(telegram, act)


def test_chats_survive_a_restart(tmp_path: Any) -> None:
    with LocalTelegram(state_dir=tmp_path) as first:
        ada = first.user(first_name="Ada")
        ada.send("remember me")
        first.call("setMyCommands", commands=[{"command": "top", "description": "Leaderboard"}])
    with LocalTelegram(state_dir=tmp_path, limits=Limits(private_burst=1)) as second:
        again = second.user(ada.id, first_name="Ada")
        assert [message.text for message in again.messages()] == ["remember me"]
        assert second.call("getUpdates")["result"][0]["message"]["text"] == "remember me"
        assert again.state()["chats"][0]["commands"][0]["command"] == "top"
