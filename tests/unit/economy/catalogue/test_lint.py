"""Every rule of the catalogue's lint refuses what it is there for; the catalogue that the game ships has no fault."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from support.economy import Data, catalogue, changed, item, offer
from tapstack.economy.catalogue import lint
from tapstack.economy.catalogue.faults import Fault


def _commons(data: Data) -> None:
    """Only common things are left in the wardrobe."""
    drops = item(data, "wardrobe")["drops"]
    drops[:] = [{"weight": 500_000, "item": "title_lucky"}, {"weight": 500_000, "item": "colour_mint"}]


def _weapon(data: Data) -> None:
    """The palace becomes a weapon."""
    palace = item(data, "decoy_palace")
    palace.pop("defence")
    palace.update(kind="weapon", tap_permille=1, attack=1)


def mission(data: Data, mission_id: str) -> Data:
    found: Data = next(one for one in data["missions"]["templates"] if one["id"] == mission_id)
    return found


def test_the_shipped_catalogue_has_no_fault() -> None:
    assert lint.faults(catalogue()) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda d: item(d, "paper_bag")["drops"][0].update(weight=1), "add up to"),
        (lambda d: item(d, "paper_bag")["drops"][1].update(item="nothing"), "there is no item nothing"),
        (lambda d: item(d, "paper_bag")["drops"][1].update(currency="coin"), "either an item or a currency"),
        (lambda d: item(d, "mint_tea").update(retired=True), "always offer mint_tea: mint_tea is retired"),
        (lambda d: item(d, "mint_tea").update(retired=True), "crate paper_bag: mint_tea is retired"),
        (lambda d: item(d, "paper_bag")["drops"][0].pop("currency"), "either an item or a currency"),
        (lambda d: offer(d, "tent").update(item="nothing"), "there is no item nothing"),
        (lambda d: offer(d, "tent").update(tier="nobody"), "there is no tier nobody"),
        (lambda d: d["items"].append(item(d, "tent")), "item tent: twice"),
        (lambda d: d["tiers"].append({**d["tiers"][1], "xp": 1}), "tier regular: twice"),
        (lambda d: d["shops"]["always"].append(offer(d, "tent")), "always offer tent: twice"),
        (lambda d: d["shops"]["daily"]["offers"].append(offer(d, "tailwind", "daily")), "daily offer tailwind: twice"),
        (lambda d: item(d, "tent").update(sell=801), "offer tent: brings"),
        (lambda d: item(d, "tuning_fork").update(sell=12_801), "black_market offer tuning_fork: brings"),
        (lambda d: item(d, "paper_bag")["drops"][0].update(count=1_000), "offer paper_bag: brings"),
        (lambda d: item(d, "tuning_fork").update(sell=50_000), "offer tool_box: brings"),
        (lambda d: item(d, "paper_bag")["drops"][1].update(item="paper_bag"), "crate paper_bag: can yield itself"),
        (
            lambda d: (
                item(d, "paper_bag")["drops"][1].update(item="lunch_box"),
                item(d, "lunch_box")["drops"][1].update(item="paper_bag"),
            ),
            "crate lunch_box: can yield itself",
        ),
        (_commons, "no drop is legendary"),
        (lambda d: item(d, "tent")["name"].pop("ru"), "item tent: no text in ru"),
        (lambda d: item(d, "tent")["about"].update(en=" "), "item tent: no text in en"),
        (lambda d: d["tiers"][0]["name"].pop("en"), "tier rookie: no text in en"),
        (lambda d: item(d, "tent")["name"].update(fr="Tente"), "a text in fr, which is unknown"),
        (lambda d: d["money"]["names"]["coin"].pop("ru"), "currency coin: no text in ru"),
        (lambda d: d["money"]["names"].pop("gem"), "currency gem: no name"),
        (lambda d: d["tiers"][0].update(xp=1), "none begins at 0 XP"),
        (lambda d: d["tiers"][1].update(xp=0), "two begin at the same XP"),
        (lambda d: d["shops"]["daily"].update(offers=d["shops"]["daily"]["offers"][:2]), "2 offers for 6 places"),
        (lambda d: item(d, "theatre").update(revenue_h=2_000), "above the budget"),
        (lambda d: d["energy"].update(every_ms=1_000), "above the budget"),
        (lambda d: offer(d, "espresso").update(currency="gem"), "gems would become coins"),
        (lambda d: offer(d, "shipyard").update(currency="gem"), "gems would become coins"),
        (lambda d: offer(d, "vault").update(currency="gem"), "gems would become coins"),
        (lambda d: item(d, "tent").update(sell=0), "would stay in the bag for ever"),
        (lambda d: item(d, "frame_laurel").update(sell=1), "always offer gem_laurel: gems would become coins"),
        (lambda d: item(d, "arcade").update(upkeep_h=110), "business arcade: costs"),
        (lambda d: item(d, "tent").update(hours=8), "no more than everybody has"),
        (lambda d: item(d, "tool_box")["drops"][3].update(count=6), "crate tool_box: gives 6 brass_thimble"),
        (lambda d: offer(d, "tent").update(count=51), "always offer tent: gives 51"),
        (lambda d: d["missions"]["templates"][0].update(metric="spent"), "is not known by day and week"),
        (lambda d: d["missions"]["templates"][0]["bands"][1].update(taps=0), "its bands do not rise"),
        (lambda d: d["missions"]["templates"].append(d["missions"]["templates"][0]), "mission day_taps: twice"),
        (lambda d: d["missions"]["templates"][0]["name"].update(en="Tap"), "does not say how much it takes"),
        (lambda d: d["missions"]["templates"][0]["name"].pop("ru"), "mission day_taps: no text in ru"),
        (lambda d: mission(d, "day_curious")["forms"].pop("en"), "day_curious: has no plural form in en for one"),
        (lambda d: mission(d, "day_curious")["forms"]["ru"].pop("few"), "has no plural form in ru for few"),
        (lambda d: d["achievements"][11].pop("forms"), "achievement crates: has no plural form in en for one"),
        (lambda d: mission(d, "day_checkin")["bands"][0].update(target=2), "nobody checks in 2 times a day"),
        (lambda d: d["missions"].update(places=5, templates=d["missions"]["templates"][:3]), "take one more"),
        (lambda d: d["missions"]["chest"].update(goods={"nothing": 1}), "chest: there is no item nothing"),
        (lambda d: d["missions"]["chest"].update(goods={"tent": 1}), "chest: tent is a piece"),
        (lambda d: d["missions"]["chest"].update(coin=600_000), "above the budget"),
        (lambda d: d["streak"]["days"][0].update(freezes=1), "freezes come from the week's chest alone"),
        (lambda d: d["streak"]["days"][0].update(coin=1_000), "a later day brings fewer coins"),
        (lambda d: d["achievements"][0]["tiers"][1].update(target=1), "its tiers do not rise"),
        (lambda d: d["achievements"][0]["about"].update(en="Tap."), "does not say how much it takes"),
        (lambda d: d["achievements"].append(d["achievements"][0]), "achievement taps: twice"),
        (
            lambda d: d["achievements"].extend({**d["achievements"][0], "id": "a" * 30 + str(n)} for n in range(20)),
            "take",
        ),
        (lambda d: d["seasons"][0].update(ends="2026-12-02"), "begins before amber_2026 is over"),
        (lambda d: d["seasons"][0].update(ends="2026-09-01"), "ends before it begins"),
        (lambda d: d["seasons"][0]["steps"][1].update(xp=1), "its steps do not rise"),
        (lambda d: d["league"].append(d["league"][0]), "league bronze 1: twice"),
    ],
)
def test_what_would_harm_the_game_is_refused(change: Callable[[Data], object], fault: str) -> None:
    found = lint.faults(changed(change))
    assert any(fault in str(one) for one in found), found


def test_what_a_pity_gives_at_least_counts_too() -> None:
    """On average the crate brings less than it costs; opened for its pity, more."""

    def sure(data: Data) -> None:
        drops = item(data, "vault")["drops"]
        drops[:] = [
            {"weight": 999_999, "currency": "coin", "count": 16_000},
            {"weight": 1, "item": "thunder_glove", "count": 5},
        ]

    def without(data: Data) -> None:
        sure(data)
        item(data, "vault").pop("pity")

    assert lint.faults(changed(without)) == []
    assert any("offer vault: brings" in str(one) for one in lint.faults(changed(sure)))


@pytest.mark.parametrize(
    ("field", "value"),
    [("price", 0), ("price", -1), ("count", 0), ("price", 2**53 + 1), ("discount", 1)],
)
def test_numbers_out_of_bounds_are_not_even_read(field: str, value: int) -> None:
    with pytest.raises(msgspec.ValidationError):
        changed(lambda data: offer(data, "tent").update({field: value}))


def test_pity_beyond_a_hundred_is_not_even_read() -> None:
    with pytest.raises(msgspec.ValidationError):
        changed(lambda data: item(data, "vault")["pity"].update(opens=101))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda d: d.update(items=[one for one in d["items"] if one["id"] != "decoy_palace"]), "is gone; retire it"),
        (_weapon, "was a"),
        (lambda d: d["achievements"].pop(0), "achievement taps: is gone"),
        (lambda d: d["missions"]["templates"].pop(0), "mission day_taps: is gone"),
        (lambda d: d["seasons"].pop(0), "season amber_2026: is gone"),
        (lambda d: d["achievements"][0].update(metric="xp"), "counted something else"),
        (lambda d: d["achievements"][0]["tiers"].pop(), "had more tiers"),
        (lambda d: d["seasons"][0].update(starts="2026-09-02"), "began at another time"),
    ],
)
def test_ids_are_for_ever(change: Callable[[Data], object], fault: str) -> None:
    assert any(fault in str(one) for one in lint.faults(changed(change), catalogue()))


def test_a_retired_id_is_not_used_again() -> None:
    retired = changed(lambda data: item(data, "thunder_glove").update(retired=True))
    assert Fault("item", "thunder_glove", "was retired") in lint.faults(catalogue(), retired)


def test_an_id_of_a_version_that_was_rolled_back_is_not_used_for_something_else() -> None:
    pushed = changed(lambda data: data["items"].append({**item(data, "espresso"), "id": "lance"}))
    other = changed(lambda data: data["items"].append({**item(data, "tent"), "id": "lance"}))
    assert lint.faults(other, catalogue()) == []
    assert lint.faults(other, catalogue(), [pushed, catalogue()]) == [Fault("item", "lance", "was a boost")]
    [gone] = lint.faults(catalogue(), catalogue(), [pushed])
    assert str(gone) == "item lance: is gone; retire it instead"


def test_what_was_retired_only_by_a_version_that_was_rolled_back_can_be_given_out() -> None:
    pushed = changed(lambda data: item(data, "thunder_glove").update(retired=True))
    assert lint.faults(catalogue(), catalogue(), [pushed]) == []
