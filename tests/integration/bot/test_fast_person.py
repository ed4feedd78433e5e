"""Somebody fast talks to the bot through a slow Telegram: what the chat shows in the end is where they are."""

from __future__ import annotations

import contextlib
import itertools
import random
import re
from html import unescape

import pytest
from support.chat import BotGame
from support.waiting import wait_until
from tapstack.bot.scene_list import COMMANDS
from tapstack.players.mentions import with_names
from telegram_local.testing import Message, Person

_ids = itertools.count(8_300_001)

SLOW_S = 0.12
STEPS = 14
PROMPT = "✍️"
LEFT_OUT = ("erase", "tap:tap")
"""Buttons that end the conversation for good, and taps: those edit their message without a scene."""

TEXTS = (*(f"/{command}" for command in COMMANDS), "Bo", "No!", "hello", "a_name_{n}", "another_{n}")


def person(bot: BotGame, first_name: str = "Ada") -> Person:
    return bot.telegram.user(next(_ids), first_name=first_name, language_code="en")


def expected(bot: BotGame, who: Person) -> str:
    """What the bot has said last, as Telegram shows it."""
    said = next(message.text for message in bot.stores.messages.all(who.id) if message.direction == "out")
    return unescape(re.sub(r"<[^>]+>", "", with_names(bot.stores, {"text": said})["text"]))


def contradiction(bot: BotGame, who: Person) -> str:
    """What is wrong with a chat in which nothing is under way any more, "" where nothing is."""
    shown = [message for message in who.messages() if message.from_bot]
    asks = bot.stores.conversations.get(who.id).awaits_text(bot.stores.clock())
    prompts = [message.text for message in shown if PROMPT in message.text]
    last = expected(bot, who)
    if last not in [message.text for message in shown]:
        return f"{last!r} is not shown"
    if prompts != ([last] if asks else []):
        return f"asks: {asks}, but {prompts}"
    return ""


def settled(bot: BotGame, who: Person) -> None:
    bot.telegram.settle()
    wait_until("the outbox has sent everything", lambda: bot.stores.outbox.waiting() == 0)
    assert contradiction(bot, who) == "", [m.text for m in who.messages()]
    errors = bot.telegram.stats()["errors"]
    assert {error for error in errors if "not found" not in error and "not modified" not in error} == set()


def act(chance: random.Random, who: Person) -> None:
    """Writes something, or presses any button that is to be seen."""
    pressable: list[tuple[Message, str]] = [
        (message, button["text"])
        for message in who.messages()
        for row in message.rows
        for button in row
        if button.get("callback_data") and not any(part in button["callback_data"] for part in LEFT_OUT)
    ]
    if pressable and chance.random() < 0.6:
        with contextlib.suppress(AssertionError):  # it is deleted, or shows other buttons, at this very moment
            who.press(*chance.choice(pressable[-12:]))
    else:
        who.send(chance.choice(TEXTS).format(n=next(_ids)))


@pytest.mark.parametrize("seed", range(6))
def test_chat_of_a_fast_person_ends_in_the_state_of_the_conversation(bot: BotGame, seed: int) -> None:
    chance, who = random.Random(seed), person(bot)  # noqa: S311
    bot.twice = seed % 2 == 1
    who.start()
    with bot.telegram.slow(SLOW_S, seed):
        for _ in range(STEPS):
            act(chance, who)
        settled(bot, who)


@pytest.mark.parametrize("twice", [False, True], ids=["once", "every update twice"])
def test_two_wrong_names_within_a_second_and_a_choice_end_in_one_greeting(bot: BotGame, twice: bool) -> None:
    bot.twice = twice
    bob = bot.telegram.user(next(_ids), first_name="Bob", language_code="en")
    name = f"bob_{bob.id}"
    bob.start()
    prompt = bob.wait_for_text("What should the leaderboard call you?")
    with bot.telegram.slow(SLOW_S):
        for text in ("Bo", "B!", name):
            bob.send(text)
        bob.press(prompt, "bob")
        settled(bot, bob)
    (only,) = [message for message in bob.messages() if message.from_bot]
    assert only.id == prompt.id
    assert only.text.startswith("Nice to meet you, ")
    assert bob.keyboard() is None


def test_question_is_deleted_once_something_else_is_the_screen(bot: BotGame) -> None:
    ada = person(bot)
    ada.start()
    prompt = ada.wait_for_text(PROMPT)
    ada.send("/top")
    board = ada.wait_for_text("Leaderboard")
    wait_until("the question is gone", lambda: prompt.id not in [m.id for m in ada.messages()])
    ada.press(board, "Home").toast()
    home = ada.wait_for_text("Your taps")
    ada.press(home, "Profile").toast()
    ada.press(ada.wait_for_text("no name yet"), "Change name").toast()
    assert ada.wait_for_text(PROMPT).id == board.id


def test_message_that_arrives_after_its_screen_was_left_is_deleted(bot: BotGame) -> None:
    """The answer to a command is still on its way when somebody presses a button of an older message."""
    ada = person(bot)
    bot.game.sign_in(ada.id, first_name="Ada")
    ada.start()
    home = ada.wait_for_text("Your taps")
    ada.press(home, "Profile").toast()
    profile = ada.wait_for_text("no name yet")
    with bot.telegram.hold("sendMessage") as reached:
        ada.send("/help")
        assert reached.wait(60)
        ada.press(profile, "Change name")
        ada.wait_for_text(PROMPT)
        ada.press(profile, "Cancel")
        bot.telegram.settle()
    settled(bot, ada)
    assert [m.text for m in ada.messages() if m.from_bot] == [expected(bot, ada)]


def test_screen_whose_message_the_person_has_deleted_is_sent_anew(bot: BotGame) -> None:
    ada = person(bot)
    ada.start()
    prompt = ada.wait_for_text(PROMPT)
    assert bot.telegram.call("deleteMessage", chat_id=ada.id, message_id=prompt.id)["ok"]
    ada.send("No!")
    again = ada.wait_for_text("only letters")
    assert again.id > prompt.id
    ada.send(f"ada_{ada.id}")
    assert ada.wait_for_text("Nice to meet you").id == again.id
    settled(bot, ada)
