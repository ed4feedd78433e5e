"""Reminders over real stores and the local Telegram: who hears what, once, and who hears nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from support.game import Game, Player
from support.racing import ManualClock
from tapstack.bot import outbox as bot_outbox
from tapstack.inbox.model import Kind, Notice
from tapstack.notifications import ending, leases
from tapstack.notifications.model import Walk
from tapstack.platform.calendar import Period
from tapstack.platform.clock import system_clock
from tapstack.privacy.erasure import erase
from tapstack.telegram import client
from tapstack.telegram.model import Chat
from telegram_local.testing import LocalTelegram, Person

HOUR_S = 3_600
DAY_S = 24 * HOUR_S


def tuesday_noon_ms() -> int:
    """A time at which no week has just ended, days ahead at most."""
    week = Period.WEEK.number_at(system_clock()) + 1
    return Period.WEEK.start_ms(week) + (DAY_S + 12 * HOUR_S) * 1_000


class Town:
    """A game whose players have chats, on a clock that is moved by hand."""

    def __init__(self, game: Game, telegram: LocalTelegram, clock: ManualClock) -> None:
        self.game, self.telegram, self.clock = game, telegram, clock

    def player(self, id_: int, **chat: Any) -> tuple[Player, Person]:
        person = self.telegram.user(id_, language_code="en")
        person.start()
        player = self.game.sign_in(id_)
        assert self.game.stores.conversations.save(Chat(id_, language="en", **chat), 0)
        return player, person

    def tap(self, player: Player, taps: int) -> None:
        self.game.sign_in(player.user_id).tap(taps)
        self.game.run("sync")

    def later(self, seconds: int) -> int:
        """How many reminders maintenance finds then; what it finds is sent."""
        self.clock.advance(seconds)
        self.game.stores.redis.delete(leases.WALK)  # Redis's own clock has not moved
        done = self.game.run("maintenance")
        bot_outbox.send_waiting(self.game.stores, lambda: 60_000)
        return int(done["reminded"])


def said(person: Person) -> list[str]:
    return [message.text for message in person.messages() if message.from_bot]


@pytest.fixture(autouse=True)
def no_season(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told of seasons depends on the date; tests/unit/notifications/test_ending.py has it."""
    monkeypatch.setattr(ending, "SEASON_DAYS", 0)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(tuesday_noon_ms())


@pytest.fixture
def make_town(
    make_game: Callable[..., Game], local_telegram: LocalTelegram, clock: ManualClock
) -> Iterator[Callable[..., Town]]:
    yield lambda **settings: Town(
        make_game(now_ms=clock, TELEGRAM_API_BASE=local_telegram.url, INIT_DATA_MAX_AGE_S="31536000", **settings),
        local_telegram,
        clock,
    )
    client.close()


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    return make_town()


def passed_by(town: Town, ada: Player, bob: Player) -> None:
    """Ada plays at noon, and Bob passes her six hours later."""
    town.tap(ada, 50)
    assert town.later(60) == 0  # her rank is noted
    town.clock.advance(6 * HOUR_S)
    town.tap(bob, 60)


def test_overtaken_player_hears_it_once_with_a_way_into_the_game_and_one_out(town: Town) -> None:
    (ada, person), (bob, other) = town.player(8_800_001), town.player(8_800_002)
    passed_by(town, ada, bob)
    assert town.later(10) == 0  # it is evening, and she plays at noon
    assert town.later(18 * HOUR_S) == 1
    day = datetime.fromtimestamp(town.clock() / 1_000, UTC)
    assert [line for line in said(person) if "overtaken" in line and "place 2" in line] == said(person) != []
    assert "11 more taps" in said(person)[0]
    assert said(other) == []
    assert town.later(24 * HOUR_S) == 0  # nobody has passed her since
    assert town.game.stores.broadcasts.received(person.id) == {f"{day:%Y%m%d}-000000-0000": "sent"}
    buttons = person.messages()[-1].buttons
    assert buttons == ["👆 Tap", "🔕 No more reminders"]


def test_week_that_is_over_is_told_on_monday_with_the_place(town: Town) -> None:
    (ada, person), (bob, other) = town.player(8_800_003), town.player(8_800_004, reminders=False)
    town.tap(ada, 50)
    town.tap(bob, 60)
    assert [town.later(24 * HOUR_S) for _ in range(7)] == [0, 0, 0, 0, 0, 1, 0]
    assert len(said(person)) == 1
    assert said(person)[0].startswith("🏁 The week is over. Your place: 2 of 2, with 50 taps.")
    assert said(other) == []


