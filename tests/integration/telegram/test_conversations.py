"""Conversations when much happens at once: containers that work side by side, updates that come again, states that
nobody comes back to."""

from __future__ import annotations

import itertools
import threading
import time
from typing import Any

import pytest
from support.chat import BotGame
from support.game import TestContainer
from support.racing import race
from support.waiting import wait_until
from tapstack.bot import router as manager
from tapstack.platform.errors import StoreUnavailable
from tapstack.play.chat_taps import record_tap_callback
from tapstack.telegram import conversations
from tapstack.telegram.init_data import TelegramUser
from telegram_local.testing import Message, Person

_ids = itertools.count(8_900_001)
_updates = itertools.count(1)


def message(user_id: int, text: str, update_id: int = 0) -> dict[str, Any]:
    sender = {"id": user_id, "is_bot": False, "first_name": "Ada", "language_code": "en"}
    chat = {"id": user_id, "type": "private", "first_name": "Ada"}
    body = {"message_id": 1, "date": 1_800_000_000, "chat": chat, "from": sender, "text": text}
    return {"update_id": update_id or next(_updates), "message": body}


def pressed(user_id: int, data: str, update_id: int) -> dict[str, Any]:
    sender = {"id": user_id, "is_bot": False, "first_name": "Ada"}
    shown = {"message_id": 7, "date": 1_800_000_000, "chat": {"id": user_id, "type": "private"}, "text": "x"}
    query = {"id": f"{update_id}", "from": sender, "chat_instance": "1", "data": data, "message": shown}
    return {"update_id": update_id, "callback_query": query}


def delivered(stores: TestContainer, update: dict[str, Any]) -> dict[str, Any]:
    """What an update is answered in the end: Telegram brings it again while the bot says that it can't just now."""
    for _ in range(1_000):
        try:
            return manager.answer(stores, update)
        except StoreUnavailable:
            time.sleep(0.01)
    raise AssertionError("never answered")


def test_same_update_at_many_containers_at_once_is_handled_once(bot: BotGame) -> None:
    user_id = next(_ids)
    containers = [TestContainer(bot.stores.settings) for _ in range(8)]
    update = message(user_id, "/start")
    answers = race(8, lambda n: delivered(containers[n], update))
    assert all(answer == answers[0] for answer in answers)
    assert bot.stores.conversations.get(user_id).version == 1
    for container in containers:
        container.redis.close()


def test_person_who_writes_fast_does_not_hold_every_thread(bot: BotGame) -> None:
    """Of many updates of one person only a few wait on threads that others need; the rest come again."""
    user_id = next(_ids)
    with conversations.conversation_lock(bot.stores, user_id):
        waiters = [
            threading.Thread(target=_wait, args=(bot.stores, user_id)) for _ in range(conversations.WAITING_THREADS)
        ]
        for waiter in waiters:
            waiter.start()
        wait_until("both places are taken", lambda: not _has_room())
        with pytest.raises(StoreUnavailable):
            manager.answer(bot.stores, message(user_id, "/start"))
        other = next(_ids)
        manager.answer(bot.stores, message(other, "/start"))
        assert bot.stores.conversations.get(other).version == 1
    for waiter in waiters:
        waiter.join(10)


def _wait(stores: TestContainer, user_id: int) -> None:
    with conversations.conversation_lock(stores, user_id):
        pass


def _has_room() -> bool:
    """Whether another thread of this process may wait for a conversation."""
    room = conversations._may_wait.acquire(blocking=False)
    if room:
        conversations._may_wait.release()
    return room


