"""Delivery to a webhook, over real HTTP."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from telegram_local.testing import (
    OK,
    Answer,
    Limits,
    LocalTelegram,
    ManualClock,
    Receiver,
    answering,
    wait_until,
)


@pytest.fixture
def closed_port() -> Iterator[str]:
    """A webhook's address on a port that is reserved, and where nobody listens."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{reserved.getsockname()[1]}/telegram/webhook"


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
            hold.wait(60)
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
        release.wait(60)
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


def test_webhook_that_starts_later_gets_the_pending_updates(telegram: LocalTelegram, closed_port: str) -> None:
    ada = telegram.user()
    telegram.call("setWebhook", url=closed_port)
    after = ada.sequence()
    ada.send("anybody there?")
    ada.wait_for_event(lambda event: event["type"] == "message", after)

    def failed() -> Any:
        info = telegram.call("getWebhookInfo")["result"]
        return info if "last_error_message" in info else None

    info = wait_until("the delivery fails", failed)
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


def test_answer_with_retry_after_is_obeyed(telegram: LocalTelegram) -> None:
    ada, answers = telegram.user(), iter([(429, {"Retry-After": "30"}, b"")])
    came: list[float] = []

    def decide(_: dict[str, Any]) -> Answer:
        came.append(time.monotonic())
        return next(answers, OK)

    with Receiver(decide) as receiver:
        telegram.call("setWebhook", url=receiver.url)
        ada.send("x")
        receiver.wait_for(2)
    # The test server counts a hundredth of a second for a second.
    assert 0.3 <= came[1] - came[0]


def test_silent_webhook_times_out_and_is_asked_again() -> None:
    answers, done = iter(["hang"]), threading.Event()

    def decide(_: dict[str, Any]) -> Answer:
        if next(answers, None):
            done.wait(60)
        return OK

    with LocalTelegram(webhook_timeout_s=0.2) as telegram, Receiver(decide) as receiver:
        telegram.call("setWebhook", url=receiver.url)
        telegram.user().send("x")
        receiver.wait_for(2)
        done.set()
        telegram.settle()
        info = telegram.call("getWebhookInfo")["result"]
    assert info["last_error_message"] == "Read timeout expired"


def test_receiver_is_left_once_its_last_decision_is_made(telegram: LocalTelegram) -> None:
    begun, decided = threading.Event(), threading.Event()

    def decide(_: dict[str, Any]) -> Answer:
        begun.set()
        wait_until("nobody listens any more", lambda: not is_open(receiver.url))
        decided.set()
        return OK

    with Receiver(decide) as receiver:
        telegram.call("setWebhook", url=receiver.url)
        telegram.user().send("x")
        assert begun.wait(60)
        telegram.call("deleteWebhook")
    assert decided.is_set()


def is_open(url: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", urlsplit(url).port or 80)) == 0


def test_update_that_is_too_old_is_not_delivered() -> None:
    clock = ManualClock()
    with LocalTelegram(clock=clock) as telegram, Receiver() as receiver:
        ada = telegram.user()
        ada.send("a day old")
        home = telegram.call("sendMessage", chat_id=ada.id, text="x", reply_markup=BUTTON)["result"]
        telegram.act("press", user=ada.id, message_id=home["message_id"])
        clock.advance(151)
        ada.send("fresh")
        clock.advance(86_400 - 150)
        telegram.call("setWebhook", url=receiver.url)
        assert receiver.wait_for(1)[0]["message"]["text"] == "fresh"
        telegram.settle()
        assert telegram.stats()["webhook"]["expired"] == 2


def test_webhook_and_pending_updates_survive_a_restart(tmp_path: Path, closed_port: str) -> None:
    with LocalTelegram(state_dir=tmp_path) as first:
        first.call("setWebhook", url=closed_port, secret_token="abc")
        first.user().send("before")
        wait_until("the delivery fails", lambda: first.stats()["webhook"].get("failures"))
    with Receiver() as receiver:
        port = int(receiver.url.rsplit(":", 1)[1].split("/")[0])
        saved = tmp_path / "telegram.json"
        saved.write_text(saved.read_text().replace(closed_port, f"http://127.0.0.1:{port}/telegram/webhook"))
        with LocalTelegram(state_dir=tmp_path):
            assert receiver.wait_for(1)[0]["message"]["text"] == "before"
        assert receiver.secrets == ["abc"]
