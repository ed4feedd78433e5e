"""The outbox under a clock that is wrong and is put right: calls come once, at their time, and at the bot's pace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import redis
from support.racing import ManualClock
from tapstack.telegram import redis_keys as keys
from tapstack.telegram import redis_outbox as stores_outbox
from tapstack.telegram.model import LeasedCall
from tapstack.telegram.redis_outbox import BURST, LEASE_MS, SENDER_ALIVE_MS, Outbox

HOUR_S = 3_600
PER_S = 25
PRIVATE_S = 2
"""Seconds after which a chat has room for a message again."""

JUMP_S = 3
"""What a clock that is set forward counts for."""

AWHILE_S = LEASE_MS / 1_000 + 1


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def outbox(redis_url: str, clock: ManualClock) -> Iterator[Outbox]:
    with redis.Redis.from_url(redis_url, decode_responses=True) as client:
        client.flushall()
        yield Outbox(client, per_s=PER_S, now_ms=clock)


def say(chat_id: int = 5) -> dict[str, Any]:
    return {"method": "sendMessage", "chat_id": chat_id, "text": "hello"}


def edit(text: str, chat_id: int = 5) -> dict[str, Any]:
    return {"method": "editMessageText", "chat_id": chat_id, "message_id": 1, "text": text}


def texts(calls: list[LeasedCall]) -> list[str]:
    return [taken.call["text"] for taken in calls]


def send(outbox: Outbox, clock: ManualClock, seconds: float, sender: str = "one") -> list[LeasedCall]:
    """What a sender sends and settles in so much time, asking four times a second."""
    sent = []
    for _ in range(round(seconds * 4)):
        calls, _ = outbox.take(sender)
        for taken in calls:
            outbox.ack(taken, sent=True)
        sent += calls
        clock.advance(0.25)
    return sent


def jump(outbox: Outbox, clock: ManualClock, seconds: float) -> None:
    """Sets the clock while somebody asks the outbox every now and then."""
    clock.advance(seconds)
    outbox.go_idle("nobody")


@pytest.fixture(params=[HOUR_S, -HOUR_S, 40 * 24 * HOUR_S])
def wrong_s(request: pytest.FixtureRequest) -> int:
    """How far the clock is wrong, until it is put right."""
    found: int = request.param
    return found


def test_every_message_goes_at_once_and_once(outbox: Outbox, clock: ManualClock, wrong_s: int) -> None:
    sent: list[LeasedCall] = []
    for n, jump_s in enumerate([0, wrong_s, -wrong_s, 0]):
        jump(outbox, clock, jump_s)
        for chat_id in range(10):
            outbox.put_once(f"news-{n}", say(100 + chat_id))
        sent += send(outbox, clock, PRIVATE_S)
        assert len(sent) == 10 * (n + 1)
    assert set(Counter(taken.name for taken in sent).values()) == {1}
    assert not outbox.waiting()


def test_sender_that_died_by_a_wrong_clock_is_replaced(outbox: Outbox, clock: ManualClock, wrong_s: int) -> None:
    jump(outbox, clock, wrong_s)
    outbox.take("one")
    jump(outbox, clock, -wrong_s)
    clock.advance(SENDER_ALIVE_MS / 1_000)
    assert outbox.put_once("x", say())
    assert len(outbox.take("two")[0]) == 1


def test_sender_is_woken_and_may_rest(outbox: Outbox, clock: ManualClock, wrong_s: int) -> None:
    jump(outbox, clock, wrong_s)
    assert outbox.put_once("x", say())
    jump(outbox, clock, -wrong_s)
    clock.advance(SENDER_ALIVE_MS / 1_000)
    assert outbox.put_once("y", say(6))
    assert len(send(outbox, clock, PRIVATE_S)) == 2
    assert outbox.go_idle("one")
    assert outbox.put_once("z", say())


def test_call_that_is_in_flight_is_not_taken_again_before_its_time(
    outbox: Outbox, clock: ManualClock, wrong_s: int
) -> None:
    outbox.put_once("x", say())
    outbox.put_edit(edit("one", 6))
    assert len(outbox.take("one")[0]) == 2
    outbox.put_edit(edit("two", 6))
    for jump_s in (wrong_s, -wrong_s):
        jump(outbox, clock, jump_s)
        assert outbox.take("one")[0] == []
    clock.advance(AWHILE_S)
    assert {taken.chat_id for taken in outbox.take("two")[0]} == {5, 6}


def test_call_taken_by_a_wrong_clock_comes_back_in_time(outbox: Outbox, clock: ManualClock, wrong_s: int) -> None:
    jump(outbox, clock, wrong_s)
    outbox.put_edit(edit("one"))
    outbox.take("one")
    jump(outbox, clock, -wrong_s)
    outbox.put_edit(edit("two"))
    assert outbox.take("one")[0] == []
    clock.advance(AWHILE_S)
    assert texts(outbox.take("two")[0]) == ["two"]


@pytest.mark.parametrize("pause_s", [5, 90])
def test_pause_that_telegram_asks_for_is_as_long_as_it_says(
    outbox: Outbox, clock: ManualClock, wrong_s: int, pause_s: int
) -> None:
    jump(outbox, clock, wrong_s)
    outbox.pause(pause_s * 1_000)
    outbox.put_once("x", say())
    jump(outbox, clock, -wrong_s)
    assert send(outbox, clock, pause_s - JUMP_S) == []
    assert len(send(outbox, clock, JUMP_S + 1)) == 1
    assert outbox.spend(6) == 0


def test_pause_asked_for_before_the_clock_was_wrong_is_obeyed(outbox: Outbox, clock: ManualClock, wrong_s: int) -> None:
    outbox.pause(90_000)
    outbox.put_once("x", say())
    for jump_s in (wrong_s, -wrong_s):
        jump(outbox, clock, jump_s)
        assert send(outbox, clock, 40) == []
    assert len(send(outbox, clock, 11)) == 1


def test_chat_and_bot_have_room_again_in_time(outbox: Outbox, clock: ManualClock, wrong_s: int) -> None:
    for jump_s in (0, wrong_s, -wrong_s):
        jump(outbox, clock, PRIVATE_S)
        jump(outbox, clock, jump_s)
        spent = [chat_id for chat_id in range(PER_S) if outbox.spend(chat_id) == 0]
        assert 0 < len(spent) <= BURST
        assert 0 < outbox.spend(PER_S) <= 1_000 // PER_S


@pytest.mark.parametrize("delay_s", [60, 3 * HOUR_S])
def test_later_call_comes_after_its_delay(outbox: Outbox, clock: ManualClock, wrong_s: int, delay_s: int) -> None:
    outbox.put_later(edit("before"), delay_s * 1_000)
    jump(outbox, clock, wrong_s)
    outbox.put_later(edit("meanwhile", 6), delay_s * 1_000)
    outbox.put_later(edit("again", 5), delay_s * 1_000)
    jump(outbox, clock, -wrong_s)
    for _ in range(delay_s // 10 - 1):
        clock.advance(10)
        assert outbox.take("one")[0] == []
    clock.advance(10)
    assert sorted(texts(outbox.take("one")[0])) == ["again", "meanwhile"]


def test_call_to_be_tried_again_comes_after_its_delay(outbox: Outbox, clock: ManualClock, wrong_s: int) -> None:
    jump(outbox, clock, wrong_s)
    outbox.put_once("x", say())
    (taken,), _ = outbox.take("one")
    outbox.retry(taken, 10_000)
    jump(outbox, clock, -wrong_s)
    assert send(outbox, clock, 10 - JUMP_S) == []
    assert len(send(outbox, clock, JUMP_S + 1)) == 1


def test_what_must_be_made_once_is_made_once(outbox: Outbox, clock: ManualClock, wrong_s: int) -> None:
    for jump_s in (0, wrong_s, -wrong_s):
        jump(outbox, clock, jump_s)
        outbox.put_once("x", say())
        outbox.put_named("broadcast:1", say(6))
        send(outbox, clock, PRIVATE_S)
    assert outbox.waiting() == 0
    for _ in range(2):
        outbox.put_once("x", say())
        assert send(outbox, clock, PRIVATE_S) == []


def test_outbox_that_nobody_has_asked_for_long_goes_on_at_once(outbox: Outbox, clock: ManualClock) -> None:
    """As after a night's sleep of the machine, with a sender at work when it fell asleep."""
    outbox.take("one")
    outbox.put_once("x", say())
    clock.advance(8 * HOUR_S)
    assert len(outbox.take("two")[0]) == 1


def test_message_of_the_next_hour_may_show_again_what_it_has_shown(
    outbox: Outbox, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = []
    for hour, text in [(1, "one"), (2, "two"), (2, "one"), (2, "one")]:
        monkeypatch.setattr(stores_outbox, "_sent_keys", lambda now=hour: [keys.outbox_sent(now - n) for n in (0, 1)])
        outbox.put_edit(edit(text))
        shown += texts(send(outbox, clock, PRIVATE_S))
    assert shown == ["one", "two", "one"]
