"""Broadcasts over real stores and a Telegram with real limits: to everybody once, and to nobody twice."""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable

import httpx
import pytest
from support.accounts import account
from support.broadcasts import Stage, begin, got, outcomes, people, player_of
from support.game import TestContainer
from support.limits import refuse_next
from tapstack.bot import outbox as bot_outbox
from tapstack.broadcasts import deliveries
from tapstack.broadcasts import driving as work
from tapstack.broadcasts.audience import survey
from tapstack.broadcasts.composing import compose
from tapstack.broadcasts.model import Audience, Broadcast, Content, Outcome, State
from tapstack.platform.errors import BadRequest, Conflict, StoreUnavailable
from tapstack.play.model import Counter as Taps
from tapstack.players.model import ModerationStatus
from tapstack.telegram import client
from tapstack.telegram.attempts import attempt
from tapstack.telegram.model import LeasedCall
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram_local.testing import LocalTelegram


def send_for_ever(stores: TestContainer, done: threading.Event) -> None:
    own = TestContainer(stores.settings)
    while not done.wait(0.02):
        bot_outbox.send_waiting(own, lambda: 0 if done.is_set() else 60_000)
    client.close()
    own.redis.close()


def test_everybody_gets_it_once_in_their_language_and_telegram_never_says_429(
    stores: TestContainer, telegram: LocalTelegram
) -> None:
    english, russian = people(stores, telegram, 30), people(stores, telegram, 10, language="ru")
    done = threading.Event()
    worker = threading.Thread(target=send_for_ever, args=(stores, done))
    worker.start()
    try:
        broadcast = work.drive(stores, begin(stores, 24, en="<b>news</b> &amp; more", ru="новости"))
    finally:
        done.set()
        worker.join(60)
    for who, text in ((english, "news & more"), (russian, "новости")):
        assert [[m.text for m in person.messages() if m.from_bot] for person in who] == [[text]] * len(who)
    assert broadcast.state is State.FINISHED
    assert outcomes(stores, broadcast) == {"sent": 40}
    assert stores.broadcasts.get(broadcast.id).tally == {"send": 40}
    assert telegram.stats()["too_many_requests"] == 0


PICTURE = "https://a.example/p.png"


def rich(**photo: str) -> Content:
    """Content with a picture and buttons in two languages."""
    texts = {"en": "<b>news</b>", "ru": "новости"}
    rows = {
        "en": ["Play -> web_app:https://a.example/app/"],
        "ru": ["Играть -> startapp:week | Сайт -> https://a.example"],
    }
    return compose(texts, rows, photo.get("photo", PICTURE), "tap_bot")


def test_picture_and_buttons_arrive_once_in_the_language_of_each(
    stores: TestContainer, telegram: LocalTelegram
) -> None:
    (ada,), (oleg,) = people(stores, telegram, 1), people(stores, telegram, 1, language="ru")
    broadcast = work.start(stores, rich(), audience=Audience(), pace=20, operator="grace")
    Stage(stores).drive(stores.broadcasts.get(broadcast.id))
    for who, caption, texts in ((ada, "news", ["Play"]), (oleg, "новости", ["Играть", "Сайт"])):
        (message,) = [m for m in who.messages() if m.from_bot]
        assert (message.raw["caption"], message.raw["photo"][-1]["file_id"]) == (caption, PICTURE)
        assert message.buttons == texts
    assert outcomes(stores, broadcast) == {"sent": 2}


def test_preview_goes_to_one_chat_in_every_language_and_says_what_telegram_said(
    stores: TestContainer, telegram: LocalTelegram
) -> None:
    grace, ada = people(stores, telegram, 2)
    stage = Stage(stores)

    def preview(content: Content, chat_id: int = grace.id) -> dict[str, tuple[Outcome, str]]:
        return work.preview(stores, content, chat_id, operator="grace", now_s=stage.read_clock, pause=stage.pause)

    assert preview(rich()) == {"en": (Outcome.SENT, ""), "ru": (Outcome.SENT, "")}
    assert {m.raw["caption"] for m in grace.messages() if m.from_bot} == {"news", "новости"}
    refused = preview(rich(photo="AgACAgIAAxkBAAIBQ2YunknownToThisBot"))
    assert {outcome for outcome, _ in refused.values()} == {Outcome.FAILED}
    assert all("wrong file identifier" in reason.lower() for _, reason in refused.values())
    assert preview(rich(), 404)["en"][0] is not Outcome.SENT, "somebody who never wrote to the bot"
    assert [m for m in ada.messages() if m.from_bot] == []
    assert all(made.state is State.STOPPED for made in stores.broadcasts.all())
    for made in stores.broadcasts.all():
        assert stage.drive(work.resume(stores, made.id)).tally == {}


def test_preview_that_nobody_sends_is_unknown_and_never_arrives(stores: TestContainer, telegram: LocalTelegram) -> None:
    (grace,) = people(stores, telegram, 1)
    now = itertools.count(0, 10)
    content = Content({"en": "news"}, {})
    found = work.preview(stores, content, grace.id, operator="g", now_s=lambda: next(now), pause=lambda _: None)
    assert found == {"en": (Outcome.UNKNOWN, "")}
    bot_outbox.send_waiting(stores, lambda: 60_000)
    assert [m for m in grace.messages() if m.from_bot] == []


