"""What the economy's scenes share: how things are shown, and how a press is carried out once.

A button that changes something carries when it was shown, and with that the op that it asks for: pressed twice, or
delivered twice, it is one and the same op. What it names is checked like any other request.
"""

from __future__ import annotations

from tapstack.economy import performing
from tapstack.economy.catalogue.model import (
    AnyItem,
    Armour,
    Boost,
    Business,
    Catalogue,
    Crate,
    Currency,
    Housing,
    Rarity,
    Weapon,
)
from tapstack.economy.commands import AnyCommand, kind_of
from tapstack.economy.model import Entry
from tapstack.economy.ports import EconomyScenePorts
from tapstack.economy.reading import EconomyReader
from tapstack.economy.rules import ops
from tapstack.platform.errors import Conflict, GameError, Retryable
from tapstack.players.model import Player
from tapstack.telegram.context import Context
from tapstack.telegram.texts import Html

EconomyContext = Context[Player, EconomyScenePorts]

reader = EconomyReader()

KINDS = {
    "crate": ("📦", "economy.crates"),
    "boost": ("⚡️", "economy.boosts"),
    "weapon": ("🥄", "economy.weapons"),
    "business": ("🏪", "economy.businesses"),
    "housing": ("🏡", "economy.homes"),
    "armour": ("🛡", "economy.armour"),
    "cosmetic": ("🎨", "economy.looks"),
    "title": ("🏷", "economy.titles"),
}
"""The kinds of items, in the order in which they are shown."""

RARITIES = {
    Rarity.COMMON: "economy.common",
    Rarity.UNCOMMON: "economy.uncommon",
    Rarity.RARE: "economy.rare",
    Rarity.LEGENDARY: "economy.legendary",
}
SIGNS = {Currency.COIN: "🪙", Currency.GEM: "💎"}

REFUSALS = {
    "not_enough": "economy.not_enough",
    "price_changed": "economy.price_changed",
    "tier_too_low": "economy.tier_too_low",
    "bag_full": "economy.bag_full",
    "sold_out": "economy.sold_out",
    "unknown_offer": "economy.unknown_offer",
    "unknown_item": "economy.gone",
    "unknown_instance": "economy.gone",
    "not_enough_items": "economy.gone",
    "in_escrow": "economy.in_escrow",
    "equipped": "economy.equipped",
    "not_equipped": "economy.not_equipped",
    "not_sellable": "economy.not_sellable",
    "not_worn": "economy.not_worn",
    "too_many_boosts": "economy.too_many_boosts",
    "op_expired": "economy.old_button",
    "op_reused": "economy.old_button",
}


def catalogue_of(context: EconomyContext) -> Catalogue:
    return context.ports.catalogues.current()


def kind(item: AnyItem) -> str:
    return str(item.__struct_config__.tag)


def title(context: EconomyContext, item: AnyItem, count: int = 1) -> str:
    """An item in a list or on a button."""
    many = f" ×{count}" if count > 1 else ""
    return f"{KINDS[kind(item)][0]} {context.translated(item.name)}{many}"


def price(context: EconomyContext, amount: int, currency: Currency = Currency.COIN) -> str:
    return context.plain("economy.price", amount=amount, sign=SIGNS[currency])


def card(context: EconomyContext, catalogue: Catalogue, item: AnyItem, count: int = 1) -> list[str]:
    """What an item is and does."""
    lines = [
        context.say("economy.item", item=title(context, item, count)),
        context.say(RARITIES[item.rarity]),
        "",
        context.say("economy.about", about=context.translated(item.about)),
    ]
    if does := effect(context, catalogue, item):
        lines.append(does)
    return lines


def effect(context: EconomyContext, catalogue: Catalogue, item: AnyItem) -> Html | None:
    """What an item does, None for what only looks good."""
    match item:
        case Weapon():
            return context.say("economy.weapon", percent=percent(item.tap_permille), count=item.lasts * 1_000)
        case Boost():
            return context.say("economy.boost", percent=percent(item.permille), count=item.taps)
        case Business():
            return context.say("economy.business", revenue=item.revenue_h, upkeep=item.upkeep_h)
        case Housing():
            return context.say("economy.home", count=item.hours, usual=catalogue.money.revenue_hours)
        case Armour():
            return context.say("economy.shield", percent=percent(item.defence))
        case Crate():
            return context.say("economy.crate")
        case _:
            return None


def percent(permille: int) -> str:
    """Thousandths as per cent: 20 is 2, 25 is 2.5."""
    return f"{permille / 10:g}"


def stamp(context: EconomyContext) -> str:
    """When a button is shown, as it carries it."""
    return f"{context.ports.clock():x}"


def stamped_ms(text: str) -> int:
    """When a button was shown; raises Conflict (`op_expired`) for what no button of ours carries."""
    try:
        return int(text, 16) if len(text) <= 11 else 0
    except ValueError:
        raise Conflict("this button is not ours", code="op_expired") from None


def carry_out(context: EconomyContext, at_ms: int, command: AnyCommand) -> Entry:
    """Does what a button that was shown at a time asks for, once however often it is pressed."""
    what = f"{context.player.id}:{kind_of(command)}:{context.update.data}"
    return performing.perform(context.ports, context.player.id, ops.made_for(at_ms, what), command)


def explain(context: EconomyContext, error: GameError) -> Html:
    """Why something was refused, in words; what Telegram is to send again is raised, and so is a ban."""
    if isinstance(error, Retryable) or error.code == "banned":
        raise error
    values = dict(error.data)
    if "currency" in values:
        values["sign"] = SIGNS[Currency(values.pop("currency"))]
    if "left" in values:
        values["count"] = values.pop("left")
    if "price" in values:
        values["price"] = price(context, values["price"])
    if "tier" in values:
        tiers = {tier.id: tier.name for tier in catalogue_of(context).tiers}
        values["tier"] = context.translated(tiers.get(values["tier"], {}))
    return context.say("economy.refused", why=context.say(REFUSALS.get(error.code, "economy.impossible"), **values))
