"""What is retired is still its owners' in every way, and nobody gets it any more."""

from __future__ import annotations

from typing import Any

import pytest
from support.calls import assert_refused
from support.economy import Data, catalogue, changed, item, offer, op_at
from support.fakes.ports import MemoryGame
from support.game import Answer, Player
from tapstack.economy import publishing
from tapstack.economy.catalogue import lint
from tapstack.economy.catalogues import Catalogues

RETIRED = ("wooden_spoon", "espresso", "paper_bag", "title_fox")
OFFERED = RETIRED[:3]


def retire(data: Data) -> None:
    for name in RETIRED:
        item(data, name)["retired"] = True
    for name in OFFERED:
        offer(data, name)["retired"] = True
    for drop in item(data, "strong_box")["drops"]:
        if drop.get("item") == "title_fox":
            drop["item"] = "title_lucky"
    _reward_others(data)


def _reward_others(data: Any) -> None:
    """No goal brings what is retired."""
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        _reward_others(part)
    if isinstance(data, dict) and isinstance(data.get("goods"), dict):
        data["goods"] = {name: count for name, count in data["goods"].items() if name not in RETIRED}


@pytest.fixture
def ada(game: MemoryGame) -> Player:
    """She owned all of it when it was retired: a game in memory gives it to everybody."""
    player = game.sign_in(1)
    stores = game.stores
    after = changed(retire)
    assert lint.faults(after, catalogue()) == []
    publishing.push(stores, after)
    stores.catalogues = Catalogues(stores.commons, stores.clock)
    assert all(one.retired for one in stores.catalogues.current().items if one.id in RETIRED)
    return player


def get(player: Player, path: str) -> Any:
    return player.game.call("economy", "GET", path, headers=player.headers).body


def post(player: Player, path: str, **body: Any) -> Answer:
    given = {"op": op_at(player.game.stores.clock()), **body}
    return player.game.call("economy", "POST", path, given, headers=player.headers)


def done(answer: Answer) -> Any:
    assert answer.status == 200, answer
    return answer.body


def test_it_is_still_in_the_bag_and_in_the_catalogue(ada: Player) -> None:
    bag, version = get(ada, "/inventory"), get(ada, "/economy")["catalogue"]
    assert {one["item"] for one in (*bag["stacks"], *bag["pieces"])} == set(RETIRED)
    places = {"version": version}
    shown = ada.game.call("economy", "GET", "/catalogue/{version}", places=places).body
    assert {one["id"] for one in shown["items"] if one.get("retired")} == set(RETIRED)


def test_it_can_be_worn_repaired_used_opened_and_sold(ada: Player) -> None:
    assert done(post(ada, "/inventory/equip", instance="spoon"))["item"] == "wooden_spoon"
    assert done(post(ada, "/inventory/equip", item="title_fox"))["slot"] == "title"
    assert done(post(ada, "/inventory/repair", instance="spoon"))["paid"] > 0
    assert done(post(ada, "/inventory/use", item="espresso"))["taps"] == 1_000
    assert len(done(post(ada, "/crates/open", crate="paper_bag", count=2))["drops"]) == 2
    assert get(ada, "/economy")["worn"] == {"weapon": "wooden_spoon", "title": "title_fox"}
    done(post(ada, "/inventory/equip", instance="spoon", off=True))
    assert done(post(ada, "/inventory/sell", instance="spoon"))["coins"] > 0
    assert done(post(ada, "/inventory/sell", item="espresso", count=3))["coins"] > 0


def test_no_shop_shows_or_sells_it(ada: Player) -> None:
    assert {one["item"] for one in get(ada, "/shop")["offers"]}.isdisjoint(RETIRED)
    for name in OFFERED:
        price = next(one.price for one in catalogue().shops.always if one.id == name)
        assert_refused(post(ada, "/shop/buy", offer=f"always.{name}", price=price), 404, "unknown_offer")


def test_no_crate_that_is_still_given_out_holds_it() -> None:
    """A shop that sells it, and a crate that yields it, are refused before a push."""

    def keep_offer(data: Data) -> None:
        retire(data)
        offer(data, "espresso").pop("retired")

    def keep_drop(data: Data) -> None:
        retire(data)
        item(data, "paper_bag").pop("retired")
        offer(data, "paper_bag").pop("retired")

    faults = {str(one) for change in (keep_offer, keep_drop) for one in lint.faults(changed(change))}
    assert faults == {
        "always offer espresso: espresso is retired",
        "crate paper_bag: espresso is retired",
        "crate paper_bag: wooden_spoon is retired",
    }


def test_its_id_is_not_used_again() -> None:
    def reuse(data: Data) -> None:
        retire(data)
        item(data, "title_fox").pop("retired")

    assert [str(one) for one in lint.faults(changed(reuse), changed(retire))] == ["item title_fox: was retired"]
