"""A heist in a group chat: started by a command, answered by replies and buttons, over a local Telegram."""

from __future__ import annotations

import itertools

from support.chat import BotGame
from tapstack.heists.chat import heist_in
from telegram_local.testing import Group, Person

_ids = itertools.count(8_700_001)


def friends(bot: BotGame) -> tuple[Person, Person, Group]:
    ada, bob = (bot.telegram.user(next(_ids), first_name=name, language_code="en") for name in ("Ada", "Bob"))
    return ada, bob, bot.telegram.group(ada, "Friends", bob)


def test_group_starts_a_heist_and_answers_it_once_each(bot: BotGame) -> None:
    ada, bob, group = friends(bot)
    ada.wait_for_text("Hello, everybody!", chat=group.id)
    ada.send("/heist", chat=group.id)
    asked = ada.wait_for_text("Heist!", chat=group.id)
    heist_id = heist_in(asked.text)
    stores = bot.game.stores
    stored = stores.heists.get(heist_id)
    assert stored
    question = stored.heist.asked
    assert stored.heist.chat_id == group.id
    if question.options:
        right = f"{'ABCD'[question.options.index(question.answer)]}. {question.answer.en}"
        assert "Place 1" in ada.press(asked, right, chat=group.id).toast()["text"]
        assert ada.press(asked, right, chat=group.id).toast()["text"] == "You have answered already."
    else:
        bob.send("something", chat=group.id)  # no reply: it is nobody's answer
        ada.send(question.answer.ru, chat=group.id, reply_to=asked)
        ada.wait_for_text("has it!", chat=group.id)
    now = stores.heists.get(heist_id)
    assert now
    assert list(now.winners) == [1]
    standing = stores.live_heists.standing(heist_id, bot.game.sign_in(ada.id).id)
    assert standing
    assert (standing.players, standing.rank) == (1, 1)
    bob.send("/heist", chat=group.id)
    bob.wait_for(lambda m: heist_in(m.text) == heist_id and m.id != asked.id, chat=group.id)