def test_press_that_is_brought_by_many_containers_at_once_is_one_tap(bot: BotGame) -> None:
    player = bot.game.sign_in(next(_ids))
    user = TelegramUser(player.user_id)
    updates = [n // 2 + 1 for n in range(10)]  # every update twice in each of eight containers, in order
    record_tap_callback(bot.stores, user, player.id, 1)
    race(8, lambda _: [record_tap_callback(bot.stores, user, player.id, update) for update in updates])
    assert bot.stores.play.clicks_of([player.id]) == {player.id: 5}


def test_question_that_nobody_answers_in_time_is_over(bot: BotGame) -> None:
    user_id = next(_ids)
    manager.answer(bot.stores, message(user_id, "/start"))
    chat = bot.stores.conversations.get(user_id)
    assert chat.awaits_text(bot.stores.clock())
    chat.until_ms = bot.stores.clock() - 1
    assert bot.stores.conversations.save(chat, 0)
    manager.answer(bot.stores, message(user_id, "a_late_name"))
    assert "I did not get that" in next(m.text for m in bot.stores.messages.all(user_id) if m.direction == "out")
    assert bot.stores.players.by_telegram_id(user_id).username is None  # type: ignore[union-attr]


def test_button_of_another_version_of_the_bot_leads_home(bot: BotGame) -> None:
    user_id = next(_ids)
    for number, data in enumerate(["gone:open", "home:gone", "x", "leaderboard:page:99999999", "::::"]):
        answer = manager.answer(bot.stores, pressed(user_id, data, 1_000 + number))
        assert answer["method"] == "editMessageText"
        assert answer["reply_markup"]["inline_keyboard"]


def test_blocking_and_coming_back_is_remembered(bot: BotGame) -> None:
    ada = bot.telegram.user(next(_ids))
    ada.start()
    ada.wait_for_text("Hello")
    ada.block_bot()
    bot.telegram.settle()
    assert bot.stores.conversations.get(ada.id).blocked
    ada.unblock_bot()
    bot.telegram.settle()
    assert not bot.stores.conversations.get(ada.id).blocked


def test_chat_that_is_saved_elsewhere_meanwhile_is_read_again(bot: BotGame) -> None:
    one, other = bot.stores.conversations.get(1), bot.stores.conversations.get(1)
    assert bot.stores.conversations.save(one, 0)
    assert not bot.stores.conversations.save(other, 0)
    assert other.version == 0


def tapper(bot: BotGame, presses: int) -> tuple[Person, Message]:
    """Somebody who has pressed the tap button that often, and sees it."""
    ada = bot.telegram.user(next(_ids))
    ada.start()
    ada.wait_for_text("Hello")
    ada.send("/tap")
    panel = ada.wait_for(lambda m: "Tap" in " ".join(m.buttons) and "Your taps: 0" in m.text)
    for _ in range(presses):
        ada.press(panel, "Tap").toast()
    return ada, ada.wait_for_text(f"Your taps: {presses}")


def test_count_goes_on_where_the_button_stands_after_redis_has_lost_everything(bot: BotGame) -> None:
    ada, panel = tapper(bot, 5)
    bot.stores.redis.flushall()
    assert "6" in ada.press(panel, "Tap").toast()["text"]
    ada.wait_for_text("Your taps: 6")


def test_press_that_was_saved_and_comes_again_after_a_loss_is_not_counted_again(bot: BotGame) -> None:
    ada, _ = tapper(bot, 3)
    bot.game.run("sync")
    bot.stores.redis.flushall()
    last = bot.updates[-1]
    assert last["callback_query"]["data"].startswith("tap:tap")
    bot.deliver(last)
    bot.deliver(last)
    player = bot.stores.players.by_telegram_id(ada.id)
    assert player is not None
    assert bot.stores.play.clicks_of([player.id]) == {player.id: 3}


def test_button_that_somebody_else_was_shown_is_a_plain_press(bot: BotGame) -> None:
    _, panel = tapper(bot, 4)
    _, _, button = panel.button("Tap")
    thief = next(_ids)
    manager.answer(bot.stores, pressed(thief, button["callback_data"], 900_000_000))
    player = bot.stores.players.by_telegram_id(thief)
    assert player is not None
    assert bot.stores.play.clicks_of([player.id]) == {player.id: 1}


def test_screen_that_is_shown_while_an_edit_is_under_way_is_the_last(bot: BotGame) -> None:
    ada, panel = tapper(bot, 1)
    with bot.telegram.hold("editMessageText") as reached:
        ada.press(panel, "Tap").toast()
        assert reached.wait(60)
        ada.press(panel, "Home").toast()
        home = ada.wait_for(lambda m: m.id == panel.id and "Profile" in " ".join(m.buttons))
        after = ada.sequence()
    edited = ada.wait_for_event(lambda e: e["type"] == "edit", after)
    assert "Home" in str(edited["message"]["reply_markup"])
    assert ada.wait_for(lambda m: m.id == panel.id and "Profile" in " ".join(m.buttons)).text == home.text
    wait_until("nothing waits", lambda: bot.stores.outbox.waiting() == 0)
    assert "Profile" in " ".join(next(m for m in ada.messages() if m.id == panel.id).buttons)


def test_conversation_is_recorded_and_presses_of_the_tap_button_are_not(bot: BotGame) -> None:
    ada, panel = tapper(bot, 3)
    ada.press(panel, "Home").toast()
    recorded = bot.stores.messages.all
    # The toast may come by the outbox before the webhook has recorded what was said.
    wait_until("the press is recorded", lambda: any(m.text == "home:open" for m in recorded(ada.id)))
    said = list(reversed([(m.direction, m.text.partition("\n")[0]) for m in recorded(ada.id)]))
    assert [line for line in said if line[0] == "in"] == [("in", "/start"), ("in", "/tap"), ("in", "home:open")]
    assert ("out", "👆 <b>Tap!</b>") in said
    (screen,) = [m for m in bot.stores.messages.all(ada.id) if m.message_id == panel.id and m.direction == "out"]
    assert "Top 3" in screen.text
