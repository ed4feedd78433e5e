"""What taps buy, in the Mini App: the shop, the bag, crates and their proofs, over answers that get lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from e2e.miniapp.driver import Player, answer_is_lost, is_clean, show, try_again
from playwright.sync_api import APIResponse, Browser, BrowserContext, Locator, Page, Route, ViewportSize, expect
from tapstack.economy.catalogue.built_in import built_in

NewPlayer = Callable[..., Player]

PHONE = ViewportSize(width=390, height=844)
BAGS = "always.paper_bag"
"""The cheapest crates."""

BAG = next(offer.price for offer in built_in().shops.always if f"always.{offer.id}" == BAGS)
DROPS = "[data-testid=drops] .name"
TAPS = 440
"""What a player taps at first: enough for two bags."""


@pytest.fixture
def new_player(new_player: NewPlayer) -> NewPlayer:
    """Players who get nothing but what they tap and buy: a check-in would change the sums."""

    def make(context: BrowserContext | None = None) -> Player:
        player = new_player(context)
        player.page.route("**/progress", lambda route: route.abort())
        return player

    return make


def earn(player: Player, taps: int = TAPS) -> None:
    """Taps as fast as the game counts; each tap earns a coin while there is energy."""
    player.at_once(taps)
    player.wait_server(taps)
    expect(player.page.locator("[data-testid=coins]:visible")).to_contain_text(f"{taps}")


def thing(page: Page, name: str) -> Locator:
    """A row of the shop or the bag, opened."""
    row = page.locator(f'[data-thing="{name}"]')
    head = row.locator(".thing-head")
    if head.get_attribute("aria-expanded") == "false":
        head.click()
    return row


def have(player: Player, item: str) -> int:
    stacks = player.read("/inventory")["stacks"]
    return int(next((stack["count"] for stack in stacks if stack["item"] == item), 0))


def buy_bags(player: Player, count: int) -> None:
    show(player.page, "shop")
    row = thing(player.page, BAGS)
    for _ in range(count - 1):
        row.get_by_role("button", name="More").click()
    row.locator("[data-testid=buy]").click()
    expect(player.page.locator("[data-testid=news]")).to_contain_text("Bought")


def buy_spoon(page: Page) -> None:
    show(page, "shop")
    thing(page, "always.wooden_spoon").locator("[data-testid=buy]").click()
    expect(page.locator("[data-testid=news]")).to_contain_text("Bought")


def look_at_bags(page: Page) -> Locator:
    """The dialog of the crates in the bag."""
    show(page, "bag")
    thing(page, "paper_bag").locator("[data-testid=look]").click()
    return page.locator("dialog[open]")


def names(dialog: Locator) -> list[str]:
    return dialog.locator(DROPS).all_inner_texts()


def test_coins_rise_with_the_taps_and_energy_falls(player: Player) -> None:
    energy = player.page.locator("[data-testid=energy]")
    expect(energy).to_contain_text("3,000 of 3,000")
    player.burst(40, 60)  # On a busy machine some of it comes back meanwhile: one each two seconds.
    expect(energy).to_contain_text(re.compile(r"2,9\d\d of 3,000"))
    expect(player.page.locator("[data-testid=coins]")).to_contain_text("40")


def test_what_was_bought_over_lost_answers_was_bought_once(player: Player) -> None:
    page = player.page
    earn(player)
    show(page, "shop")
    row = thing(page, BAGS)
    page.route("**/shop/buy", answer_is_lost)
    row.locator("[data-testid=buy]").click()
    expect(row.locator("[data-testid=outcome]")).to_contain_text("No connection")
    player.until(lambda: have(player, "paper_bag") == 1, "the purchase")
    page.reload()
    player.wait_status("online")
    player.until(lambda: player.entries("buy") == 1, "one purchase")

    page.unroute("**/shop/buy")
    player.come_back()
    expect(page.locator("[data-testid=news]")).to_contain_text("Paper Bag: Bought")
    expect(page.locator("[data-testid=coins]")).to_contain_text(f"{TAPS - BAG}")
    assert (have(player, "paper_bag"), player.entries("buy")) == (1, 1)


def test_opened_crates_hold_the_same_after_a_reload(player: Player) -> None:
    page = player.page
    earn(player)
    buy_bags(player, 2)
    dialog = look_at_bags(page)
    expect(dialog.locator("[data-testid=odds]")).to_contain_text("30%")
    page.route("**/crates/open", answer_is_lost)
    dialog.get_by_role("button", name="More").click()
    dialog.locator("[data-testid=open-crate]").click()
    player.until(lambda: player.entries("open") == 1, "the opening")
    page.reload()
    page.unroute("**/crates/open")
    player.wait_status("online")
    expect(page.locator(".badge")).to_be_visible()  # Something in the bag was not looked at.

    show(page, "bag")
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("[data-testid=crate-done]")).to_be_visible()
    found = names(dialog)
    page.reload()
    player.wait_status("online")
    show(page, "bag")
    expect(dialog.locator("[data-testid=crate-done]")).to_be_visible()
    assert names(dialog) == found
    assert len(found) == 2
    dialog.locator("[data-testid=crate-done]").click()
    expect(dialog).to_have_count(0)
    expect(page.locator(".badge")).to_have_count(0)
    assert player.entries("open") == 1


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_show_can_be_skipped_and_changes_nothing(browser: Browser, new_player: NewPlayer, motion: Any) -> None:
    context = browser.new_context(viewport=PHONE, reduced_motion=motion, locale="en-US")
    player = new_player(context).open()
    page = player.page
    earn(player)
    buy_bags(player, 2)
    dialog = look_at_bags(page)
    dialog.get_by_role("button", name="More").click()
    with page.expect_response("**/crates/open") as answered:
        dialog.locator("[data-testid=open-crate]").click()
    if motion == "reduce":
        expect(dialog.locator("[data-testid=crate-done]")).to_be_focused()
        assert page.evaluate("document.getAnimations().length") == 0
    else:
        dialog.locator("[data-testid=skip]").click()
    assert len(answered.value.json()["drops"]) == 2
    expect(dialog.locator(DROPS)).to_have_count(2)
    context.close()


def test_real_proof_holds_without_a_network_and_forged_one_does_not(player: Player) -> None:
    page = player.page
    earn(player)
    buy_bags(player, 1)
    dialog = look_at_bags(page)
    dialog.locator("[data-testid=open-crate]").click()
    dialog.locator("[data-testid=crate-done]").click()

    show(page, "fairness")
    verdict = page.locator("[data-testid=draw] [data-testid=verdict]")
    page.locator("[data-testid=check]").click()
    expect(verdict).to_have_attribute("data-verdict", "sealed")
    page.fill("[data-testid=client-seed]", "mine-7")
    page.locator("[data-testid=reseed]").click()
    expect(page.locator("[data-testid=news]")).to_contain_text("revealed")
    with page.expect_response("**/chance/proofs/*") as answered:
        page.locator("[data-testid=check]").click()
    expect(verdict).to_have_attribute("data-verdict", "proven")
    expect(verdict).to_contain_text("was on this device before")

    proof = answered.value.json()
    (drop,) = proof["drops"]
    page.context.set_offline(True)
    pasted = page.locator("form [data-testid=verdict]")
    for forged, wanted in (
        ({}, "proven"),
        ({"drops": [{**drop, "count": drop["count"] + 1}]}, "forged_draw"),
        ({"server_seed": "00" * 32}, "forged_seed"),
    ):
        page.fill("[data-testid=proof]", json.dumps(proof | forged))
        page.locator("[data-testid=check-proof]").click()
        expect(pasted).to_have_attribute("data-verdict", wanted)
    page.context.set_offline(False)


def test_refusal_is_told_where_it_was_asked_for(player: Player) -> None:
    page = player.page
    earn(player)

    def cheaper(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        for offer in body["offers"]:
            offer["price"] -= 10
        route.fulfill(response=answer, json=body)

    page.route("**/shop", cheaper)
    show(page, "shop")
    row = thing(page, BAGS)
    page.unroute("**/shop")
    row.locator("[data-testid=buy]").click()
    expect(row.locator("[data-testid=outcome]")).to_have_text(f"The price has changed to {BAG}.")
    expect(row.locator("[data-testid=buy]")).to_contain_text(f"{BAG}")
    assert player.entries("buy") == 0
    costly = thing(page, "always.lemonade_stand")
    expect(costly.locator("[data-testid=buy]")).to_be_disabled()
    expect(costly.locator("[data-testid=lacking]")).to_have_text("You lack 560 coins.")
    locked = thing(page, "always.vault")
    expect(locked).to_contain_text("You need the tier Boss for this")
    assert locked.locator("[data-testid=buy]").count() == 0


def test_worn_tool_is_taken_off_and_sold(player: Player) -> None:
    page = player.page
    earn(player)
    buy_spoon(page)
    show(page, "bag")
    piece = player.read("/inventory")["pieces"][0]["id"]
    row = thing(page, piece)
    row.locator("[data-testid=equip]").click()
    expect(page.locator("[data-testid=worn]")).to_contain_text("Wooden Spoon")
    expect(row.locator("[data-testid=sell]")).to_have_count(0)
    row.locator("[data-testid=equip]").click()
    expect(page.locator("[data-testid=worn]")).not_to_contain_text("Wooden Spoon")
    row.locator("[data-testid=sell]").click()
    expect(row.locator("[data-testid=sell-sure]")).to_be_focused()
    row.locator("[data-testid=sell-sure]").click()
    expect(row).to_have_count(0)
    expect(page.locator("[data-testid=coins]")).to_contain_text("160")
    show(page, "wallet")
    expect(page.locator("[data-testid=entry]")).to_have_count(4)
    expect(page.locator("[data-testid=entry]").first).to_contain_text("Sold")


def test_what_cannot_be_loaded_says_so_and_can_be_tried_again(player: Player) -> None:
    page = player.page
    page.wait_for_selector("button.purse")
    pages = {"shop": "**/shop", "bag": "**/inventory", "wallet": "**/ledger"}
    for path in pages.values():
        page.route(path, lambda route: route.abort())
    for screen, path in pages.items():
        show(page, screen)
        try_again(page, screen, path)
        expect(page.get_by_test_id(screen).get_by_role("button", name="Try again")).to_have_count(0)


def test_axe_finds_nothing_serious_in_what_opens(browser: Browser, new_player: NewPlayer) -> None:
    context = browser.new_context(viewport=ViewportSize(width=320, height=740), locale="en-US")
    player = new_player(context).open()
    page = player.page
    earn(player)
    buy_bags(player, 1)

    thing(page, "always.vault")
    is_clean(page, "offers")
    for part in ("daily", "black_market"):
        page.locator(f"[data-testid=part-{part}]").click()
        expect(page.locator("[data-testid=shop-until]")).to_be_visible()
        is_clean(page, part)
    dialog = look_at_bags(page)
    is_clean(page, "odds")
    dialog.locator("[data-testid=open-crate]").click()
    expect(dialog.locator("[data-testid=crate-done]")).to_be_visible()
    is_clean(page, "what was in it")
    dialog.locator("[data-testid=crate-done]").click()
    show(page, "wallet")
    expect(page.locator("[data-testid=entry]").first).to_be_visible()
    is_clean(page, "history")
    show(page, "fairness")
    page.locator("[data-testid=check]").click()
    expect(page.locator("[data-verdict]")).to_be_visible()
    is_clean(page, "proof")
    context.close()


def test_older_answer_that_comes_later_changes_nothing(player: Player) -> None:
    page = player.page
    earn(player)
    buy_spoon(page)
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/economy", lambda route: held.append((route, route.fetch())))
    show(page, "bag")
    row = thing(page, player.read("/inventory")["pieces"][0]["id"])
    player.until(lambda: len(held) > 0, "the wallet's answer of before")
    page.unroute("**/economy")
    row.locator("[data-testid=equip]").click()
    worn = page.locator("[data-testid=worn]")
    expect(worn).to_contain_text("Wooden Spoon")
    for route, answer in held:
        with page.expect_event("requestfinished", lambda asked, of=route.request: bool(asked == of)):
            route.fulfill(response=answer)
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    assert "Wooden Spoon" in worn.inner_text()
