"""Duels in groups and in private chats: one rival, taps of the two alone, one result, and who may press what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from support.fakes.ports import MemoryGame, MemoryPorts
from support.memory_chat import Talker, buttons
from support.racing import ManualClock
from tapstack import composition
from tapstack.bot import duels as bot_duels
from tapstack.duels.model import TalkedDuel
from tapstack.duels.rules import DUEL_MS
from tapstack.duels.settling import settle
from tapstack.economy import shared_lists
from tapstack.http.recent import Recent
from tapstack.players.model import ModerationStatus

GROUP = -1_006


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def game(clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryGame]:
    monkeypatch.setattr(bot_duels, "_views", Recent(keep_ms=1_000, most=10))
    yield MemoryGame(MemoryPorts(clock))
    composition.use(None)


def people(game: MemoryGame) -> tuple[Talker, Talker, Talker]:
    for user_id in (1, 2, 3):
        game.sign_in(user_id)
    return Talker(game, 1), Talker(game, 2), Talker(game, 3)


def shown(game: MemoryGame) -> dict[str, Any]:
    """What the group's message shows since the latest edit."""
    return game.stores.outbox.calls["e:7"]


def later(game: MemoryGame, clock: ManualClock, seconds: int) -> None:
    """Leases run out, too."""
    clock.advance(seconds)
    game.stores.leases.holders.clear()


def tap(game: MemoryGame, talker: Talker, taps: int) -> None:
    """Taps in the Mini App."""
    game.stores.play.live[game.sign_in(talker.user_id).id].clicks += taps


def test_group_sees_a_duel_from_the_challenge_to_the_result(game: MemoryGame, clock: ManualClock) -> None:
    ada, bob, cyd = people(game)
    offered = ada.say("/duel", GROUP)
    assert ("challenges you to a duel" in offered["text"], buttons(offered)) == (True, ["⚔️ Accept", "✖️ Take back"])
    ada.press("Accept", offered)
    assert ada.toast == "This is your own challenge: somebody else accepts it."
    bob.press("Take back", offered)
    assert bob.toast == "Only who has made a challenge can take it back."
    bob.press("Accept", offered)
    assert bob.toast == "Accepted! It starts in 5 s."
    cyd.press("Accept", offered)
    assert cyd.toast == "Somebody else has accepted it."
    bob.press("Accept", offered)
    assert bob.toast == "Accepted! It starts in 5 s.", "pressed twice"
    ada.press("Take back", offered)
    assert ada.toast == "Somebody else has accepted it."
    going = shown(game) | {"chat_id": GROUP}
    assert ("It starts in 5 s" in going["text"], buttons(going)) == (True, ["👆 Tap! +1", "🎮 In the app"])
    assert game.stores.sync_queue.sent[-4:] == ["duels in 6 s", "duels in 39 s"] * 2
    ada.press("Tap!", going)
    assert ada.toast == "Not yet: it starts in 5 s."
    later(game, clock, 6)
    assert settle(game.stores) == 0, "counted from the start"
    for who in (ada, ada, bob):
        who.press("Tap!", going)
    assert bob.toast == "+1 → 1"
    cyd.press("Tap!", going)
    assert cyd.toast.startswith("This duel is between two others")
    tap(game, bob, 9)
    later(game, clock, 20)
    bob.press("Tap!", going)
    assert "9 s left" in shown(game)["text"]
    later(game, clock, 12)
    bob.press("Tap!", going)
    assert bob.toast == "This duel is over."
    later(game, clock, 1)
    assert (settle(game.stores), settle(game.stores)) == (1, 0)
    results = [call for name, call in game.stores.outbox.calls.items() if name.startswith("duel-")]
    assert len(results) == 1
    won, bob_id = results[0]["text"], game.sign_in(2).id
    assert ("wins!" in won, f"\u2063{bob_id}\u2063 · 11" in won, buttons(results[0])) == (True, True, [])
    assert "👆 Tap! +1" not in buttons(shown(game))


def test_challenge_is_taken_back_by_its_host_or_expires(game: MemoryGame, clock: ManualClock) -> None:
    ada, bob, _ = people(game)
    offered = ada.say("/duel", GROUP)
    ada.press("Take back", offered)
    assert (ada.toast, "taken back" in shown(game)["text"]) == ("Taken back.", True)
    bob.press("Accept", offered)
    assert bob.toast == "This duel is over."
    other = ada.say("/duel", GROUP)
    later(game, clock, 3_601)
    bob.press("Accept", other)
    assert bob.toast == "This duel is over."


def test_duel_that_nobody_watched_in_time_is_a_draw_and_told(game: MemoryGame, clock: ManualClock) -> None:
    ada, bob, _ = people(game)
    bob.press("Accept", ada.say("/duel", GROUP))
    tap(game, bob, 50)
    later(game, clock, 120)
    assert settle(game.stores) == 1
    assert "A draw" in str(game.stores.outbox.calls)


def test_duel_is_drawn_on_the_message_with_its_button_alone(game: MemoryGame, clock: ManualClock) -> None:
    ada, bob, _ = people(game)
    accept, stop = (row[0]["callback_data"] for row in ada.say("/duel", GROUP)["reply_markup"]["inline_keyboard"])
    bob.send(accept, GROUP - 1)
    assert bob.toast == "Accepted! It starts in 5 s."
    later(game, clock, 6)
    settle(game.stores)
    bob.send(stop.replace(":stop:", ":hit:"), GROUP)
    later(game, clock, 33)
    assert settle(game.stores) == 1
    assert "e:7" not in game.stores.outbox.calls
    told = {call["chat_id"] for name, call in game.stores.outbox.calls.items() if name.startswith("duel-")}
    assert told == {1, 2}, "as of a duel of private chats"
    other = ada.say("/duel", GROUP)["reply_markup"]["inline_keyboard"][1][0]["callback_data"]
    ada.send(other, GROUP - 1)
    assert (ada.toast, "e:7" in game.stores.outbox.calls) == ("Taken back.", False)