@pytest.mark.parametrize("change", [{"notify": False}, {"reminders": False}, {"blocked": True}])
def test_who_has_muted_it_hears_nothing(town: Town, change: dict[str, Any]) -> None:
    (ada, person), (bob, _) = town.player(8_800_005, **change), town.player(8_800_006)
    passed_by(town, ada, bob)
    assert town.later(18 * HOUR_S) == 0
    assert said(person) == []


def test_run_that_is_repeated_after_a_loss_of_redis_writes_to_nobody_twice(town: Town) -> None:
    (ada, person), (bob, _) = town.player(8_800_007), town.player(8_800_008)
    passed_by(town, ada, bob)
    stores = town.game.stores
    before = stores.reminders.seen([ada.id])
    assert town.later(18 * HOUR_S) == 1
    stores.reminders.keep_seen(before)
    stores.reminders.keep_walk(Walk())
    assert town.later(60) == 1  # handed over again, and not sent: it was claimed
    assert len(said(person)) == 1


def test_reminders_of_a_day_that_an_operator_has_stopped_are_not_sent(town: Town) -> None:
    (ada, person), (bob, _) = town.player(8_800_009), town.player(8_800_010)
    passed_by(town, ada, bob)
    assert town.later(13 * HOUR_S) == 0  # the next day begins, and nobody may be written to
    today = town.game.stores.broadcasts.all()[0]
    assert town.game.stores.broadcasts.stop(today.id)
    assert town.later(5 * HOUR_S) == 0
    assert said(person) == []
    assert town.later(24 * HOUR_S) == 1


def test_reminders_can_be_switched_off(make_town: Callable[..., Town]) -> None:
    town = make_town(REMINDERS="0")
    (ada, _), (bob, _) = town.player(8_800_013), town.player(8_800_014)
    passed_by(town, ada, bob)
    assert town.later(18 * HOUR_S) == 0
    assert town.game.stores.broadcasts.all() == []


def test_erased_player_leaves_nothing(town: Town) -> None:
    (ada, _), (bob, _) = town.player(8_800_011), town.player(8_800_012)
    passed_by(town, ada, bob)
    town.later(60)
    assert town.game.stores.reminders.seen([ada.id])
    erase(town.game.stores, ada.id)
    assert town.game.stores.reminders.seen([ada.id]) == {}


def test_several_things_are_told_in_one_message_and_found_in_the_inbox(town: Town) -> None:
    (ada, person), (bob, _) = town.player(8_800_015), town.player(8_800_016)
    passed_by(town, ada, bob)
    inbox = town.game.stores.inbox
    inbox.gather(ada.id, Kind.CHEER, "today", bob.id, town.clock())
    inbox.add(ada.id, Notice(Kind.FRIEND, "told at once", town.clock(), {}, frozenset({bob.id})))
    assert town.later(18 * HOUR_S) == 1
    (text,) = said(person)
    assert text.startswith("🔔 2 things have happened\n\n🏃 You have been overtaken")
    assert text.count("is cheering you on") == 1
    assert "joined" not in text
    kinds = {notice.kind for notice in inbox.read(ada.id, town.clock()).notices}
    assert kinds == {"overtaken", "cheer", "friend"}
    inbox.gather(ada.id, Kind.CHEER, "tomorrow", bob.id, town.clock() + 1)
    assert town.later(24 * HOUR_S) == 1  # the rest is not told again
    (_, second) = said(person)
    assert "is cheering you on" in second
    assert "overtaken" not in second


def test_kind_that_is_switched_off_is_not_told_and_stands_in_the_inbox(town: Town) -> None:
    (ada, person), (bob, _) = town.player(8_800_017, muted=["overtaken"]), town.player(8_800_018)
    passed_by(town, ada, bob)
    assert town.later(18 * HOUR_S) == 0
    assert said(person) == []
    assert [notice.kind for notice in town.game.stores.inbox.read(ada.id, town.clock()).notices] == ["overtaken"]


def test_quiet_hours_of_ones_own_are_kept(town: Town) -> None:
    """It is Wednesday noon in London then; her day begins at 13:00 there."""
    (ada, person), (bob, _) = (
        town.player(8_800_019, utc_offset_min=60, quiet_from_h=22, quiet_to_h=14),
        town.player(8_800_020),
    )
    passed_by(town, ada, bob)
    assert town.later(18 * HOUR_S - 600) == 0
    assert said(person) == []
    assert town.later(4 * HOUR_S) == 1


def test_read_notice_is_not_told(town: Town) -> None:
    (ada, person), (bob, _) = town.player(8_800_021), town.player(8_800_022)
    town.tap(ada, 50)
    assert town.later(60) == 0
    inbox = town.game.stores.inbox
    inbox.gather(ada.id, Kind.CHEER, "today", bob.id, town.clock())
    inbox.mark_read(ada.id, town.clock(), town.clock())
    assert town.later(24 * HOUR_S) == 0
    assert said(person) == []
