"""Raids, rallies and duels over a real Redis and the table emulator: paid once, and nobody too often."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from support.economy import op_at
from support.economy_faults import FaultyCalls, assert_sound, insist
from support.economy_players import give, give_taps
from support.game import Answer, Game, Player
from support.racing import ManualClock, race
from tapstack.duels import duelling, ending
from tapstack.economy import commands
from tapstack.economy.performing import perform, whole
from tapstack.platform.errors import Conflict
from tapstack.privacy.erasure import erase, request
from tapstack.raids.attacking import raid

HOUR_S = 3_600


def post(player: Player, path: str, body: Any = None, **places: str) -> Answer:
    return player.game.call("crews", "POST", path, body, headers=player.headers, places=places)


def get(player: Player, path: str, **places: str) -> Answer:
    return player.game.call("crews", "GET", path, headers=player.headers, places=places)


def sound(game: Game, player_id: str) -> None:
    stores = game.stores
    assert_sound(whole(stores, player_id).holdings.wallet, stores.wallets.entries(player_id))


def tap(game: Game, player: Player, total: int) -> None:
    give_taps(game.stores, player.id, total)


@pytest.fixture
def victim(timed_game: Game, clock: ManualClock) -> Player:
    """Somebody of level 11, whose arcade has earned for 8 hours."""
    found = timed_game.sign_in(99, first_name="Vic")
    tap(timed_game, found, 1_000)
    give(timed_game.stores, found.id, coin=10, arcade=1)
    clock.advance(8 * HOUR_S)
    return found


def raiders(game: Game, count: int) -> list[Player]:
    found = [game.sign_in(number) for number in range(1, count + 1)]
    for one in found:
        tap(game, one, 1_000)
    return found


def test_a_raid_over_the_api_is_paid_once_and_noticed(timed_game: Game, victim: Player, clock: ManualClock) -> None:
    [ada] = raiders(timed_game, 1)
    body = {"op": op_at(clock()), "target": victim.id}
    first = post(ada, "/raids", body)
    assert (first.status, first.body["coins"], first.body["left"]) == (200, 74, 3)
    assert post(ada, "/raids", body).body == first.body
    again = post(ada, "/raids", {"op": op_at(clock()), "target": victim.id})
    assert (again.status, again.body["error"]["code"]) == (409, "raid_rest")
    vic = timed_game.sign_in(99)
    [notice] = timed_game.call("players", "GET", "/notifications", headers=vic.headers).body["entries"]
    assert (notice["kind"], notice["facts"], notice["people"][0]["id"]) == ("raid", {"count": 124}, ada.id)
    shown = [one["id"] for one in get(vic, "/raids").body["targets"]]
    assert ada.id not in shown  # there is nothing to take, not even for revenge
    collected = perform(timed_game.stores, victim.id, op_at(clock()), commands.Collect())
    assert collected.result == {"coins": 496 - 124}
    sound(timed_game, ada.id)
    sound(timed_game, victim.id)


def test_of_8_raiders_at_once_as_many_succeed_as_the_rules_allow(
    timed_game: Game, victim: Player, clock: ManualClock
) -> None:
    game, many = timed_game, raiders(timed_game, 8)

    def attack(number: int) -> int:
        try:
            entry = insist(lambda: raid(game.stores, many[number].id, op_at(clock()), victim.id))
        except Conflict as refusal:
            assert refusal.code == "target_protected"
            return 0
        return int(entry.result["taken"])

    taken = [found for found in race(8, attack) if found]
    assert len(taken) == game.stores.catalogues.current().raids.suffered
    perform(game.stores, victim.id, op_at(clock()), commands.Settle())
    assert whole(game.stores, victim.id).holdings.wallet.flows["sink:raids"] == sum(taken)
    for one in (*many, victim):
        sound(game, one.id)


def test_a_raid_that_is_cut_off_anywhere_counts_once(timed_game: Game, victim: Player, clock: ManualClock) -> None:
    stores, [ada] = timed_game.stores, raiders(timed_game, 1)
    met = FaultyCalls(stores.tables.client, {"killed before": 25, "killed after": 25, "lost after": 25, "conflict": 20})
    stores.tables.client = met
    op = op_at(clock())
    for _ in range(4):
        assert insist(lambda: raid(stores, ada.id, op, victim.id)).result["coins"] == 74
    assert met.met
    assert whole(stores, ada.id).holdings.wallet.flows["mint:raids"] == -74
    assert [mail.loss for mail in whole(stores, victim.id).holdings.mails] == [124]


def test_who_is_erased_takes_the_loss_along(timed_game: Game, victim: Player, clock: ManualClock) -> None:
    [ada] = raiders(timed_game, 1)
    assert post(ada, "/raids", {"op": op_at(clock()), "target": victim.id}).status == 200
    erase(timed_game.stores, victim.id)
    gone = post(ada, "/raids", {"op": op_at(clock()), "target": victim.id})
    assert (gone.status, gone.body["error"]["code"]) == (404, "target_unknown")


def test_a_rally_over_the_api_ends_by_itself_and_pays_each_once(timed_game: Game, clock: ManualClock) -> None:
    ada, bob, cyd = raiders(timed_game, 3)
    body = {"op": op_at(clock())}
    rally = post(ada, "/rallies", body).body["id"]
    assert post(ada, "/rallies", body).body["id"] == rally
    for one in (bob, cyd):
        assert post(one, "/rallies/{rally}/join", rally=rally).status == 200
    for one, taps in ((ada, 1_700), (bob, 1_600), (cyd, 1_010)):
        tap(timed_game, one, taps)
    clock.advance(3)
    shown = get(bob, "/rallies/{rally}", rally=rally).body
    assert (shown["total"], shown["own"], shown["over"]) == (1_310, 600, False)
    assert post(ada, "/rallies/{rally}/claim", rally=rally).body["error"]["code"] == "too_early"
    clock.advance(16 * 60)
    assert timed_game.run("maintenance")["rallied"] == 1
    tap(timed_game, cyd, 5_000)
    ada = timed_game.sign_in(1)
    over = get(ada, "/rallies/{rally}", rally=rally).body
    assert (over["total"], over["reached"], over["juggernaut"]) == (1_310, 1, None)  # two of three took part
    first = post(ada, "/rallies/{rally}/claim", rally=rally)
    assert (first.status, first.body["reward"]["coin"]) == (200, 40)
    assert post(ada, "/rallies/{rally}/claim", rally=rally).body == first.body
    assert post(timed_game.sign_in(3), "/rallies/{rally}/claim", rally=rally).status == 404
    sound(timed_game, ada.id)


def test_a_duel_over_the_api_has_one_winner(timed_game: Game, clock: ManualClock) -> None:
    ada, bob = raiders(timed_game, 2)
    duel = post(ada, "/duels", {"op": op_at(clock())}).body["id"]
    assert post(bob, "/duels/{duel}/accept", {}, duel=duel).body["state"] == "accepted"
    clock.advance(5)
    assert get(ada, "/duels/{duel}", duel=duel).body["state"] == "running"
    tap(timed_game, ada, 1_050)
    tap(timed_game, bob, 1_060)
    clock.advance(33)
    looks = race(8, lambda number: get((ada, bob)[number % 2], "/duels/{duel}", duel=duel).body)
    assert {(one["state"], one["winner"], one["host"]["taps"], one["rival"]["taps"]) for one in looks} == {
        ("over", bob.id, 50, 60)
    }


@pytest.fixture
def stakers(make_game: Callable[..., Game], clock: ManualClock) -> tuple[Player, Player]:
    """Two players who may stake coins, and have some."""
    game = make_game(clock, CHANCE_ENABLED="1", INIT_DATA_MAX_AGE_S="31536000")
    raiders(game, 2)
    clock.advance(8 * 24 * HOUR_S)
    ada, bob = (game.sign_in(number) for number in (1, 2))
    for one in (ada, bob):
        give(game.stores, one.id, coin=1_000)
    return ada, bob


def escrow(game: Game, *players: Player) -> int:
    return sum(whole(game.stores, one.id).holdings.wallet.flows.get("escrow:duels", 0) for one in players)


def test_stakes_over_the_api_go_to_the_winner_once(stakers: tuple[Player, Player], clock: ManualClock) -> None:
    ada, bob = stakers
    game = ada.game
    shown = get(ada, "/duels").body
    assert (shown["open"], shown["most"], shown["left"]) == (True, 200, 5)
    before = [whole(game.stores, one.id).holdings.wallet.coin for one in stakers]
    body = {"op": op_at(clock()), "stake": 150}
    duel = post(ada, "/duels", body).body["id"]
    assert post(ada, "/duels", body).body["stake"] == 150
    unasked = post(bob, "/duels/{duel}/accept", {}, duel=duel)
    assert (unasked.status, unasked.body["error"]["code"]) == (409, "stake_differs")
    assert post(bob, "/duels/{duel}/accept", {"stake": 150}, duel=duel).body["state"] == "accepted"
    assert escrow(game, *stakers) == 300
    clock.advance(5)
    assert get(ada, "/duels/{duel}", duel=duel).body["state"] == "running"
    for one, taps in ((ada, 1_050), (bob, 1_060)):
        tap(game, one, taps)
    clock.advance(33)
    race(8, lambda number: get(stakers[number % 2], "/duels/{duel}", duel=duel))
    assert game.run("maintenance")["duelled"] == 0
    after = [whole(game.stores, one.id).holdings.wallet.coin for one in stakers]
    assert ([now - was for now, was in zip(after, before, strict=True)], escrow(game, *stakers)) == ([-150, 150], 0)
    for one in stakers:
        sound(game, one.id)


def test_stakes_are_paid_once_whatever_is_killed_or_lost(stakers: tuple[Player, Player], clock: ManualClock) -> None:
    ada, bob = stakers
    game, stores = ada.game, ada.game.stores
    before = [whole(stores, one.id).holdings.wallet.coin for one in stakers]
    minted = [whole(stores, one.id).holdings.wallet.flows["mint:taps"] for one in stakers]
    calls = stores.tables.client
    stores.tables.client = met = FaultyCalls(calls, {"killed before": 20, "killed after": 20, "conflict": 20})
    for stake in (10, 20, 30):
        duel = insist(partial(duelling.offer, stores, ada.id, op_at(clock()), stake)).id
        insist(partial(duelling.accept, stores, bob.id, duel, stake))
        clock.advance(5)
        insist(partial(duelling.view, stores, ada.id, duel))
        for one, taps in ((ada, 1_000 + 3 * stake), (bob, 1_000 + 2 * stake)):
            tap(game, one, taps)
        clock.advance(33)
        for _ in range(30):
            insist(lambda: ending.end_due(stores))
            if not list(stores.duels.due(2**52)):
                break
    stores.tables.client = calls
    assert len(met.met) == 3
    after = [whole(stores, one.id).holdings.wallet for one in stakers]
    assert escrow(game, *stakers) == 0
    earned = [-now.flows["mint:taps"] + was_minted for now, was_minted in zip(after, minted, strict=True)]
    gained = [now.coin - was - taps for now, was, taps in zip(after, before, earned, strict=True)]
    assert gained == [60, -60]
    for one in stakers:
        sound(game, one.id)


def test_who_is_erased_leaves_nothing_in_escrow(stakers: tuple[Player, Player], clock: ManualClock) -> None:
    ada, bob = stakers
    post(ada, "/duels", {"op": op_at(clock()), "stake": 100})
    duel = post(ada, "/duels", {"op": op_at(clock()), "stake": 100}).body["id"]
    post(bob, "/duels/{duel}/accept", {"stake": 100}, duel=duel)
    erase(ada.game.stores, ada.id)
    erase(ada.game.stores, ada.id)
    assert escrow(ada.game, bob) == 0
    entries = list(ada.game.stores.wallets.entries(ada.id))
    assert sum(leg.amount for entry in entries for leg in entry.legs if leg.account == "escrow:duels") == 0
    assert list(ada.game.stores.duels.due(2**52)) == []
    sound(ada.game, bob.id)


def test_maintenance_ends_what_both_have_left_and_what_an_erased_player_leaves(
    stakers: tuple[Player, Player], clock: ManualClock
) -> None:
    """Under the role of its function: it pays from the escrow, and reads an erased player's causes."""
    ada, bob = stakers
    game = ada.game
    post(ada, "/duels", {"op": op_at(clock()), "stake": 100})
    duel = post(ada, "/duels", {"op": op_at(clock()), "stake": 50}).body["id"]
    post(bob, "/duels/{duel}/accept", {"stake": 50}, duel=duel)
    clock.advance(60)
    assert game.run("maintenance")["duelled"] == 1
    assert escrow(game, ada, bob) == 100
    clock.advance(HOUR_S)
    assert game.run("maintenance")["duelled"] == 1
    assert escrow(game, ada, bob) == 0
    ada, bob = (game.sign_in(number) for number in (1, 2))
    duel = post(bob, "/duels", {"op": op_at(clock()), "stake": 50}).body["id"]
    post(ada, "/duels/{duel}/accept", {"stake": 50}, duel=duel)
    request(game.stores, ada.id, "player")
    clock.advance(16)
    assert game.run("maintenance")["erased"] == 1
    assert (escrow(game, bob), list(game.stores.duels.due(2**52))) == (0, [])
    sound(game, bob.id)
