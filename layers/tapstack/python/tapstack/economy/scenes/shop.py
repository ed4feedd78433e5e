"""The shop: shelves, an offer, and its purchase by a second press."""

from __future__ import annotations

from collections.abc import Iterable

from tapstack.economy import commands, receipts
from tapstack.economy.answers import OfferView
from tapstack.economy.catalogue.model import AnyItem
from tapstack.economy.ports import EconomyScenePorts
from tapstack.economy.rules import shops
from tapstack.economy.scenes.common import (
    KINDS,
    EconomyContext,
    card,
    carry_out,
    catalogue_of,
    explain,
    kind,
    price,
    reader,
    stamp,
    stamped_ms,
    title,
)
from tapstack.economy.scenes.crates import odds
from tapstack.economy.texts import TEXTS
from tapstack.platform.errors import GameError, NotFound
from tapstack.players.model import Player
from tapstack.telegram.context import Rows, button
from tapstack.telegram.scene import Scene

SHELVES = {shops.DAILY: "economy.daily", shops.BLACK_MARKET: "economy.black_market"}
"""What changes has shelves of its own; what is always there is sorted by kind."""

LETTERS = {"a": shops.ALWAYS, "d": shops.DAILY, "m": shops.BLACK_MARKET}
"""The shops as buttons name them: a button carries 64 bytes."""

MOST = 90
"""Offers of a shelf: a keyboard has at most 100 buttons."""

scene: Scene[Player, EconomyScenePorts] = Scene("shop", TEXTS, commands=("shop",))


@scene.opens
def show(context: EconomyContext) -> None:
    """The shelves that have something."""
    catalogue, view = catalogue_of(context), reader.shop(context.ports, context.player.id)
    there = {_shelf(offer, item) for offer in view.offers if (item := catalogue.item(offer.item))}
    buttons = [context.button(text, f"shop:shelf:{shelf}") for shelf, text in SHELVES.items() if shelf in there] + [
        button(f"{icon} {context.plain(text)}", f"shop:shelf:{shelf}")
        for shelf, (icon, text) in KINDS.items()
        if shelf in there
    ]
    lines = [context.say("economy.shop"), "", _balance(context)]
    ways = [context.button("b.wallet", "wallet:open"), context.button("b.bag", "bag:open")]
    context.show(context.headed(lines), [*_pairs(buttons), ways, context.home_row()])


@scene.on("shelf")
def shelf(context: EconomyContext) -> None:
    """The offers of a shelf."""
    catalogue, view = catalogue_of(context), reader.shop(context.ports, context.player.id)
    found = [
        (offer, item)
        for offer in view.offers
        if (item := catalogue.item(offer.item)) and _shelf(offer, item) == context.argument
    ]
    if not found:
        return show(context)
    lines = [context.say("economy.shelf", shelf=_shelf_name(context)), _balance(context)]
    until_ms = max(offer.until_ms or 0 for offer, _ in found)
    if until_ms:
        lines.append(_until(context, until_ms - view.now_ms))
    rows: Rows = [
        [button(_offered(context, offer, item), f"shop:offer:{_reference(offer)}")] for offer, item in found[:MOST]
    ]
    context.show(context.headed(lines), [*rows, [context.button("b.shop", "shop:open"), *context.home_row()]])


@scene.on("offer")
def offer(context: EconomyContext) -> None:
    """One offer, with the button that buys it."""
    catalogue, view = catalogue_of(context), reader.shop(context.ports, context.player.id)
    shown = next((one for one in view.offers if _reference(one) == context.argument), None)
    item = catalogue.item(shown.item) if shown else None
    if shown is None or item is None:
        context.headline = context.headline or context.say("economy.unknown_offer")
        return show(context)
    lines = [*card(context, catalogue, item, shown.count), *odds(context, catalogue, item), ""]
    if shown.left is not None:
        lines.append(context.say("economy.left", count=shown.left))
    if shown.until_ms:
        lines.append(_until(context, shown.until_ms - view.now_ms))
    if shown.tier:
        tiers = {tier.id: tier.name for tier in catalogue.tiers}
        lines.append(context.say("economy.from_tier", tier=context.translated(tiers.get(shown.tier, {}))))
    lines.append(_balance(context))
    bought = f"shop:b:{stamp(context)}:{shown.price:x}:{_reference(shown)}"
    back = context.button("b.back", f"shop:shelf:{_shelf(shown, item)}")
    cost = price(context, shown.price, shown.currency)
    ways = [back, context.button("b.bag", "bag:open"), *context.home_row()]
    rows = [[context.button("b.buy", bought, price=cost)], ways]
    context.show(context.headed(lines), rows)


@scene.on("b")
def buy(context: EconomyContext) -> None:
    """Buys what was shown, at the price that was shown."""
    when, _, rest = context.argument.partition(":")
    asked, _, context.argument = rest.partition(":")
    try:
        at_ms = stamped_ms(when)
        command = commands.Buy(offer=_offer_id(context, at_ms), price=stamped_ms(asked))
        bought = receipts.bought(carry_out(context, at_ms, command))
    except GameError as error:
        context.headline = explain(context, error)
        return offer(context)
    item = catalogue_of(context).item(bought.item)
    name = title(context, item, bought.count) if item else bought.item
    context.headline = context.say("economy.bought", item=name, price=price(context, bought.paid))
    offer(context)


def _offer_id(context: EconomyContext, at_ms: int) -> str:
    """The id of what a button offered when it was shown; it may be gone by now."""
    shop = LETTERS.get(context.argument[:1], "")
    shown = shops.in_shop(shop, catalogue_of(context), context.ports.chance.key, context.player.id, at_ms)
    for one in shown:
        if one.id.split(".")[1] == context.argument[1:]:
            return one.id
    raise NotFound("this offer is not there, or not any more", code="unknown_offer")


def _reference(shown: OfferView) -> str:
    """An offer as buttons name it: without the time that it is there."""
    letter = next(letter for letter, shop in LETTERS.items() if shop == shown.shop)
    return f"{letter}{shown.id.split('.')[1]}"


def _shelf(shown: OfferView, item: AnyItem) -> str:
    return shown.shop if shown.shop in SHELVES else kind(item)


def _shelf_name(context: EconomyContext) -> str:
    name = context.argument
    return context.plain(SHELVES[name]) if name in SHELVES else f"{KINDS[name][0]} {context.plain(KINDS[name][1])}"


def _offered(context: EconomyContext, shown: OfferView, item: AnyItem) -> str:
    left = context.plain("economy.sold_out_sign") if shown.left == 0 else price(context, shown.price, shown.currency)
    return f"{title(context, item, shown.count)} · {left}"


def _balance(context: EconomyContext) -> str:
    view = reader.economy(context.ports, context.player.id)
    return context.say("economy.balance", coins=view.balances.coin + view.pending, gems=view.balances.gem)


def _until(context: EconomyContext, for_ms: int) -> str:
    minutes = max(0, for_ms) // 60_000
    return context.say("economy.until", hours=minutes // 60, minutes=minutes % 60)


def _pairs(buttons: Iterable[object]) -> Rows:
    there = list(buttons)
    return [there[at : at + 2] for at in range(0, len(there), 2)]  # type: ignore[misc]
