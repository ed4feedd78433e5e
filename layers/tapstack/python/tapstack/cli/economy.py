"""Commands for the economy: what players have, and whether it adds up."""

from __future__ import annotations

import uuid
from typing import Any

import click

from tapstack.audit.recording import record
from tapstack.cli.invocation import Invocation
from tapstack.cli.output import as_json, confirm, iso, listing, progress, say, table
from tapstack.economy import performing, reading, receipts, verification
from tapstack.economy.catalogue.model import PIECES_AT_ONCE, UNIQUE
from tapstack.economy.commands import MAX_AMOUNT, Grant
from tapstack.platform.bounds import MAX_REASON
from tapstack.platform.errors import BadRequest
from tapstack.players import search

LISTED = 1_000
LINES = 20

_amount = click.IntRange(-MAX_AMOUNT, MAX_AMOUNT)


@click.group()
def economy() -> None:
    """Look into wallets and the ledger, check them, and correct them."""


@economy.command()
@click.argument("player")
@click.pass_obj
def show(run: Invocation, player: str) -> None:
    """Show what a player has, and the last entries of their ledger with who made them and why."""
    game = run.game
    found = search.find_one(game, player)
    reader = reading.EconomyReader()
    view, bag = reader.economy(game, found.id), reader.inventory(game, found.id)
    entries = game.wallets.page(found.id, reading.NEWEST, LINES)
    goods = {one.item: one.count for one in bag.stacks} | {one.id: one.item for one in bag.pieces}
    facts: dict[str, Any] = {
        "player": found.id,
        "coins": view.balances.coin,
        "pending": view.pending,
        "gems": view.balances.gem,
        "xp": view.xp,
        "tier": view.tier.id,
        "energy": f"{view.energy.left} of {view.energy.full}",
        "bag": f"{bag.bag - bag.room} of {bag.bag}",
        "revenue an hour": view.revenue.per_h,
        "catalogue": view.catalogue,
    }
    rows = [
        {
            "at": iso(entry.at_ms / 1_000),
            "kind": entry.kind,
            "changes": " ".join(f"{one.account} {one.amount:+}" for one in receipts.line(entry).changes),
            "coins": entry.after.coin,
            "by": entry.by,
            "why": entry.why,
        }
        for entry in entries
    ]
    if run.as_json:
        click.echo(as_json({**facts, "goods": goods, "entries": rows}))
        return
    click.echo(listing({**facts, "goods": ", ".join(f"{key}: {what}" for key, what in goods.items())}))
    click.echo()
    table(run, rows)


@economy.command()
@click.argument("player", required=False)
@click.pass_obj
def verify(run: Invocation, player: str | None) -> None:
    """Check the ledger of a PLAYER, or of all: its chain, its sums, and that wallets agree; exits with 1 if not."""
    if player:
        rows = verification.faults_of(run.game, search.find_one(run.game, player).id)
        shown, count = rows[:LISTED], len(rows)
    else:
        shown, count = [], 0
        with progress(run, "verify") as advance:
            for fault in verification.faults(run.game, advance):
                count += 1
                if count <= LISTED:
                    shown.append(fault)
        sums = verification.flows(run.game).sums
        wrong = {currency: amount for currency, amount in sums.items() if amount}
        shown += [verification.Fault("", f"all accounts of {one} sum to {amount:,}") for one, amount in wrong.items()]
        count += len(wrong)
    if shown or run.as_json:
        table(run, [{"id": one.player_id, "what": one.what} for one in shown])
    click.echo(f"{count:,} faults", err=True)
    raise SystemExit(1 if count else 0)


@economy.command()
@click.argument("player")
@click.pass_obj
def rebuild(run: Invocation, player: str) -> None:
    """Give a player what their ledger says, after a table was restored. They should not be playing."""
    found = search.find_one(run.game, player)
    confirm(run, f"Rebuild what {found.id} has from the ledger?")
    record(run.game, found.id, "rebuild wallet", run.operator, "what the player had did not agree with the ledger")
    wrong = verification.rebuild(run.game, found.id)
    say(run, {"id": found.id, "corrected": wrong}, "\n".join(wrong) or "nothing to correct")


