"""A faction's treasury: what its members give, and what it buys."""

from __future__ import annotations

import re

from tapstack.economy.reading import EconomyReader
from tapstack.economy.rules import ops
from tapstack.economy.scenes.common import stamp, stamped_ms
from tapstack.factions import leading, paying
from tapstack.factions.answers import FactionView, Inside
from tapstack.factions.changing import OFFICERS
from tapstack.factions.operations import FACTION_ID
from tapstack.factions.scenes.common import FactionContext, back, in_rows, of_members, part, warn, why
from tapstack.platform.errors import GameError
from tapstack.telegram.context import Rows

AMOUNTS = (10, 50, 100, 500, 1_000)

reader = EconomyReader()

scene = part()


@scene.on("donate")
@of_members
def donate(context: FactionContext, view: FactionView, inside: Inside) -> None:
    had = reader.economy(context.ports, context.player.id)
    coins = had.balances.coin + had.pending
    text = context.say("faction.donate", treasury=inside.treasury, coins=coins)
    now = stamp(context)
    gifts = [
        context.button("b.faction_give", f"faction:give:{now}:{amount}:{view.card.id}", coins=amount)
        for amount in AMOUNTS
        if amount <= coins
    ]
    context.show(context.headed([text]), [*in_rows(gifts, 3), back(context)])


@scene.on("give")
def give(context: FactionContext) -> None:
    """Gives once, however often the button is pressed."""
    when, _, rest = context.argument.partition(":")
    amount, _, faction_id = rest.partition(":")
    if amount not in map(str, AMOUNTS) or not re.fullmatch(FACTION_ID, faction_id):
        return warn(context, "faction.why_old")
    try:
        op = ops.made_for(stamped_ms(when), f"{context.player.id}:donate:{context.update.data}")
        entry = paying.donate(context.ports, context.player.id, op, faction_id, int(amount))
    except GameError as error:
        context.headline = why(context, error)
    else:
        context.headline = context.say("faction.donated", coins=entry.result["coins"], left=entry.after.coin)
    return donate(context)


@scene.on("perks")
@of_members
def perks(context: FactionContext, view: FactionView, inside: Inside) -> None:
    """What the treasury has bought, and what it may: officers decide."""
    lines: list[str] = [context.say("faction.perks_title", coins=inside.treasury), ""]
    rows: Rows = []
    for perk in context.ports.catalogues.current().factions.perks:
        name = context.translated(perk.name)
        if perk.id in inside.bought:
            lines.append(context.say("faction.perk_has", name=name))
        elif perk.retired:
            continue
        elif view.card.level < perk.level:
            lines.append(context.say("faction.perk_from", name=name, level=perk.level))
        else:
            lines.append(context.say("faction.perk_for", name=name, price=perk.price))
            if inside.role in OFFICERS and perk.price <= inside.treasury:
                data = f"faction:perk:{perk.price:x}:{perk.id}"
                rows.append([context.button("b.faction_buy", data, name=name, price=perk.price)])
    context.show(context.headed(lines), [*rows, back(context)])


@scene.on("perk")
@of_members
def buy_perk(context: FactionContext, view: FactionView, _: Inside) -> None:
    """Buys what was shown, at the price that was shown."""
    price, perk_id = (context.argument.split(":", 1) + [""])[:2]
    try:
        leading.buy(context.ports, context.player.id, view.card.id, perk_id, stamped_ms(price))
    except GameError as error:
        context.headline = why(context, error)
    else:
        perk = context.ports.catalogues.current().factions.perk(perk_id)
        context.headline = context.say("faction.perk_bought", name=context.translated(perk.name) if perk else perk_id)
    perks(context)