def test_duel_keeps_its_message_when_it_is_accepted_again(game: MemoryGame, clock: ManualClock) -> None:
    ada, bob, _ = people(game)
    offered = ada.say("/duel", GROUP)
    bob.press("Accept", offered)
    bob.send(offered["reply_markup"]["inline_keyboard"][0][0]["callback_data"], GROUP)
    assert bob.toast == "Accepted! It starts in 5 s."
    later(game, clock, 39)
    assert settle(game.stores) == 1
    assert "A draw" in shown(game)["text"]
    assert {call["chat_id"] for name, call in game.stores.outbox.calls.items() if name.startswith("duel-")} == {GROUP}


@pytest.mark.parametrize("data", ["duel:take:", "duel:stop:zz", "duel:hit:" + "0" * 16, "duel:take:" + "0" * 16])
def test_button_of_no_duel_is_answered(game: MemoryGame, data: str) -> None:
    ada = people(game)[0]
    ada.send(data, GROUP)
    assert ada.toast.startswith("This duel is between two others")


def test_duel_goes_by_a_link_in_private(game: MemoryGame, clock: ManualClock) -> None:
    ada, bob, cyd = people(game)
    assert "Duels" in ada.say("/duel")["text"]
    offer = ada.shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    text = ada.press("Challenge somebody")["text"]
    assert ada.send(offer)["text"] == text, "pressed twice"
    start = text.split("?start=")[1].split()[0]
    bob.sender["language_code"] = "ru"
    assert "вызывает на дуэль" in bob.say(f"/start {start}")["text"]
    assert "Начало через 5 с" in bob.press("Принять")["text"]
    told = game.stores.outbox.calls[f"{start.replace('_', '-')}-accepted-{game.sign_in(1).id}"]
    assert (told["chat_id"], "has accepted your challenge" in told["text"]) == (1, True)
    assert buttons(told) == ["👆 Tap here", "🎮 In the app"]
    assert "?startapp=duel_" in str(told)
    assert "between two others" in cyd.say(f"/start {start}")["text"]
    later(game, clock, 6)
    settle(game.stores)
    tap(game, ada, 7)
    assert " · 7" in bob.press("Обновить")["text"]
    later(game, clock, 33)
    assert settle(game.stores) == 1
    over = {call["chat_id"]: call["text"] for name, call in game.stores.outbox.calls.items() if "-over-" in name}
    assert ("wins!" in over[1], "wins!" in over[2]) == (True, True)
    assert "Победа" in bob.press("Обновить")["text"]


def test_challenge_is_taken_back_in_private(game: MemoryGame) -> None:
    ada, bob, _ = people(game)
    ada.send("duel:open")
    start = ada.press("Challenge somebody")["text"].split("?start=")[1].split()[0]
    assert "has been taken back" in ada.press("Take back")["text"]
    assert "has been taken back" in bob.say(f"/start {start}")["text"]
    assert "This duel is over" in bob.send(f"duel:accept:{start.removeprefix('duel_')}")["text"]


@pytest.mark.parametrize("data", ["offer:", "offer:zz", "see:x", "accept:", "decline:" + "0" * 16, "see:" + "0" * 16])
def test_forged_button_in_private_is_answered(game: MemoryGame, data: str) -> None:
    assert "Duels" in people(game)[0].send(f"duel:{data}")["text"]


def test_challenges_are_as_rare_as_over_the_api(game: MemoryGame) -> None:
    ada = people(game)[0]
    game.stores.limiter.left["offerDuel"] = 0
    assert ada.say("/duel", GROUP) == {}
    ada.send("duel:open")
    assert "Too fast. Try again in 1 s" in ada.press("Challenge somebody")["text"]


def test_banned_player_duels_nowhere(game: MemoryGame) -> None:
    ada, bob, _ = people(game)
    offered = ada.say("/duel", GROUP)
    accounts, bob_id = game.stores.players.accounts, game.sign_in(2).id
    accounts[bob_id] = replace(accounts[bob_id], status=ModerationStatus.BANNED)
    bob.press("Accept", offered)
    assert "blocked" in bob.toast
    assert bob.say("/duel", GROUP) == {}


def test_one_run_looks_at_all_that_begin_and_end_and_at_none_between(game: MemoryGame, clock: ManualClock) -> None:
    """Each duel asks for two runs: if each looked at all that go on, many at once would slow down each other."""
    duels, now_ms = game.stores.duels, clock()
    ends_at_ms = {
        **{f"{number:016x}": now_ms - 60_000 - number for number in range(2 * shared_lists.AT_ONCE)},
        "c" * 16: now_ms + DUEL_MS - 1_000,  # it has begun a second ago
        "d" * 16: now_ms + 10_000,
        "e" * 16: now_ms - 1,  # the last taps are still coming in
    }
    for duel_id, at_ms in ends_at_ms.items():
        duels.talk(TalkedDuel(duel_id, "", at_ms, "en"))
    assert len(list(duels.talked(now_ms))) == len(ends_at_ms) - 2
    settle(game.stores)
    assert list(duels.talked(now_ms)) == [], "there are no such duels"
    assert sorted(key for key, of in game.stores.commons.items.items() if "list" in of) == [
        "DUELIN#" + "d" * 16,
        "DUELIN#" + "e" * 16,
    ]
