"""What a push would change, in words that somebody can judge."""

from __future__ import annotations

from support.economy import catalogue, changed, item, offer
from tapstack.economy.catalogue.differences import Change, differences


def test_the_same_catalogue_differs_in_nothing() -> None:
    assert differences(catalogue(), changed(lambda _: None)) == []


def test_prices_weights_and_texts_are_named_with_what_they_were() -> None:
    new = changed(
        lambda data: (
            offer(data, "tent").update(price=900),
            item(data, "paper_bag")["drops"][1].update(weight=190_000),
            item(data, "tent")["name"].update(en="Small Tent"),
            data["energy"].update(full=2_000),
            data["shops"]["daily"].update(discounts=[0, 50]),
        )
    )
    assert differences(catalogue(), new) == [
        Change("energy", "full", 3_000, 2_000),
        Change("items/paper_bag", "drops.mint_tea.weight", "20.0000%", "19.0000%"),
        Change("items/tent", "name.en", "Tent", "Small Tent"),
        Change("shops/always/tent", "price", 800, 900),
        Change("shops/daily", "discounts", "0, 0, 50, 100, 150", "0, 50"),
    ]


def test_what_comes_and_goes_is_listed_and_order_means_nothing() -> None:
    new = changed(
        lambda data: (
            data["shops"]["always"].reverse(),
            data["shops"]["black_market"]["offers"].remove(offer(data, "comet", "black_market")),
        )
    )
    found = differences(catalogue(), new)
    assert {change.part for change in found} == {"shops/black_market/comet"}
    assert all(change.after is None for change in found)
