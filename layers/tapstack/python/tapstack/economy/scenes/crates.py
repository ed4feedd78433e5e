"""Crates: their odds before the button, what was in them, and the proof that it was drawn fairly."""

from __future__ import annotations

from tapstack.economy import commands, receipts
from tapstack.economy.answers import DropView
from tapstack.economy.catalogue.model import AnyItem, Catalogue, Crate, Currency
from tapstack.economy.ports import EconomyScenePorts
from tapstack.economy.reading import proof as proof_of
from tapstack.economy.rules.draws import odds as odds_of
from tapstack.economy.scenes.common import (
    RARITIES,
    EconomyContext,
    card,
    carry_out,
    catalogue_of,
    explain,
    price,
    reader,
    stamp,
    stamped_ms,
    title,
)
from tapstack.economy.texts import TEXTS
from tapstack.platform.errors import GameError, NotFound
from tapstack.players.model import Player
from tapstack.telegram.context import button
from tapstack.telegram.scene import Scene

AT_ONCE = 10

scene: Scene[Player, EconomyScenePorts] = Scene("crates", TEXTS, commands=("crates",))


@scene.opens
def show(context: EconomyContext) -> None:
    """The crates that a player has."""
    catalogue = catalogue_of(context)
    owned = [
        [button(title(context, item, stack.count), f"crates:look:{item.id}")]
        for stack in reader.inventory(context.ports, context.player.id).stacks
        if isinstance(item := catalogue.item(stack.item), Crate)
    ]
    lines = [context.say("economy.my_crates"), *([] if owned else ["", context.say("economy.no_crates")])]
    more = [context.button("b.more_crates", "shop:shelf:crate"), context.button("b.wallet", "wallet:open")]
    context.show(context.headed(lines), [*owned, more, context.home_row()])


@scene.on("look")
def look(context: EconomyContext) -> None:
    """A crate with its odds, and the buttons that open it."""
    catalogue, crate_id = catalogue_of(context), context.argument
    stacks = {one.item: one.count for one in reader.inventory(context.ports, context.player.id).stacks}
    crate, count = catalogue.item(crate_id), stacks.get(crate_id, 0)
    if not isinstance(crate, Crate) or not count:
        return show(context)
    lines = [*card(context, catalogue, crate, count), *odds(context, catalogue, crate)]
    draws = reader.economy(context.ports, context.player.id).draws
    if crate.pity:
        left = crate.pity.opens - draws.pity.get(crate.id, 0)
        rarity = context.plain(RARITIES[crate.pity.rarity])
        lines.append(context.say("economy.pity", count=max(0, left), rarity=rarity))
    lines += ["", context.say("economy.seed", hash=draws.server_seed_hash[:16], nonce=str(draws.nonce))]
    at = stamp(context)
    rows = [[context.button("b.open_one", f"crates:go:{at}:1:{crate.id}")]]
    if count > 1:
        many = min(AT_ONCE, count)
        rows[0].append(context.button("b.open_many", f"crates:go:{at}:{many}:{crate.id}", count=many))
    context.show(context.headed(lines), [*rows, [context.button("b.back", "crates:open"), *context.home_row()]])


@scene.on("go")
def go(context: EconomyContext) -> None:
    """Opens crates, once for each time that the button was shown."""
    when, _, rest = context.argument.partition(":")
    count, _, crate_id = rest.partition(":")
    try:
        if not (count.isdecimal() and len(count) <= len(str(AT_ONCE)) and 1 <= int(count) <= AT_ONCE):
            raise NotFound("no such button", code="unknown_item")
        command = commands.Open(crate=crate_id, count=int(count))
        opened = receipts.opened(carry_out(context, stamped_ms(when), command))
    except GameError as error:
        context.headline, context.argument = explain(context, error), crate_id
        return look(context)
    catalogue = catalogue_of(context)
    crate = catalogue.item(opened.crate)
    name = title(context, crate, len(opened.drops)) if crate else opened.crate
    lines = [context.say("economy.opened", crate=name), "", *(_drop(context, catalogue, one) for one in opened.drops)]
    lines += ["", context.say("economy.drawn", epoch=str(opened.epoch), nonce=str(opened.nonce), op=opened.op)]
    again = context.button("b.again", f"crates:look:{opened.crate}")
    proof_button = context.button("b.proof", f"crates:proof:{opened.op}")
    ways = [context.button("b.bag", "bag:open"), *context.home_row()]
    context.show("\n".join(lines), [[again, proof_button], ways])


@scene.on("proof")
def proof(context: EconomyContext) -> None:
    """All that it takes to draw a crate again."""
    try:
        found = proof_of(context.ports, context.player.id, context.argument)
    except GameError as error:
        context.headline = explain(context, error)
        return show(context)
    seed = context.say("economy.proof_seed", seed=found.server_seed) if found.server_seed else ""
    text = context.say(
        "economy.proof",
        op=found.op,
        crate=found.crate,
        catalogue=found.catalogue,
        hash=found.server_seed_hash,
        client_seed=found.client_seed or "–",
        nonce=str(found.nonce),
        misses=str(found.misses),
    )
    lines = [text, seed or context.say("economy.proof_later")]
    context.show("\n".join(lines), [[context.button("b.crates", "crates:open"), *context.home_row()]])


def odds(context: EconomyContext, catalogue: Catalogue, item: AnyItem) -> list[str]:
    """The published odds of a crate; nothing for anything else."""
    if not isinstance(item, Crate):
        return []
    lines = ["", context.say("economy.odds")]
    for drop, chance in odds_of(item):
        view = DropView(drop.item or None, drop.currency, drop.count)
        lines.append(context.say("economy.chance", percent=f"{chance * 100:g}%", drop=_name(context, catalogue, view)))
    return lines


def _drop(context: EconomyContext, catalogue: Catalogue, drop: DropView) -> str:
    item = catalogue.item(drop.item or "")
    rarity = context.plain(RARITIES[item.rarity]) if item else ""
    return context.say(
        "economy.drop" if rarity else "economy.money", drop=_name(context, catalogue, drop), rarity=rarity
    )


def _name(context: EconomyContext, catalogue: Catalogue, drop: DropView) -> str:
    item = catalogue.item(drop.item or "")
    if item is None:
        return price(context, drop.count, drop.currency or Currency.COIN)
    return title(context, item, drop.count)