def test_pace_is_held_and_the_outbox_never_holds_more_than_two_seconds_of_it(
    hasty: TestContainer, local_telegram: LocalTelegram
) -> None:
    people(hasty, local_telegram, 33)
    stage, most = Stage(hasty), 0

    def look(_: int) -> None:
        nonlocal most
        most = max(most, hasty.outbox.waiting())

    stage.act = look
    stage.drive(begin(hasty, pace=10))
    at = stage.handed_at_s
    assert len(at) == 33
    assert max(sum(first <= other < first + 0.999 for other in at) for first in at) == 10
    assert at[-1] - at[0] == pytest.approx(3.2)
    assert most <= 20


def test_sender_that_is_away_fills_nothing(hasty: TestContainer, local_telegram: LocalTelegram) -> None:
    who = people(hasty, local_telegram, 9)
    stage, pauses = Stage(hasty), itertools.count(1)

    def pause(seconds: float) -> None:
        if (number := next(pauses)) < 100:
            stage.now_s += seconds
        else:
            assert number > 100 or hasty.outbox.waiting() == 4
            stage.pause(seconds)

    broadcast = work.drive(hasty, begin(hasty, pace=2), now_s=lambda: stage.now_s, pause=pause)
    assert got(who, broadcast) == [1] * 9


def test_muted_blocked_banned_and_erased_are_left_out_and_counted(
    stores: TestContainer, telegram: LocalTelegram
) -> None:
    ada, muted, blocked, banned, gone, leaver = people(stores, telegram, 6)
    for person, change in ((muted, {"notify": False}), (blocked, {"blocked": True})):
        chat = stores.conversations.get(person.id)
        for name, value in change.items():
            setattr(chat, name, value)
        stores.conversations.save(chat, 0)
    stores.players.change(player_of(stores, banned).id, standing=str(ModerationStatus.BANNED))
    stores.players.change(player_of(stores, gone).id, erased_at_ms=1)
    leaver.block_bot()
    broadcast = Stage(stores).drive(begin(stores))
    assert got([ada, muted, blocked, banned, gone, leaver], broadcast) == [1, 0, 0, 0, 0, 0]
    assert outcomes(stores, broadcast) == {"sent": 1, "blocked": 1}
    assert broadcast.tally == {"send": 2, "muted": 1, "blocked": 1, "banned": 1, "gone": 1}
    assert stores.conversations.get(leaver.id).blocked


def test_audiences_are_found_and_counted(stores: TestContainer, telegram: LocalTelegram) -> None:
    ada, bob, eve = people(stores, telegram, 3)
    (oleg,) = people(stores, telegram, 1, language="ru")
    stranger = account(9_400_000)
    stores.players.create(stranger)
    now_ms = stores.clock()
    stores.counters.put([Taps(player_of(stores, p).id, 1, 0, now_ms - age) for p, age in ((ada, 10), (bob, 10**9))])
    everybody = survey(stores, Audience())
    assert (everybody.by_language, everybody.skipped) == (Counter(en=3, ru=1), Counter())
    active = survey(stores, Audience("active", since_ms=now_ms - 86_400_000))
    assert active.by_language == Counter(en=1)
    assert survey(stores, Audience("language", language="ru")).by_language == Counter(ru=1)
    named = Audience("players", players=(player_of(stores, eve).id, stranger.id, "nobody"))
    assert survey(stores, named).skipped == Counter(no_chat=1)
    broadcast = Stage(stores).drive(begin(stores, audience=named))
    assert got([ada, bob, eve, oleg], broadcast) == [0, 0, 1, 0]


