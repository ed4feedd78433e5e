"""Delivery to a webhook, over real HTTP."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from telegram_local.settings import Limits
from telegram_local.testing import LocalTelegram
from telegram_local.testing_webhook import OK, Answer, Receiver, answering

BUTTON = {"inline_keyboard": [[{"text": "Tap", "callback_data": "tap"}]]}


@pytest.fixture
def telegram() -> Iterator[LocalTelegram]:
    with LocalTelegram(limits=Limits(bot_per_s=1000, private_burst=1000)) as server:
        yield server


def test_update_carries_the_secret_and_is_forgotten_after_200(telegram: LocalTelegram) -> None:
    ada = telegram.user()
    with Receiver() as receiver:
        telegram.call("setWebhook", url=receiver.url, secret_token="s3cret_-")
        ada.send("hello")
        (update,) = receiver.wait_for(1)
        telegram.settle()
    assert update["message"]["text"] == "hello" and receiver.secrets == ["s3cret_-"]
    info = telegram.call("getWebhookInfo")["result"]
    assert info["pending_update_count"] == 0 and "last_error_message" not in info


def test_updates_of_one_user_come_in_order_and_of_others_meanwhile(telegram: LocalTelegram) -> None:
    people = [telegram.user(first_name=f"U{number}") for number in range(8)]
    ada = people[0]
    hold, others_came = threading.Event(), threading.Event()

    def decide(update: dict[str, Any]) -> Answer:
        if update["message"]["from"]["id"] == ada.id:
            hold.wait(10)
        return OK

    with Receiver(decide) as receiver:
        telegram.call("setWebhook", url=receiver.url)
        for number in range(5):
            for person in people:
                person.send(str(number))
        came = receiver.wait_for(36)
        assert [u["message"]["text"] for u in came if u["message"]["from"]["id"] == ada.id] == ["0"]
        others_came.set()
        hold.set()
        came = receiver.wait_for(40)
    for person in people:
        texts = [u["message"]["text"] for u in came if u["message"]["from"]["id"] == person.id]
        assert texts == ["0", "1", "2", "3", "4"]
    assert telegram.stats()["webhook"]["deliveries"] == 40


def test_no_more_connections_than_allowed(telegram: LocalTelegram) -> None:
    lock, release = threading.Lock(), threading.Event()
    running = {"now": 0, "most": 0}

    def decide(_: dict[str, Any]) -> Answer:
        with lock:
            running["now"] += 1
            running["most"] = max(running.values())
            if running["now"] == 3:
                release.set()
        release.wait(10)
        with lock:
            running["now"] -= 1
        return OK

    with Receiver(decide) as receiver:
        telegram.call("setWebhook", url=receiver.url, max_connections=3)
        for number in range(12):
            telegram.user(first_name=f"U{number}").send("x")
        receiver.wait_for(12)
    assert running["most"] == 3


def test_failed_delivery_comes_again_before_the_users_next_update(telegram: LocalTelegram) -> None:
    ada, failures = telegram.user(), iter([500, 502, 403])

    def decide(_: dict[str, Any]) -> Answer:
        return next(failures, 200), {}, b""

    with Receiver(decide) as receiver:
        telegram.call("setWebhook", url=receiver.url)
        ada.send("first")
        ada.send("second")
        texts = [update["message"]["text"] for update in receiver.wait_for(5)]
        telegram.settle()
    assert texts == ["first", "first", "first", "first", "second"]
    assert len({update["update_id"] for update in receiver.updates}) == 2
    info = telegram.call("getWebhookInfo")["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 403 Forbidden"
    webhook = telegram.stats()["webhook"]
    assert (webhook["deliveries"], webhook["retries"], webhook["failures"]) == (5, 3, 3)


def test_webhook_that_comes_up_later_gets_what_waited(telegram: LocalTelegram) -> None:
    ada = telegram.user()
    with Receiver() as receiver:
        url = receiver.url
    telegram.call("setWebhook", url=url)
    after = ada.sequence()
    ada.send("anybody there?")
    ada.wait_for_event(lambda event: event["type"] == "message", after)
    while "last_error_message" not in (info := telegram.call("getWebhookInfo")["result"]):
        pass
    assert info["last_error_message"] == "Connection refused" and info["pending_update_count"] == 1
    with Receiver() as receiver:
        telegram.call("setWebhook", url=receiver.url)
        assert receiver.wait_for(1)[0]["message"]["text"] == "anybody there?"


def test_method_in_the_answer_is_carried_out(telegram: LocalTelegram) -> None:
    ada = telegram.user()

    def decide(update: dict[str, Any]) -> Answer:
        if "callback_query" in update:
            query = update["callback_query"]["id"]
            return answering("answerCallbackQuery", callback_query_id=query, text="+1")
        return answering("sendMessage", chat_id=ada.id, text="Home", reply_markup=BUTTON)

    with Receiver(decide) as receiver:
        telegram.call("setWebhook", url=receiver.url)
        ada.start()
        home = ada.wait_for_text("Home")
        assert ada.press(home, "Tap").toast()["text"] == "+1"
    stats = telegram.stats()
    assert stats["webhook_answers"]["served"] == {"sendMessage": 1, "answerCallbackQuery": 1}
    assert stats["served"] == {"setWebhook": 1}


def test_methods_that_ask_or_concern_the_webhook_are_not_answered(telegram: LocalTelegram) -> None:
    ada = telegram.user()
    answers = iter([answering("deleteWebhook"), answering("getMe"), (200, {}, b"\xff{")])
    with Receiver(lambda _: next(answers, OK)) as receiver:
        telegram.call("setWebhook", url=receiver.url)
        for text in "abc":
            ada.send(text)
        receiver.wait_for(3)
        telegram.settle()
        assert telegram.call("getWebhookInfo")["result"]["url"] == receiver.url


def test_dropping_pending_updates_leaves_none(telegram: LocalTelegram) -> None:
    telegram.user().send("old")
    with Receiver() as receiver:
        telegram.call("setWebhook", url=receiver.url, drop_pending_updates=True)
        telegram.user().send("new")
        assert [update["message"]["text"] for update in receiver.wait_for(1)] == ["new"]
