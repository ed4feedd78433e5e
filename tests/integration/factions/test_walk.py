"""Factions over HTTP, a real Redis and real tables: founded, joined, tapped for, ranked, won, left."""

from __future__ import annotations

from typing import Any

import pytest
from support.economy import op_at
from support.economy_players import give
from support.game import Answer, Game, Player
from support.racing import ManualClock, race
from tapstack.economy.performing import whole
from tapstack.factions import access, closing, finding, joining, keeping, leading, leaving, moderating, paying, reading
from tapstack.factions.model import Entrance
from tapstack.moderation.status import set_status
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.errors import Forbidden, GameError, NotFound
from tapstack.players.model import ModerationStatus


def call(player: Player, method: str, path: str, body: Any = None, **places: str) -> Answer:
    query = places.pop("query", None)
    return player.game.call(
        "crews",
        method,
        path,
        body,
        headers=player.headers,
        places=places,
        query={"name": query} if query is not None else None,
    )


def found(player: Player, name: str, entrance: str = "open") -> Answer:
    op = op_at(player.game.stores.clock())
    return call(player, "POST", "/factions", {"op": op, "name": name, "price": 1_000, "entrance": entrance})


def faction_of(player: Player) -> dict[str, Any]:
    answer = call(player, "GET", "/factions/mine")
    assert answer.status == 200, answer
    return dict(answer.body["faction"] or {})


def founded(game: Game, user_id: int = 1, name: str = "Red Foxes", entrance: str = "open") -> tuple[Player, str]:
    leader = game.sign_in(user_id)
    give(game.stores, leader.id, 5_000)
    answer = found(leader, name, entrance)
    assert answer.status == 200, answer
    return leader, answer.body["faction"]


def join(player: Player, faction: str, code: str = "") -> Answer:
    return call(player, "POST", "/factions/{faction}/join", {"code": code}, faction=faction)


def act(player: Player, faction: str, who: Player, what: str) -> Answer:
    body = {"player": who.id, "act": what}
    return call(player, "POST", "/factions/{faction}/members", body, faction=faction)