def test_audience_of_several_pages_is_walked_whole(
    hasty: TestContainer, local_telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tapstack.broadcasts.audience.PAGE", 2)
    who = people(hasty, local_telegram, 7)
    ids = tuple(player_of(hasty, person).id for person in who)
    for audience in (Audience(), Audience("players", players=ids)):
        broadcast = Stage(hasty).drive(begin(hasty, audience=audience))
        assert got(who, broadcast) == [1] * 7
        assert broadcast.tally == {"send": 7}


def test_stop_holds_what_waits_and_resume_brings_the_rest(hasty: TestContainer, local_telegram: LocalTelegram) -> None:
    who = people(hasty, local_telegram, 20)
    broadcast, stage = begin(hasty, pace=5), Stage(hasty)

    def stop(handed: int) -> None:
        if handed == 6:
            assert hasty.broadcasts.stop(broadcast.id)

    stage.act = stop
    stopped = stage.drive(broadcast)
    assert stopped.state is State.STOPPED
    assert len(stage.handed_at_s) <= 6 + 5
    sent = sum(got(who, broadcast))
    assert sent <= 6
    bot_outbox.send_waiting(hasty, lambda: 60_000)
    assert sum(got(who, broadcast)) == sent
    assert hasty.outbox.waiting() == 0
    finished = stage.drive(work.resume(hasty, broadcast.id))
    assert finished.state is State.FINISHED
    assert got(who, broadcast) == [1] * 20
    with pytest.raises(Conflict):
        work.resume(hasty, broadcast.id)


def test_one_drives_at_a_time_and_who_was_replaced_ends(stores: TestContainer, telegram: LocalTelegram) -> None:
    who = people(stores, telegram, 3)
    first = begin(stores)
    with pytest.raises(Conflict):
        work.resume(stores, first.id)
    stores.broadcasts.stop(first.id)
    second = work.resume(stores, first.id)
    assert Stage(stores).drive(first).driver == second.driver
    assert Stage(stores).drive(second).state is State.FINISHED
    assert got(who, second) == [1, 1, 1]


def test_pace_leaves_the_players_room(stores: TestContainer) -> None:
    with pytest.raises(BadRequest):
        begin(stores, pace=stores.settings.telegram.outbox_per_s)


def test_lost_redis_costs_nobody_their_message_and_doubles_none(
    hasty: TestContainer, local_telegram: LocalTelegram
) -> None:
    who = people(hasty, local_telegram, 12)
    stage = Stage(hasty)
    stage.act = lambda n: hasty.redis.flushall() if n in (3, 7, 12) else None
    broadcast = stage.drive(begin(hasty))
    assert got(who, broadcast) == [1] * 12
    assert outcomes(hasty, broadcast) == {"sent": 12}
    assert len(stage.handed_at_s) > 12


def test_stores_that_are_away_for_a_while_are_waited_for(hasty: TestContainer, local_telegram: LocalTelegram) -> None:
    who = people(hasty, local_telegram, 3)
    real, calls = hasty.broadcasts.save, itertools.count()

    def save(broadcast: Broadcast) -> bool:
        if next(calls) in (0, 1, 3):
            raise StoreUnavailable("unavailable", retry_after_s=1)
        return real(broadcast)

    hasty.broadcasts.save = save  # type: ignore[method-assign]
    broadcast = Stage(hasty).drive(begin(hasty))
    assert (broadcast.state, got(who, broadcast)) == (State.FINISHED, [1, 1, 1])


def test_429_gives_the_claim_back_and_the_message_arrives_once(stores: TestContainer, telegram: LocalTelegram) -> None:
    (ada,) = who = people(stores, telegram, 1)
    refuse_next(telegram)
    stage = Stage(stores)
    broadcast = stage.drive(begin(stores))
    assert telegram.stats()["too_many_requests"] == 1
    assert (got(who, broadcast), outcomes(stores, broadcast)) == ([1], {"sent": 1})


def failing(cause: Exception | None, error: NetworkError) -> Callable[[], Awaitable[object]]:
    async def make() -> object:
        raise error from cause

    return make


@pytest.mark.parametrize(
    ("cause", "error", "kept"),
    [
        (httpx.ConnectError("refused"), NetworkError("httpx.ConnectError: refused"), False),
        (httpx.ConnectTimeout("slow"), TimedOut(), False),
        (httpx.ReadTimeout("slow"), TimedOut(), True),
        (httpx.ReadError("cut"), NetworkError("httpx.ReadError: cut"), True),
        (None, NetworkError("Bad Gateway"), True),
    ],
)
def test_message_without_an_answer_is_repeated_only_if_it_never_left(
    stores: TestContainer, cause: Exception | None, error: NetworkError, kept: bool
) -> None:
    broadcast, clock = begin(stores), [0.0]
    stores.outbox.put_named(f"broadcast:{broadcast.id}", {"method": "sendMessage", "chat_id": 5, "text": "x"})
    (taken,), _ = stores.outbox.take()
    sending = deliveries.Deliveries(stores, lambda: clock[0])
    client.run(sending.deliver(taken, lambda: attempt(failing(cause, error)())))
    assert outcomes(stores, broadcast) == ({Outcome.UNKNOWN: 1} if kept else {})
    assert stores.outbox.waiting() == (0 if kept else 1)

    async def never() -> None:
        raise AssertionError("others stand back while Telegram is silent")

    other = LeasedCall(f"m:6:broadcast:{broadcast.id}", "1", 0, {})
    client.run(sending.deliver(other, lambda: attempt(never())))
    assert outcomes(stores, broadcast) == ({Outcome.UNKNOWN: 1} if kept else {})


def test_retry_after_of_a_claim_leaves_it_free(stores: TestContainer) -> None:
    broadcast = begin(stores)

    async def refused() -> None:
        raise RetryAfter(3)

    taken = LeasedCall(f"m:5:broadcast:{broadcast.id}", "1", 0, {})
    client.run(deliveries.Deliveries(stores).deliver(taken, lambda: attempt(refused())))
    assert stores.broadcasts.claimed(broadcast.id, [5]) == set()


def test_calls_of_a_broadcast_that_is_gone_are_dropped(stores: TestContainer) -> None:
    stores.outbox.put_named("broadcast:nothing", {"method": "sendMessage", "chat_id": 5, "text": "x"})
    started = time.monotonic()
    while stores.outbox.waiting() and time.monotonic() - started < 10:
        bot_outbox.send_waiting(stores, lambda: 60_000)
    assert stores.outbox.waiting() == 0
