"""The outbox against a Telegram with real limits and real refusals: nothing is retried for ever."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from support.game import TestContainer, with_values
from support.limits import forget_limits, refuse_next
from support.permissions import running
from support.racing import ManualClock
from tapstack.bot import outbox as bot_outbox
from tapstack.telegram import sender
from tapstack.telegram.redis_outbox import Outbox
from telegram_local.testing import LocalTelegram, Message, Person

_ids = itertools.count(8_500_001)


def person(telegram: LocalTelegram) -> tuple[Person, Message]:
    """Somebody the bot has written to."""
    ada = telegram.user(next(_ids))
    ada.start()
    sent = telegram.call("sendMessage", chat_id=ada.id, text="first")
    forget_limits(telegram)
    return ada, Message(sent["result"])


def say(chat_id: int, text: str = "hello") -> dict[str, Any]:
    return {"method": "sendMessage", "chat_id": chat_id, "text": text}


def edit(message: Message, text: str) -> dict[str, Any]:
    chat = message.raw["chat"]["id"]
    return {"method": "editMessageText", "chat_id": chat, "message_id": message.id, "text": text}


def send_all(stores: TestContainer, within_s: float = 60) -> None:
    """Runs the sender until nothing waits."""
    deadline = time.monotonic() + within_s
    with running("outbox"):
        while stores.outbox.waiting():
            assert time.monotonic() < deadline, "still waiting"
            bot_outbox.send_waiting(stores, lambda: 60_000)


def dead_letters(stores: TestContainer) -> list[dict[str, Any]]:
    sqs = boto3.client("sqs")
    found = sqs.receive_message(QueueUrl=stores.settings.telegram.outbox_dead_letter_queue_url, MaxNumberOfMessages=10)
    sqs.close()
    return [json.loads(message["Body"]) for message in found.get("Messages", [])]


def refused(telegram: LocalTelegram) -> dict[str, Any]:
    shown: dict[str, Any] = telegram.stats()["refused"]
    return shown


def test_edits_of_one_message_are_one_edit_to_the_newest(stores: TestContainer, telegram: LocalTelegram) -> None:
    ada, message = person(telegram)
    for n in range(50):
        stores.outbox.put_edit(edit(message, f"state {n}"))
    send_all(stores)
    assert [m.text for m in ada.messages() if m.from_bot] == ["state 49"]
    assert telegram.stats()["served"]["editMessageText"] == 1


def test_text_that_is_shown_already_is_not_sent(stores: TestContainer, telegram: LocalTelegram) -> None:
    _, message = person(telegram)
    for _ in range(3):
        stores.outbox.put_edit(edit(message, "same"))
        send_all(stores)
    assert telegram.stats()["served"]["editMessageText"] == 1
    assert refused(telegram) == {}


def test_unchanged_text_that_telegram_refuses_is_done_with(stores: TestContainer, telegram: LocalTelegram) -> None:
    _, message = person(telegram)
    stores.outbox.put_edit(edit(message, "first"))
    send_all(stores)
    assert refused(telegram) == {"editMessageText": {"400": 1}}
    assert dead_letters(stores) == []


def test_one_message_a_second_goes_to_a_chat_and_more_to_many(stores: TestContainer, telegram: LocalTelegram) -> None:
    """Telegram's own burst of two makes up for a message that was late on its way, and for none that was sent early."""
    ada, _ = person(telegram)
    forget_limits(telegram, private_burst=2)
    others = [telegram.user(next(_ids)) for _ in range(40)]
    for other in others:
        other.start()
    for n in range(3):
        stores.outbox.put_once(f"to-ada-{n}", say(ada.id, f"{n}"))
    for other in others:
        stores.outbox.put_once(f"to-{other.id}", say(other.id))
    began = time.monotonic()
    send_all(stores)
    assert time.monotonic() - began > 2.0
    assert telegram.stats()["too_many_requests"] == 0
    assert [m.text for m in ada.messages() if m.from_bot] == ["first", "0", "1", "2"]


