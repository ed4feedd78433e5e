"""The bag: what a player has, and what they can do with it."""

from __future__ import annotations

from collections.abc import Callable

from tapstack.economy import commands, receipts
from tapstack.economy.answers import InventoryView, PieceView, StackView
from tapstack.economy.catalogue.model import AnyItem, Boost, Crate
from tapstack.economy.commands import AnyCommand
from tapstack.economy.model import Entry
from tapstack.economy.ports import EconomyScenePorts
from tapstack.economy.rules.pieces import slot_of
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
from tapstack.economy.texts import TEXTS
from tapstack.platform.errors import GameError
from tapstack.players.model import Player
from tapstack.telegram.context import Rows, button
from tapstack.telegram.scene import Scene
from tapstack.telegram.texts import Html

PAGE = 12
STACK, PIECE = "s", "p"
Owned = PieceView | StackView

scene: Scene[Player, EconomyScenePorts] = Scene("bag", TEXTS, commands=("bag",))


@scene.opens
def show(context: EconomyContext) -> None:
    """A page of what a player has, by kind; the argument is its number."""
    catalogue, view = catalogue_of(context), reader.inventory(context.ports, context.player.id)
    there: list[Owned] = [*view.pieces, *view.stacks]
    found = [(item, one) for one in there if (item := catalogue.item(one.item))]
    found.sort(key=lambda pair: (list(KINDS).index(kind(pair[0])), -pair[0].rarity.rank, _key(pair[1])))
    pages = max(1, -(-len(found) // PAGE))
    page = min(pages, int(context.argument)) if context.argument.isdecimal() and len(context.argument) < 5 else 1
    rows: Rows = [
        [button(_owned(context, item, one), f"bag:item:{_key(one)}")]
        for item, one in found[max(0, page - 1) * PAGE :][:PAGE]
    ]
    turn = [button("◀️", f"bag:open:{page - 1}")] if page > 1 else []
    turn += [button("▶️", f"bag:open:{page + 1}")] if page < pages else []
    lines: list[str] = [context.say("economy.bag", used=max(0, view.bag - view.room), room=view.bag)]
    lines += [] if found else ["", context.say("economy.empty")]
    ways = [context.button("b.shop", "shop:open"), context.button("b.wallet", "wallet:open")]
    context.show(context.headed(lines), [*rows, *([turn] if turn else []), ways, context.home_row()])


@scene.on("item")
def item(context: EconomyContext) -> None:
    """One thing, with what can be done with it."""
    one, kind_of_it = _find(context, reader.inventory(context.ports, context.player.id))
    if one is None or kind_of_it is None:
        context.argument = ""
        context.headline = context.headline or context.say("economy.gone")
        return show(context)
    catalogue, key, at = catalogue_of(context), _key(one), stamp(context)
    lines = card(context, catalogue, kind_of_it, one.count if isinstance(one, StackView) else 1)
    first, second = [], []
    if isinstance(kind_of_it, Crate):
        first.append(context.button("b.crates", f"crates:look:{kind_of_it.id}"))
    if isinstance(kind_of_it, Boost):
        first.append(context.button("b.use", f"bag:use:{at}:{key}"))
    if isinstance(one, PieceView) and one.lasts:
        lines.append(context.say("economy.wear", left=one.lasts - one.used, lasts=one.lasts))
    if isinstance(one, PieceView) and one.escrow_until_ms:
        hours = max(0, one.escrow_until_ms - context.ports.clock()) // 3_600_000
        lines += ["", context.say("economy.waits", count=hours)]
    else:
        if slot_of(kind_of_it):
            action = "off" if one.worn else "on"
            first.append(context.button("b.take_off" if one.worn else "b.put_on", f"bag:{action}:{at}:{key}"))
        if isinstance(one, PieceView) and one.repair_price:
            cost = price(context, one.repair_price)
            second.append(context.button("b.repair", f"bag:repair:{at}:{key}", price=cost))
        if brings := _brings(one, kind_of_it):
            second.append(context.button("b.sell", f"bag:sell:{key}", price=price(context, brings)))
    rows = [row for row in (first, second) if row]
    context.show(context.headed(lines), [*rows, [context.button("b.bag", "bag:open"), *context.home_row()]])


@scene.on("sell")
def sell(context: EconomyContext) -> None:
    """Asks before something is sold."""
    one, kind_of_it = _find(context, reader.inventory(context.ports, context.player.id))
    if one is None or kind_of_it is None:
        return item(context)
    brings = price(context, _brings(one, kind_of_it))
    text = context.say("economy.sell", item=title(context, kind_of_it), price=brings)
    key = _key(one)
    yes = context.button("b.sell_yes", f"bag:sold:{stamp(context)}:{key}", price=brings)
    context.show(text, [[yes], [context.button("b.back", f"bag:item:{key}")]])


@scene.on("sold")
def sold(context: EconomyContext) -> None:
    def said(entry: Entry) -> Html:
        return context.say("economy.sold", price=price(context, receipts.sold(entry).coins))

    def command(item_id: str, instance: str) -> AnyCommand:
        return commands.Sell(item=item_id, instance=instance)

    _do(context, command, said)


@scene.on("use")
def use(context: EconomyContext) -> None:
    def said(entry: Entry) -> Html:
        return context.say("economy.used", count=receipts.used(entry).taps)

    _do(context, lambda item_id, _: commands.Use(item=item_id), said)


@scene.on("on")
def put_on(context: EconomyContext) -> None:
    _do(context, lambda item_id, instance: commands.Equip(item=item_id, instance=instance), _worn(context))


@scene.on("off")
def take_off(context: EconomyContext) -> None:
    def command(item_id: str, instance: str) -> AnyCommand:
        return commands.Equip(item=item_id, instance=instance, off=True)

    _do(context, command, _worn(context))


@scene.on("repair")
def repair(context: EconomyContext) -> None:
    def said(entry: Entry) -> Html:
        return context.say("economy.repaired", price=price(context, receipts.repaired(entry).paid))

    _do(context, lambda _, instance: commands.Repair(instance=instance), said)


def _do(context: EconomyContext, command: Callable[[str, str], AnyCommand], said: Callable[[Entry], Html]) -> None:
    """Does what a button asks for with the item or the piece that it names, and shows what is left of it."""
    when, _, context.argument = context.argument.partition(":")
    letter, key = context.argument[:1], context.argument[1:]
    try:
        asked = command(key, "") if letter == STACK else command("", key)
        context.headline = said(carry_out(context, stamped_ms(when), asked))
    except GameError as error:
        context.headline = explain(context, error)
    item(context)


def _worn(context: EconomyContext) -> Callable[[Entry], Html]:
    return lambda entry: context.say("economy.put_on" if receipts.equipped(entry).item else "economy.taken_off")


def _key(one: Owned) -> str:
    """A thing as buttons name it."""
    return f"{PIECE}{one.id}" if isinstance(one, PieceView) else f"{STACK}{one.item}"


def _find(context: EconomyContext, view: InventoryView) -> tuple[Owned | None, AnyItem | None]:
    """What a button names, if the player has it."""
    there: list[Owned] = [*view.pieces, *view.stacks]
    found = next((one for one in there if _key(one) == context.argument), None)
    return found, catalogue_of(context).item(found.item) if found else None


def _owned(context: EconomyContext, item: AnyItem, one: Owned) -> str:
    mark = " ✅" if one.worn else ""
    if isinstance(one, StackView):
        return title(context, item, one.count) + mark
    return title(context, item) + mark + (" ⏳" if one.escrow_until_ms else "")


def _brings(one: Owned, item: AnyItem) -> int:
    """What one of it brings now; 0 for what nobody buys, or is worn."""
    if one.worn and (isinstance(one, PieceView) or one.count == 1):
        return 0
    return one.sells_for if isinstance(one, PieceView) else item.sell