@economy.command()
@click.pass_obj
def flows(run: Invocation) -> None:
    """Show where all money comes from and goes to, over all players."""
    with progress(run, "flows") as advance:
        found = verification.flows(run.game, advance)
    rows = [{"account": account, "amount": amount} for account, amount in sorted(found.accounts.items())]
    rows += [{"account": f"players ({one})", "amount": amount} for one, amount in sorted(found.balances.items())]
    rows += [{"account": f"sum ({one})", "amount": amount} for one, amount in sorted(found.sums.items())]
    table(run, rows)
    click.echo(f"{found.players:,} wallets", err=True)


@economy.command()
@click.argument("player")
@click.option("--coins", default=0, type=_amount, help="Coins to give, or to take where negative.")
@click.option("--gems", default=0, type=_amount, help="Gems to give, or to take where negative.")
@click.option("--xp", default=0, type=click.IntRange(0, MAX_AMOUNT), help="XP to award.")
@click.option("--item", "items", multiple=True, metavar="ID[=COUNT]", help="An item to give; may be repeated.")
@click.option("--why", required=True, help="Why: stands in the ledger and in the audit log.")
@click.option("--op", type=click.UUID, help="The op of a run whose answer was lost: it is granted once.")
@click.pass_obj
def grant(
    run: Invocation, player: str, coins: int, gems: int, xp: int, items: tuple[str, ...], why: str, op: uuid.UUID | None
) -> None:
    """Give a player money, XP or goods, or correct what they have: a new entry, with who and why."""
    if len(why) > MAX_REASON:
        raise click.BadParameter(f"at most {MAX_REASON:,} characters", param_hint="--why")
    if coins * gems < 0:
        raise click.UsageError("give or take: not both at once")
    goods = _goods(run, items)
    if not (coins or gems or xp or goods):
        raise click.UsageError("nothing to grant: name --coins, --gems, --xp or --item")
    found, op = search.find_one(run.game, player), op or uuid.uuid4()
    account = "sink:operator" if coins < 0 or gems < 0 else "mint:operator"
    command = Grant(account=account, coin=coins, gem=gems, xp=xp, goods=goods, by=run.operator, why=why)
    click.echo(f"op {op}", err=True)
    record(run.game, found.id, "grant", run.operator, why, coins=coins, gems=gems, xp=xp, goods=goods, op=str(op))
    entry = performing.carry_out(run.game, found.id, f"g#{op}", command)
    value = {"id": found.id, "op": str(op), "coins": entry.after.coin, "gems": entry.after.gem, "xp": entry.after.xp}
    say(run, value, listing(value))


def _goods(run: Invocation, items: tuple[str, ...]) -> dict[str, int]:
    catalogue, goods = run.game.catalogues.current() if items else None, dict[str, int]()
    for given in items:
        item_id, _, count = given.partition("=")
        item = catalogue.item(item_id) if catalogue else None
        if item is None:
            raise BadRequest(f"there is no item {item_id!r} in the catalogue", code="unknown_item")
        if not (count or "1").isdecimal() or not 1 <= int(count or 1) <= 1_000:
            raise click.BadParameter(f"{given}: a count is between 1 and 1,000", param_hint="--item")
        goods[item_id] = goods.get(item_id, 0) + int(count or 1)
    pieces = sum(n for one, n in goods.items() if catalogue and isinstance(catalogue.item(one), UNIQUE))
    if pieces + len(goods) > PIECES_AT_ONCE:
        raise click.BadParameter(f"at most {PIECES_AT_ONCE} pieces at once", param_hint="--item")
    return goods


COMMANDS = (economy,)