def refused(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body["error"]["code"]


def test_members_tap_for_their_faction_and_it_is_ranked(timed_game: Game, clock: ManualClock) -> None:
    game = timed_game
    ada, faction = founded(game)
    bob = game.sign_in(2)
    bob.tap(7)
    assert join(bob, faction).body == {"member": True}
    bob.tap(12)
    ada.tap(4)
    mine = faction_of(bob)
    assert (mine["taps_day"], mine["taps_week"], mine["taps_month"], mine["taps"]) == (9, 9, 9, 9)
    assert {row["id"]: (row["role"], row["taps"]) for row in mine["members"]} == {
        ada.id: ("leader", 4),
        bob.id: ("member", 5),
    }
    game.run("sync")
    assert keeping.keep(game.stores) == 1
    board = call(bob, "GET", "/factions/board").body
    assert [(row["rank"], row["taps"], row["faction"]["name"]) for row in board["rows"]] == [(1, 9, "Red Foxes")]
    assert board["own"]["rank"] == 1
    bob.tap(14)
    game.run("sync")
    assert keeping.keep(game.stores) == 1
    assert keeping.keep(game.stores) == 0
    assert call(bob, "GET", "/factions/board").body["rows"][0]["taps"] == 11
    game.stores.redis.flushdb()
    clock.advance(1 / 1_000)
    game.run("sync")
    ada.reopen()
    for _ in range(2):
        keeping.keep(game.stores)
    assert call(ada, "GET", "/factions/board").body["rows"][0]["taps"] == 11


def test_founding_costs_once_and_its_name_is_its_own(game: Game) -> None:
    ada = game.sign_in(1)
    give(game.stores, ada.id, 2_500)
    body = {"op": op_at(game.stores.clock()), "name": "Red Foxes", "price": 1_000}
    answers = [call(ada, "POST", "/factions", body) for _ in range(2)]
    assert [answer.body for answer in answers] == [{**answers[0].body, "coin": 1_500}] * 2
    assert refused(found(ada, "Blue Foxes")) == (409, "in_faction")
    bob = game.sign_in(2)
    give(game.stores, bob.id, 2_000)
    assert refused(found(bob, "  reD  fОxes ")) == (409, "name_taken")
    assert refused(found(bob, "Admin")) == (400, "validation_failed")
    poor = game.sign_in(3)
    assert refused(found(poor, "Blue Foxes")) == (409, "not_enough")
    assert call(bob, "GET", "/factions", query="red").body["factions"][0]["name"] == "Red Foxes"
    assert call(bob, "GET", "/factions", query="blue").body["factions"] == []


def test_name_goes_to_one_of_eight_who_want_it_at_once(game: Game) -> None:
    players = [game.sign_in(user_id) for user_id in range(1, 9)]
    for player in players:
        give(game.stores, player.id, 1_000)
    answers = race(8, lambda n: found(players[n], "Red Foxes").status)
    assert sorted(answers) == [200] + [409] * 7
    coins = [whole(game.stores, player.id).holdings.wallet.coin for player in players]
    assert sorted(coins) == [0] + [1_000] * 7


def test_requests_are_answered_by_officers(game: Game) -> None:
    ada, faction = founded(game, entrance="request")
    bob, eve = game.sign_in(2), game.sign_in(3)
    assert join(bob, faction).body == join(bob, faction).body == {"member": False}
    assert [row["name"] for row in call(bob, "GET", "/factions/mine").body["asked"]] == ["Red Foxes"]
    assert refused(act(bob, faction, bob, "accept")) == (403, "not_member")
    assert [one["id"] for one in faction_of(ada)["inside"]["waiting"]] == [bob.id]
    assert act(ada, faction, bob, "accept").status == act(ada, faction, bob, "accept").status == 200
    assert refused(act(bob, faction, eve, "accept")) == (403, "role_needed")
    assert act(ada, faction, bob, "promote").status == 200
    assert refused(act(bob, faction, eve, "accept")) == (409, "request_gone")
    join(eve, faction)
    assert act(bob, faction, eve, "decline").status == 200
    assert faction_of(ada)["inside"]["waiting"] == []
    link = faction_of(ada)["inside"]["link"].split("_")
    assert link[:2] == ["fac", faction]
    assert join(eve, faction, link[2]).body == {"member": True}
    assert act(ada, faction, bob, "transfer").status == act(ada, faction, bob, "transfer").status == 200
    assert faction_of(bob)["inside"]["role"] == "leader"
    assert refused(act(ada, faction, bob, "kick")) == (403, "role_needed")
    assert act(ada, faction, eve, "kick").status == act(ada, faction, eve, "kick").status == 200
    assert refused(join(eve, faction, link[2])) == (409, "faction_cooldown")


def test_last_seat_is_taken_once(game: Game) -> None:
    ada, faction = founded(game)
    seats = faction_of(ada)["seats"]
    for user_id in range(2, seats):
        assert join(game.sign_in(user_id), faction).status == 200
    late = [game.sign_in(user_id) for user_id in range(100, 104)]
    answers = race(4, lambda n: join(late[n], faction))
    assert sorted(answer.status for answer in answers) == [200, 409, 409, 409]
    assert len(faction_of(ada)["members"]) == seats


def test_leader_who_leaves_is_followed_and_the_last_one_ends_it(timed_game: Game, clock: ManualClock) -> None:
    game = timed_game
    ada, faction = founded(game)
    bob, eve = game.sign_in(2), game.sign_in(3)
    for player in (bob, eve):
        clock.advance(10 / 1_000)
        join(player, faction)
    act(ada, faction, eve, "promote")
    ada.tap(30)

    def leave(player: Player) -> Answer:
        return call(player, "POST", "/factions/{faction}/leave", faction=faction)

    def at_once(n: int) -> int:
        return leave(ada).status if n else act(ada, faction, bob, "transfer").status

    assert set(race(2, at_once)) <= {200, 403}
    assert leave(ada).body["faction"] is None
    roles = {row["id"]: row["role"] for row in faction_of(bob)["members"]}
    assert sorted(roles) == sorted([bob.id, eve.id])
    assert list(roles.values()).count("leader") == 1
    assert faction_of(bob)["taps"] == 30
    assert refused(join(ada, faction)) == (409, "faction_cooldown")
    clock.advance(DAY_MS / 1_000)
    leaving.leave(game.stores, bob.id, faction)
    leaving.leave(game.stores, eve.id, faction)
    assert finding.search(game.stores, "red", 20, None).factions == []
    with pytest.raises(NotFound):
        joining.join(game.stores, ada.id, faction)
    give(game.stores, ada.id, 1_000)
    paying.found(game.stores, ada.id, op_at(clock()), "Red Foxes", 1_000, Entrance.OPEN)
    assert [one.name for one in finding.search(game.stores, "red", 20, None).factions] == ["Red Foxes"]


def test_donations_are_in_the_treasury_and_nowhere_else(game: Game) -> None:
    ada, faction = founded(game)
    bob = game.sign_in(2)
    give(game.stores, bob.id, 10_000)
    body = {"op": op_at(game.stores.clock()), "amount": 3_000}
    place = {"faction": faction}
    assert refused(call(bob, "POST", "/factions/{faction}/donate", body, **place)) == (403, "not_member")
    join(bob, faction)
    answers = race(4, lambda _: call(bob, "POST", "/factions/{faction}/donate", body, **place))
    assert {(answer.status, answer.body.get("coin")) for answer in answers} <= {(200, 7_000), (503, None)}
    assert call(bob, "POST", "/factions/{faction}/donate", body, **place).body == {"coins": 3_000, "coin": 7_000}
    assert faction_of(ada)["inside"]["treasury"] == 3_000
    assert {row["given"] for row in faction_of(ada)["members"]} == {0, 3_000}
    flows = whole(game.stores, bob.id).holdings.wallet.flows
    assert flows["escrow:crews"] == 3_000
    perk = {"perk": "colour_moss", "price": 2_000}
    assert refused(call(bob, "POST", "/factions/{faction}/perks", perk, **place)) == (403, "role_needed")
    bought = race(4, lambda _: call(ada, "POST", "/factions/{faction}/perks", perk, **place))
    assert {answer.status for answer in bought} <= {200, 503}
    assert faction_of(ada)["inside"]["treasury"] == 1_000
    perk = {"perk": "colour_ember", "price": 2_000}
    assert refused(call(ada, "POST", "/factions/{faction}/perks", perk, **place)) == (409, "treasury_short")
    assert faction_of(ada)["card"]["colour"] == "#5c940d"
    assert call(ada, "POST", "/factions/{faction}/dissolve", **place).body["faction"] is None
    [kept] = game.stores.commons.shared([f"FAC#{faction}"]).values()
    assert (kept["treasury"], kept["spent"]) == (0, 3_000)


def test_territory_is_won_by_most_taps_and_closed_once(timed_game: Game, clock: ManualClock) -> None:
    game = timed_game
    ada, foxes = founded(game)
    bob, _ = founded(game, 2, "Blue Owls")

    def assign(player: Player, territory: str) -> Answer:
        return call(player, "POST", "/territories/{territory}/assign", {"on": True}, territory=territory)

    ada.tap(50)
    assert assign(ada, "harbour").body["own"] == "harbour"
    assert assign(bob, "harbour").status == 200
    assert refused(assign(bob, "atlantis")) == (404, "territory_unknown")
    clock.advance(60_000 / 1_000)
    ada.tap(50 + 120)
    bob.tap(130)
    assign(bob, "market")
    clock.advance(60_000 / 1_000)
    bob.tap(130 + 5)
    game.run("sync")
    keeping.keep(game.stores)
    places = {one["id"]: one for one in call(ada, "GET", "/territories").body["territories"]}
    assert [(row["name"], row["taps"]) for row in places["harbour"]["leading"]] == [
        ("Blue Owls", 130),
        ("Red Foxes", 120),
    ]
    assert [row["taps"] for row in places["market"]["leading"]] == [5]
    clock.advance(10_000 / 1_000)
    ada.tap(50 + 140)
    game.run("sync")
    week = Period.WEEK.number_at(clock())
    clock.now_ms = Period.WEEK.start_ms(week + 1) + closing.AFTER_MS
    closed = race(4, lambda _: closing.close_due(game.stores))
    assert sorted(closed) == [False, False, False, True]
    moderating.rename(game.stores, foxes, "White Foxes")
    leaving.leave(game.stores, ada.id, foxes)
    assert not closing.close_due(game.stores)
    over = reading.territories(game.stores, ada.id)
    assert [(row.territory, row.name, row.taps) for row in over.history[0].held] == [
        ("harbour", "White Foxes", 140),
        ("market", "Blue Owls", 5),
    ]
    entries = [paying.claim(game.stores, ada.id, "harbour") for _ in range(2)]
    assert entries[0] == entries[1]
    assert entries[0].result["coins"] == 160
    with pytest.raises(Forbidden):
        paying.claim(game.stores, bob.id, "market")


def test_shadow_banned_member_counts_for_nobody(game: Game) -> None:
    ada, foxes = founded(game)
    bob = game.sign_in(2)
    join(bob, foxes)
    ada.tap(30)
    bob.tap(40)
    game.run("sync")

    def shown() -> tuple[int, str]:
        game.stores.live_factions.changed(foxes)
        keeping.keep(game.stores)
        own = reading.board(game.stores, ada.id, None).own
        assert own is not None
        return own.taps, own.faction.name

    assert shown() == (70, "Red Foxes")
    set_status(game.stores, bob.id, ModerationStatus.SHADOW)
    moderating.rename(game.stores, foxes, "Owls of the North")
    assert shown() == (30, "Owls of the North")
    set_status(game.stores, bob.id, ModerationStatus.GOOD)
    assert shown() == (70, "Owls of the North")


def test_room_is_open_to_members_alone(game: Game) -> None:
    ada, faction = founded(game)
    bob = game.sign_in(2)
    room = access.room_of(faction)
    assert access.may_enter(game.stores, ada.id, room)
    assert not access.may_enter(game.stores, bob.id, room)
    assert not access.may_enter(game.stores, bob.id, access.ROOM)


def test_messages_are_as_long_as_the_level_says(game: Game) -> None:
    ada, faction = founded(game)
    longest = game.stores.catalogues.current().factions.level(1).message
    texts = ("x" * longest, "x" * (longest + 1))
    fitting, too_long = (
        game.call(
            "live",
            "POST",
            "/live/rooms/{room}/messages",
            {"op": op_at(game.stores.clock()), "text": text},
            headers=ada.headers,
            places={"room": access.room_of(faction)},
        )
        for text in texts
    )
    assert fitting.status == 200
    assert (too_long.status, too_long.body["error"]["code"]) == (400, "message_long")


@pytest.mark.parametrize("end", [leaving.forget, leaving.expel])
def test_erased_and_banned_players_are_in_no_faction_and_no_list(game: Game, end: Any) -> None:
    ada, faction = founded(game, entrance="request")
    bob, eve = game.sign_in(2), game.sign_in(3)
    join(bob, faction)
    act(ada, faction, bob, "accept")
    join(eve, faction)
    for player in (ada, eve):
        end(game.stores, player.id)
        end(game.stores, player.id)
    mine = faction_of(bob)
    assert [(row["id"], row["role"]) for row in mine["members"]] == [(bob.id, "leader")]
    assert mine["inside"]["waiting"] == []


def test_two_officers_who_act_at_once_are_both_obeyed(game: Game) -> None:
    ada, faction = founded(game, entrance="request")
    bob = game.sign_in(2)
    join(bob, faction)
    joining.accept(game.stores, ada.id, bob.id, faction)
    leading.promote(game.stores, ada.id, bob.id, faction)
    waiting = [game.sign_in(user_id) for user_id in range(3, 7)]
    for player in waiting:
        join(player, faction)

    def answer(n: int) -> str:
        try:
            joining.accept(game.stores, (ada, bob)[n % 2].id, waiting[n].id, faction)
        except GameError as error:
            return error.code
        return ""

    assert race(4, answer) == [""] * 4
    assert len(faction_of(ada)["members"]) == 6
