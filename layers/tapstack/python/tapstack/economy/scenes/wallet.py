"""The wallet: what a player has, earns and may become; and what happened last."""

from __future__ import annotations

from tapstack.economy import commands, receipts
from tapstack.economy.answers import EconomyView, LedgerLine
from tapstack.economy.ports import EconomyScenePorts
from tapstack.economy.reading import NEWEST
from tapstack.economy.scenes.common import (
    SIGNS,
    EconomyContext,
    carry_out,
    catalogue_of,
    explain,
    percent,
    reader,
    stamp,
    stamped_ms,
    title,
)
from tapstack.economy.texts import TEXTS
from tapstack.platform.errors import GameError
from tapstack.players.model import Player
from tapstack.telegram.scene import Scene

LINES = 10
HAPPENED = {
    "settle": "economy.did_settle",
    "collect": "economy.did_collect",
    "buy": "economy.did_buy",
    "sell": "economy.did_sell",
    "use": "economy.did_use",
    "equip": "economy.did_equip",
    "repair": "economy.did_repair",
    "open": "economy.did_open",
    "reseed": "economy.did_reseed",
    "grant": "economy.did_grant",
    "cheer": "economy.did_cheer",
}
"""What each kind of entry is called in the history."""

scene: Scene[Player, EconomyScenePorts] = Scene("wallet", TEXTS, commands=("wallet",))


@scene.opens
def show(context: EconomyContext) -> None:
    view = reader.economy(context.ports, context.player.id)
    rows = [
        [context.button("b.shop", "shop:open"), context.button("b.bag", "bag:open")],
        [context.button("b.crates", "crates:open"), context.button("b.history", "wallet:history")],
        context.home_row(),
    ]
    ready = view.revenue.ready
    if ready:
        rows.insert(0, [context.button("b.collect", f"wallet:collect:{stamp(context)}", coins=ready)])
    context.show(context.headed(_lines(context, view)), rows)


@scene.on("collect")
def collect(context: EconomyContext) -> None:
    try:
        entry = carry_out(context, stamped_ms(context.argument), commands.Collect())
    except GameError as error:
        context.headline = explain(context, error)
    else:
        context.headline = context.say("economy.collected", coins=receipts.collected(entry).coins)
    show(context)


@scene.on("history")
def history(context: EconomyContext) -> None:
    entries = context.ports.wallets.page(context.player.id, NEWEST, LINES)
    lines = [_happened(context, receipts.line(entry)) for entry in entries]
    text = "\n".join([context.say("economy.history"), "", *(lines or [context.say("economy.nothing_yet")])])
    context.show(text, [[context.button("b.wallet", "wallet:open")], context.home_row()])


def _lines(context: EconomyContext, view: EconomyView) -> list[str]:
    tier, energy = view.tier, view.energy
    lines = [
        context.say("economy.wallet"),
        "",
        context.say("economy.balance", coins=view.balances.coin + view.pending, gems=view.balances.gem),
        context.say("economy.energy", left=energy.left, full=energy.full),
        context.say("economy.tier", tier=context.translated(tier.name), xp=view.xp),
    ]
    if tier.next:
        lines.append(context.say("economy.next_tier", tier=context.translated(tier.next.name), count=tier.next.missing))
    if view.revenue.per_h:
        lines.append(context.say("economy.revenue", per_h=view.revenue.per_h, upkeep=view.revenue.upkeep_per_h))
    catalogue = catalogue_of(context)
    for boost in view.boosts:
        item = catalogue.item(boost.source)
        name = context.translated(item.name) if item else context.plain("economy.worn_weapon")
        lines.append(context.say("economy.running", name=name, percent=percent(boost.permille), count=boost.taps_left))
    if view.mail:
        lines.append(context.say("economy.mail", count=view.mail))
    return lines


def _happened(context: EconomyContext, line: LedgerLine) -> str:
    """One entry: what it was, what it brought or cost, and what was left."""
    what = context.say(HAPPENED.get(line.kind, "economy.did_something"))
    item = catalogue_of(context).item(line.item or "")
    if item:
        what = context.say("economy.did_with", what=what, item=title(context, item, abs(line.goods.get(item.id, 1))))
    sums = {currency: sum(one.amount for one in line.changes if one.currency is currency) for currency in SIGNS}
    changed = [
        context.plain("economy.gained" if amount > 0 else "economy.spent", amount=abs(amount), sign=SIGNS[currency])
        for currency, amount in sums.items()
        if amount
    ]
    return context.say("economy.line", what=what, changed=" ".join(changed) or "–", coins=line.balances.coin)
