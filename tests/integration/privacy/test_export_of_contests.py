"""What an export holds, held to what the tables hold: whatever names a player is theirs to have."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from support.economy import op_at
from support.economy_players import give, give_taps
from support.game import Game, Player
from support.permissions import running
from support.racing import ManualClock
from support.traces import everything
from tapstack.duels import duelling
from tapstack.economy.performing import whole
from tapstack.groups import tapping
from tapstack.groups.model import Panel
from tapstack.live import chatting, reporting
from tapstack.live.model import Mute
from tapstack.privacy.export import export
from tapstack.raids.attacking import raid
from tapstack.rallies.rallying import Rallying

DAY_S = 86_400


@pytest.fixture
def three(make_game: Callable[..., Game], clock: ManualClock) -> tuple[Player, Player, Player]:
    """Ada has done everything that leaves a trace with others, and others have done it to her."""
    game = make_game(clock, CHANCE_ENABLED="1", INIT_DATA_MAX_AGE_S="31536000")
    stores = game.stores
    for number in (1, 2, 3):
        give_taps(stores, game.sign_in(number).id, 1_000)
    clock.advance(8 * DAY_S)
    ada, bob, cyd = (game.sign_in(number) for number in (1, 2, 3))
    for one in (ada, bob):
        give(stores, one.id, coin=5_000, arcade=1)
    clock.advance(8 * 3_600)

    for player, text in ((ada, "Hello"), (bob, "Hi, Ada"), (cyd, "Psst")):
        chatting.say(stores, player.id, "lobby:main", op_at(clock()), text)
    epoch = stores.rooms.look("lobby:main", "", 0).epoch
    reporting.report(stores, ada.id, "lobby:main", epoch, 2, "he calls me Ada")
    reporting.report(stores, bob.id, "lobby:main", epoch, 1, "too cheerful")
    reporting.report(stores, bob.id, "lobby:main", epoch, 3, "noise")
    stores.chat_moderation.mute(Mute(ada.id, "heist:1", clock() + 60_000, "spam"))

    own = duelling.offer(stores, ada.id, op_at(clock()), 30).id
    duelling.accept(stores, bob.id, own, 30)
    others = duelling.offer(stores, bob.id, op_at(clock()), 20).id
    duelling.accept(stores, ada.id, others, 20)
    found = {"op": op_at(clock()), "name": "Engines", "price": stores.catalogues.current().factions.price}
    assert game.call("crews", "POST", "/factions", found, headers=game.sign_in(1).headers).status == 200
    Rallying().begin(stores, ada.id, op_at(clock()))
    raid(stores, bob.id, op_at(clock()), ada.id)
    raid(stores, ada.id, op_at(clock()), bob.id)
    tapping.count(stores, -5, ada.id, Panel(1, "en"))
    game.run("sync")
    return ada, bob, cyd


EXPORTED = {
    "audit",
    "chats",
    "commons DUEL#",
    "commons FAC#",
    "commons MEMBER#",
    "commons RAID#",
    "commons RALLY#",
    "commons RALLYOF#",
    "counters",
    "groups",
    "holdings",
    "ledger",
    "live",
    "messages",
    "players",
    "sessions",
    "uniques",
}
"""Where a player's id stands, by table and beginning of the key: a new place belongs into the export, then here."""


def kind_of(where: str, text: str) -> str:
    key = json.loads(text).get("key", {}).get("S", "") if where == "commons" else ""
    return f"{where} {key.partition('#')[0]}#" if key else where


def exported(player: Player) -> dict[str, Any]:
    with running("players"):
        found: dict[str, Any] = json.loads(json.dumps(export(player.game.stores, player.id)))
    return found


def test_every_table_that_names_a_player_is_known_to_the_export(three: tuple[Player, ...]) -> None:
    ada = three[0]
    kept = {kind_of(w, text) for w, text in everything(ada.game.stores) if not w.startswith("redis") and ada.id in text}
    contests = {"commons DUEL#", "commons FAC#", "commons RAID#", "commons RALLY#", "groups", "live"}
    assert contests <= kept <= EXPORTED, kept ^ EXPORTED


def test_export_holds_reports_by_a_player_and_of_what_they_said(three: tuple[Player, ...], clock: ManualClock) -> None:
    ada, bob, cyd = three
    rooms = exported(ada)["rooms"]
    at_s = clock() // 1_000
    assert rooms["reports"] == [{"room": "lobby:main", "at_s": at_s, "reason": "he calls me Ada"}]
    assert rooms["reported"] == [{"room": "lobby:main", "at_s": at_s, "text": "Hello"}]
    assert rooms["reports_complete"]
    assert [row["reason"] for row in exported(bob)["rooms"]["reports"]] == ["too cheerful", "noise"]
    assert exported(cyd)["rooms"]["reported"] == [{"room": "lobby:main", "at_s": at_s, "text": "Psst"}]


def test_export_says_where_reports_are_more_than_it_reads(
    three: tuple[Player, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tapstack.live.exporting.REPORTS_READ", 2)
    rooms = exported(three[0])["rooms"]
    assert not rooms["reports_complete"]
    assert len(rooms["reports"]) + len(rooms["reported"]) <= 2


def test_export_holds_staked_duels_the_latest_rally_and_raids(three: tuple[Player, ...], clock: ManualClock) -> None:
    ada, bob, cyd = three
    found, at_s = exported(ada), clock() // 1_000
    assert [(row["offered"], row["stake"], row["state"]) for row in found["duels"]] == [
        (False, 20, "accepted"),
        (True, 30, "accepted"),
    ]
    [rally] = found["rallies"]
    assert (rally["begun"], rally["starts_at_s"], rally["over"], rally["taps"]) == (True, at_s, False, None)
    assert rally["paid_taps_at_joining"] == whole(ada.game.stores, ada.id).holdings.wallet.settled
    assert found["raided_at_s"] == [at_s]
    others = exported(cyd)
    assert (others["duels"], others["rallies"], others["raided_at_s"]) == ([], [], [])


def test_export_names_nobody_else(three: tuple[Player, ...]) -> None:
    ada, *others = three
    contests = {name: value for name, value in exported(ada).items() if name not in ("economy", "notifications")}
    assert not [one.id for one in others if one.id in json.dumps(contests)]