def test_same_key_is_sent_once(stores: TestContainer, telegram: LocalTelegram) -> None:
    ada, _ = person(telegram)
    for _ in range(3):
        stores.outbox.put_once("news-1", say(ada.id, "news"))
        send_all(stores)
    assert [m.text for m in ada.messages() if m.text == "news"] == ["news"]


def test_retry_after_is_obeyed_and_the_message_arrives(stores: TestContainer, telegram: LocalTelegram) -> None:
    ada, _ = person(telegram)
    refuse_next(telegram)
    stores.outbox.put_once("late", say(ada.id, "late"))
    send_all(stores)
    assert telegram.stats()["too_many_requests"] == 1
    assert ada.messages()[-1].text == "late"


def test_blocked_bot_is_remembered_and_not_tried_again(stores: TestContainer, telegram: LocalTelegram) -> None:
    ada, _ = person(telegram)
    ada.block_bot()
    stores.outbox.put_once("x", say(ada.id))
    send_all(stores)
    assert refused(telegram) == {"sendMessage": {"403": 1}}
    assert stores.conversations.get(ada.id).blocked
    assert dead_letters(stores) == []


def moot_message(telegram: LocalTelegram) -> dict[str, Any]:
    ada, message = person(telegram)
    telegram.call("deleteMessage", chat_id=ada.id, message_id=message.id)
    return edit(message, "too late")


def moot_query(_: LocalTelegram) -> dict[str, Any]:
    return {"method": "answerCallbackQuery", "callback_query_id": "1"}


def moot_chat(_: LocalTelegram) -> dict[str, Any]:
    return say(999_999_999)


@pytest.mark.parametrize("make", [moot_message, moot_query, moot_chat])
def test_what_nobody_waits_for_is_dropped_after_one_try(
    stores: TestContainer, telegram: LocalTelegram, make: Callable[[LocalTelegram], dict[str, Any]]
) -> None:
    call = make(telegram)
    stores.outbox.put_once("moot", call, limited=call["method"] != "answerCallbackQuery")
    send_all(stores)
    assert refused(telegram) == {call["method"]: {"400": 1}}
    assert dead_letters(stores) == []


def test_message_follows_a_group_that_was_upgraded(stores: TestContainer, telegram: LocalTelegram) -> None:
    ada, _ = person(telegram)
    group = telegram.group(ada, "Friends")
    upgraded = group.upgrade()
    stores.outbox.put_once("top", say(group.id, "the leaderboard"))
    send_all(stores)
    ada.wait_for_text("the leaderboard", chat=upgraded.id)
    assert refused(telegram) == {"sendMessage": {"400": 1}}


def test_a_fault_of_ours_is_dead_lettered_with_its_reason(stores: TestContainer, telegram: LocalTelegram) -> None:
    ada, _ = person(telegram)
    stores.outbox.put_once("bad", say(ada.id, "<b>") | {"parse_mode": "HTML"})
    send_all(stores)
    (lost,) = dead_letters(stores)
    assert lost["call"] == {"method": "sendMessage", "name": "m:bad"}
    assert "parse entities" in lost["reason"]
    assert telegram.stats()["refused"] == {"sendMessage": {"400": 1}}


def test_telegram_away_is_waited_for_and_given_up_after_a_while(
    stores: TestContainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "BACKOFF_MS", 1)
    stores.settings = with_values(stores.settings, TELEGRAM_API_BASE="http://127.0.0.1:9")
    stores.outbox.put_once("x", say(5))
    send_all(stores)
    (lost,) = dead_letters(stores)
    assert lost["call"]["method"] == "sendMessage"


def test_call_that_nobody_settled_comes_back(redis_url: str, stores: TestContainer) -> None:
    clock = ManualClock()
    outbox = Outbox(stores.redis, per_s=25, now_ms=clock)
    outbox.put_once("x", say(5))
    (taken,), _ = outbox.take()
    assert outbox.take()[0] == []
    clock.now_ms += 31_000
    assert [again.name for again in outbox.take()[0]] == [taken.name]


