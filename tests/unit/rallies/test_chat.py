"""Rallies in groups and in private chats: one message that keeps up, one end, one reward for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from support.fakes.economy import MemoryWallets
from support.fakes.ports import MemoryGame, MemoryPorts
from support.memory_chat import Talker, buttons
from support.racing import ManualClock
from tapstack import composition
from tapstack.bot import rallies as bot_rallies
from tapstack.economy import shared_lists
from tapstack.http.recent import Recent
from tapstack.rallies import grouping
from tapstack.rallies.chat import bar
from tapstack.rallies.model import GroupRally, Rally
from tapstack.rallies.rallying import Rallying

GROUP = -1_005


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def game(clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryGame]:
    made = MemoryGame(MemoryPorts(clock))
    made.stores.wallets = MemoryWallets(made.stores.commons)
    monkeypatch.setattr(bot_rallies, "rallies_here", Rallying())
    monkeypatch.setattr(bot_rallies, "_joined", Recent(keep_ms=60_000, most=10))
    yield made
    composition.use(None)


def tap_elsewhere(game: MemoryGame, talker: Talker, taps: int) -> None:
    """Taps in the Mini App."""
    player_id = game.sign_in(talker.user_id).id
    game.stores.play.live[player_id].paid_taps += taps


def later(game: MemoryGame, clock: ManualClock, seconds: int) -> None:
    """Leases run out, too."""
    clock.advance(seconds)
    game.stores.leases.holders.clear()


def shown(game: MemoryGame) -> dict[str, Any]:
    """What the group's message shows since the latest edit."""
    return game.stores.outbox.calls["e:7"]


def begun(game: MemoryGame) -> tuple[Talker, Talker, dict[str, Any]]:
    ada, bob = Talker(game, 1), Talker(game, 2)
    message = ada.say("/rally", GROUP)
    assert "Rally!" in message["text"]
    return ada, bob, message


def test_group_begins_a_rally_and_joins_it_by_tapping(game: MemoryGame, clock: ManualClock) -> None:
    ada, bob, message = begun(game)
    assert ("15 min" in message["text"], "0 taps" in message["text"], buttons(message)) == (True, True, ["👆 Tap! +1"])
    ada.press("Tap!", message)
    assert ada.toast == "+1 → 1"
    bob.press("Tap!", message)
    assert bob.toast == "You are in! +1 → 1"
    later(game, clock, 5)
    bob.press("Tap!", message)
    assert bob.toast == "+1 → 2"
    assert "👥 2 players" in shown(game)["text"]
    assert "3 taps" in shown(game)["text"]
    assert game.stores.group_taps.taps[GROUP] is not None
    assert game.stores.group_taps.panels == {}, "the group's panel is another message"


def test_bar_is_drawn_at_most_every_5_seconds(game: MemoryGame, clock: ManualClock) -> None:
    _, bob, message = begun(game)
    bob.press("Tap!", message)
    first = shown(game)
    for _ in range(4):
        clock.advance(1)
        bob.press("Tap!", message)
    assert shown(game) is first
    later(game, clock, 1)
    bob.press("Tap!", message)
    assert "6 taps" in shown(game)["text"]


def test_rally_that_goes_on_is_shown_again_to_whoever_asks(game: MemoryGame, clock: ManualClock) -> None:
    _, bob, message = begun(game)
    again = bob.say("/rally", GROUP)
    assert again["reply_markup"] == message["reply_markup"]
    clock.advance(16 * 60)
    ada = Talker(game, 1)
    assert "you can begin the next in 29 min" in ada.say("/rally", GROUP)["text"]
    assert "The rally is over" in str(game.stores.outbox.calls), "the group hears of the end before the next one"
    assert buttons(bob.say("/rally", GROUP)) == ["👆 Tap! +1"]


def test_update_that_comes_again_begins_no_other_rally(game: MemoryGame) -> None:
    stores, ada = game.stores, game.sign_in(1)
    views = [grouping.begin(stores, Rallying(), chat, ada.id, "en", 5)[0].id for chat in (GROUP, GROUP)]
    assert len(set(views)) == 1
    stores.commons.items.pop(f"RALLYIN#{GROUP}")  # killed before the group was told which one is its own
    assert grouping.begin(stores, Rallying(), GROUP, ada.id, "en", 5)[0].id == views[0]


def test_maintenance_tells_the_group_of_the_end_once(game: MemoryGame, clock: ManualClock) -> None:
    ada, bob, message = begun(game)
    ada.press("Tap!", message)
    bob.press("Tap!", message)
    tap_elsewhere(game, bob, 1_200)
    clock.advance(60)
    assert grouping.keep(game.stores, Rallying()) == 0
    assert "1,202 taps" in shown(game)["text"], "drawn each minute, too"
    assert "At 5,000: 100 🪙 for everybody with at least 50" in shown(game)["text"]
    clock.advance(15 * 60)
    assert grouping.keep(game.stores, Rallying()) == 1
    told = [call for name, call in game.stores.outbox.calls.items() if name.startswith("rally-")]
    assert ["The rally is over" in one["text"] for one in told] == [True]
    assert "Reached: 40 🪙" in told[0]["text"]
    assert buttons(told[0]) == buttons(shown(game)) == ["🎁 Take my reward"]
    game.stores.outbox.calls.clear()
    grouping.keep(game.stores, Rallying())
    assert game.stores.outbox.calls == {}
    for _ in range(2):
        bob.press("Take my reward", told[0])
        assert bob.toast == "Yours: 40 🪙"
    ada.press("Take my reward", told[0])
    assert "Too few taps" in ada.toast
    ada.press("Tap!", message)
    assert ada.toast == "This rally is over."


