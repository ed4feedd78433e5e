"""Raids in a private chat: whom one sees, what a press brings, and what the raided player hears."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from support.fakes.economy import MemoryWallets
from support.fakes.ports import MemoryGame, MemoryPorts
from support.memory_chat import Talker, buttons
from support.racing import ManualClock
from tapstack import composition
from tapstack.economy.commands import Grant
from tapstack.economy.model import Wallet
from tapstack.economy.performing import carry_out, whole
from tapstack.inbox.model import Kind
from tapstack.leaderboards.model import BoardMetric, MetricScore
from tapstack.platform.calendar import Period
from tapstack.players.model import ModerationStatus
from tapstack.raids.finding import TargetFinder
from tapstack.raids.scenes import raid as raid_scene


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def game(clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryGame]:
    monkeypatch.setattr(raid_scene, "finder", TargetFinder())
    made = MemoryGame(MemoryPorts(clock))
    made.stores.commons.provided = lambda _: None
    made.stores.wallets = MemoryWallets(made.stores.commons)
    yield made
    composition.use(None)


def raider_and_victim(game: MemoryGame, clock: ManualClock) -> tuple[Talker, str, str]:
    """Two players of level 11, side by side on the week's board; the victim's arcade has earned for 8 hours."""
    stores = game.stores
    raider, victim = game.sign_in(1).id, game.sign_in(2).id
    for player_id in (raider, victim):
        stores.wallets.held[player_id].wallet = Wallet(settled=1_000)
    carry_out(stores, victim, "c#test", Grant(account="mint:tests", goods={"arcade": 1}))
    clock.advance(8 * 3_600)
    week = Period.WEEK.number_at(clock())
    scores = {i: [MetricScore(BoardMetric.COINS, Period.WEEK, week, float(n))] for n, i in enumerate((raider, victim))}
    stores.metric_boards.project(scores, clock())
    return Talker(game, 1), raider, victim


def test_raider_sees_a_target_takes_its_loot_once_and_the_victim_hears(game: MemoryGame, clock: ManualClock) -> None:
    ada, raider, victim = raider_and_victim(game, clock)
    shown = ada.say("/raid")
    assert "You have 4 raids left today" in shown["text"]
    assert "1. " in shown["text"]
    assert "small loot" in shown["text"]
    data = shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert "coins are yours!" in ada.press("🏴‍☠️ 1")["text"]
    assert "You have 3 raids left today" in ada.shown["text"]
    assert "The next raid in 30 min" in ada.shown["text"]
    loot = whole(game.stores, raider).holdings.wallet.coin
    assert loot > 0
    assert "coins are yours!" in ada.send(data)["text"], "pressed twice"
    assert whole(game.stores, raider).holdings.wallet.coin == loot
    assert [one.kind for one in game.stores.inbox.read(victim, clock()).notices] == [Kind.RAID]
    clock.advance(60)
    assert "You must rest" in ada.send(f"raid:go:{clock():x}:{victim}")["text"]


def test_loot_that_was_collected_meanwhile_and_friends_are_refused_in_words(
    game: MemoryGame, clock: ManualClock
) -> None:
    ada, raider, victim = raider_and_victim(game, clock)
    accounts = game.stores.players.accounts
    accounts[victim] = replace(accounts[victim], ancestors=(raider,))
    assert "Friends and members" in ada.send(f"raid:go:{clock():x}:{victim}")["text"]
    assert "can't raid yourself" in ada.send(f"raid:go:{clock():x}:{raider}")["text"]
    assert "no such player" in ada.send(f"raid:go:{clock():x}:{'f' * 16}")["text"]
    assert "no such player" in ada.send(f"raid:go:{clock():x}:../x")["text"]
    accounts[victim] = replace(accounts[victim], ancestors=())
    assert "too old" in ada.send(f"raid:go:0:{victim}")["text"]


def test_newcomer_hears_from_which_level_on(game: MemoryGame) -> None:
    game.sign_in(5)
    shown = Talker(game, 5).say("/raid")
    assert ("begin at level 5" in shown["text"], buttons(shown)) == (True, ["🔄 Refresh", "🏠 Home"])


def test_suspect_finds_nobody_and_hears_what_anybody_may(game: MemoryGame, clock: ManualClock) -> None:
    ada, raider, victim = raider_and_victim(game, clock)
    accounts = game.stores.players.accounts
    accounts[raider] = replace(accounts[raider], status=ModerationStatus.SUSPECT)
    assert "Nobody is worth a raid" in ada.say("/raid")["text"]
    assert "can't be raided right now" in ada.send(f"raid:go:{clock():x}:{victim}")["text"]


def test_group_is_told_where_raids_and_factions_are(game: MemoryGame) -> None:
    for command in ("/raid", "/faction"):
        assert "played in private" in Talker(game, 1).say(command, -1_007)["text"]