def test_newer_state_that_comes_while_one_is_sent_is_sent_too(redis_url: str, stores: TestContainer) -> None:
    clock = ManualClock()
    outbox = Outbox(stores.redis, per_s=25, now_ms=clock)
    call = {"method": "editMessageText", "chat_id": 5, "message_id": 1, "text": "one"}
    outbox.put_edit(call)
    (taken,), _ = outbox.take()
    outbox.put_edit(call | {"text": "two"})
    outbox.ack(taken, sent=True)
    clock.now_ms += 2_000
    (newer,), _ = outbox.take()
    assert newer.call["text"] == "two"
    outbox.ack(newer, sent=True)
    assert outbox.waiting() == 0


def test_edits_of_a_message_keep_their_order_and_a_pause_its_time(redis_url: str, stores: TestContainer) -> None:
    clock = ManualClock()
    outbox = Outbox(stores.redis, per_s=25, now_ms=clock)
    call = {"method": "editMessageText", "chat_id": 5, "message_id": 1, "text": "paused"}
    outbox.put_later(call, 0)
    (pause,), _ = outbox.take()
    outbox.put_later(call, 60_000)
    outbox.put_edit(call | {"text": "tapped"})
    clock.now_ms += 2_000
    assert outbox.take()[0] == []
    outbox.ack(pause, sent=True)
    (edit,), _ = outbox.take()
    assert edit.call["text"] == "tapped"
    outbox.ack(edit, sent=True)
    clock.now_ms += 50_000
    assert (outbox.take()[0], outbox.waiting()) == ([], 1)


def test_screen_is_shown_without_the_outbox_unless_an_edit_of_its_message_is_under_way(stores: TestContainer) -> None:
    outbox = stores.outbox
    outbox.put_edit({"method": "editMessageText", "chat_id": 5, "message_id": 1, "text": "tapped"})
    (edit,), _ = outbox.take()
    assert outbox.may_show(5, 2)
    assert not outbox.may_show(5, 1)
    outbox.ack(edit, sent=True)
    assert outbox.may_show(5, 1)
    assert outbox.waiting() == 0


def test_only_one_of_many_puts_wakes_the_sender_and_none_while_it_is_awake(stores: TestContainer) -> None:
    outbox = stores.outbox
    assert [outbox.put_once(f"{n}", say(5)) for n in range(4)] == [True, False, False, False]
    outbox.take()
    assert not outbox.put_once("5", say(6))
    stores.redis.delete("{outbox}:queue")
    assert outbox.go_idle()
    assert outbox.put_once("6", say(6))


def test_one_sender_is_at_work_at_a_time_and_a_dead_one_is_replaced(redis_url: str, stores: TestContainer) -> None:
    clock = ManualClock()
    outbox = Outbox(stores.redis, per_s=25, now_ms=clock)
    outbox.put_once("x", say(5))
    outbox.put_once("y", say(6))
    outbox.take("one")
    assert outbox.take("two") == ([], -1)
    outbox.go_idle("two")
    assert outbox.take("two") == ([], -1)
    clock.now_ms += 3_100
    assert outbox.take("two")[1] >= 0
    assert outbox.go_idle("two", anyway=True)
    assert outbox.take("three")[1] >= 0


def test_urgent_calls_go_before_edits_that_wait(redis_url: str, stores: TestContainer) -> None:
    clock = ManualClock()
    outbox = Outbox(stores.redis, per_s=25, now_ms=clock)
    for n in range(100, 110):
        outbox.put_edit({"method": "editMessageText", "chat_id": n, "message_id": 1, "text": "t"})
    outbox.put_once("hello", say(5))
    assert outbox.take()[0][0].call["method"] == "sendMessage"


def test_no_window_of_a_second_ever_holds_more_than_the_rate(redis_url: str, stores: TestContainer) -> None:
    clock = ManualClock()
    outbox = Outbox(stores.redis, per_s=25, now_ms=clock)
    for n in range(200):
        outbox.put_once(f"{n}", say(1_000 + n))
    sent: list[int] = []
    for _ in range(900):
        sent += [clock.now_ms for _ in outbox.take()[0]]
        if outbox.spend(5_000_000 + clock.now_ms) == 0:
            sent.append(clock.now_ms)
        clock.now_ms += 7
    assert len(sent) > 150
    assert max(sum(at <= other < at + 1_000 for other in sent) for at in sent) <= 27