@pytest.mark.parametrize("data", ["rally:join:", "rally:join:zz", "rally:paid:" + "0" * 16, "rally:join:" + "0" * 16])
def test_button_of_no_rally_is_answered(game: MemoryGame, data: str) -> None:
    ada = Talker(game, 1)
    ada.send(data, GROUP)
    assert ada.toast == "There is no such rally any more."


def test_button_of_another_groups_rally_changes_no_message(game: MemoryGame) -> None:
    _, bob, message = begun(game)
    bob.press("Tap!", message | {"chat_id": GROUP - 1})
    assert "e:7" not in game.stores.outbox.calls


def test_rally_is_drawn_on_messages_with_its_button_alone(game: MemoryGame, clock: ManualClock) -> None:
    ada, bob, message = begun(game)
    data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    bob.send(data, GROUP)
    assert bob.toast == "You are in! +1 → 1"
    assert "e:7" not in game.stores.outbox.calls
    later(game, clock, 5)
    ada.press("Tap!", message)
    assert "Rally!" in game.stores.outbox.calls.pop("e:7")["text"]
    later(game, clock, 5)
    bob.send(data, GROUP)
    assert "Rally!" in shown(game)["text"], "on the message that is known"


def test_rally_goes_by_a_link_in_private(game: MemoryGame, clock: ManualClock) -> None:
    ada, bob = Talker(game, 1), Talker(game, 2, "ru")
    assert "Rallies" in ada.say("/rally")["text"]
    begin = [one for row in ada.shown["reply_markup"]["inline_keyboard"] for one in row][0]["callback_data"]
    text = ada.press("Begin one here")["text"]
    start = text.split("?start=")[1].split()[0]
    assert ada.send(begin)["text"] == text, "pressed twice"
    assert "?startapp=rally_" in str(ada.shown)
    assert "Твои: 0" in bob.say(f"/start {start}")["text"]
    tap_elsewhere(game, bob, 1_500)
    clock.advance(3)
    assert "Твои: 1\u202f500" in bob.press("Обновить")["text"]
    clock.advance(16 * 60)
    assert "Сбор окончен" in bob.press("Обновить")["text"]
    assert "Твоя награда: 40 🪙" in bob.press("Забрать награду")["text"]
    assert "Этот сбор окончен" in Talker(game, 3, "ru").say(f"/start {start}")["text"]
    ada.send("rally:open")
    assert "you can begin the next in 29 min" in ada.press("Begin one here")["text"]


@pytest.mark.parametrize("data", ["begin:", "begin:zz", "join:", "see:x", "claim:y", "join:" + "0" * 16])
def test_forged_button_in_private_is_answered(game: MemoryGame, data: str) -> None:
    assert "Rallies" in Talker(game, 1).send(f"rally:{data}")["text"]


@pytest.mark.parametrize(("taps", "cells"), [(0, "░" * 10), (999, "▓" * 9 + "░"), (1_000, "▓" * 10), (2_000, "▓" * 10)])
def test_bar_is_full_at_the_step_and_no_tap_earlier(taps: int, cells: str) -> None:
    assert bar(taps, 1_000) == cells


def test_one_run_tells_every_group_and_meets_a_broken_one_last(
    game: MemoryGame, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports, groups = game.stores, 2 * shared_lists.AT_ONCE
    for number in range(1, groups + 1):
        rally = Rally(f"{number:016x}", f"{number:016x}", clock(), clock() + number)
        assert ports.rallies.begin(rally, 0, "")
        assert ports.rallies.place(GroupRally(-number, rally.id, rally.ends_at_ms, "en"), "")
    clock.advance(60)
    in_group = ports.rallies.in_group

    def of_another_release(chat_id: int) -> GroupRally | None:
        if chat_id == -1:
            raise ValueError("of another release")
        return in_group(chat_id)

    monkeypatch.setattr(ports.rallies, "in_group", of_another_release)
    with pytest.raises(ValueError, match="another release"):
        grouping.keep(ports, Rallying())
    told = [name for name in ports.outbox.calls if name.startswith("rally-")]
    assert len(told) == groups - 1
    late = Rally("e" * 16, "e" * 16, clock() - 60_000, clock() - 10_000)
    assert ports.rallies.begin(late, 0, "")
    assert ports.rallies.place(GroupRally(-999, late.id, late.ends_at_ms, "en"), "")
    assert [chat_id for _, chat_id in ports.rallies.groups()] == [-999, -1]


def test_a_run_draws_a_few_of_those_that_go_on_and_tells_of_all_that_are_over(
    game: MemoryGame, clock: ManualClock
) -> None:
    """Each costs an edit: whoever begins thousands must not slow down what the bot says to others."""
    ports, most = game.stores, 2 * grouping.DRAWN
    for number in range(1, 2 * most + 1):
        ends_at_ms = clock() + (number if number <= most else 900_000)
        rally = Rally(f"{number:016x}", f"{number:016x}", clock(), ends_at_ms)
        assert ports.rallies.begin(rally, 0, "")
        assert ports.rallies.place(GroupRally(-number, rally.id, ends_at_ms, "en"), "")
        ports.rallies.seen(-number, rally.id, number)
    clock.advance(60)
    grouping.keep(ports, Rallying())
    edits = [name for name in ports.outbox.calls if name.startswith("e:")]
    told = [name for name in ports.outbox.calls if name.startswith("rally-")]
    assert (len(told), len(edits)) == (most, most + grouping.DRAWN)
