"""From entries of the ledger to what the API says of them: the same, whenever it is asked."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tapstack.economy import answers
from tapstack.economy.answers import Balances, DropView, LedgerChange, LedgerLine
from tapstack.economy.catalogue.model import Currency
from tapstack.economy.model import PLAYER, Entry
from tapstack.economy.rules.ops import op_of


def settled(entry: Entry) -> answers.Settled:
    return answers.Settled(**common(entry))


def collected(entry: Entry) -> answers.Collected:
    return answers.Collected(**common(entry), coins=entry.result["coins"])


def bought(entry: Entry) -> answers.Bought:
    result = entry.result
    pieces = list(result.get("ids", ()))
    return answers.Bought(
        **common(entry), item=result["item"], count=result["count"], paid=result["paid"], pieces=pieces
    )


def sold(entry: Entry) -> answers.Sold:
    return answers.Sold(**common(entry), item=entry.result["item"], coins=entry.result["coins"])


def used(entry: Entry) -> answers.Used:
    result = entry.result
    return answers.Used(**common(entry), item=result["item"], permille=result["permille"], taps=result["taps"])


def equipped(entry: Entry) -> answers.Equipped:
    return answers.Equipped(**common(entry), slot=entry.result["slot"], item=entry.result["item"])


def repaired(entry: Entry) -> answers.Repaired:
    return answers.Repaired(**common(entry), item=entry.result["item"], paid=entry.result["paid"])


def opened(entry: Entry) -> answers.Opened:
    result = entry.result
    return answers.Opened(
        **common(entry), crate=result["crate"], epoch=result["epoch"], nonce=result["nonce"], drops=drops(entry)
    )


def reseeded(entry: Entry) -> answers.Reseeded:
    result = entry.result
    return answers.Reseeded(
        **common(entry),
        server_seed=result["seed"],
        server_seed_hash=result["hash"],
        next_server_seed_hash=result["next_hash"],
    )


def drops(entry: Entry) -> list[DropView]:
    """What was in the crates that an entry has opened."""
    return [
        DropView(item or None, Currency(currency) if currency else None, count)
        for item, currency, count in entry.result["drops"]
    ]


def line(entry: Entry) -> LedgerLine:
    """An entry as its player may see it: without the names of operators."""
    return LedgerLine(
        seq=entry.seq,
        kind=entry.kind,
        cause=entry.cause,
        op=op_of(entry.cause),
        at_ms=entry.at_ms,
        catalogue=entry.catalogue,
        changes=[LedgerChange(leg.account, leg.currency, -leg.amount) for leg in entry.legs if leg.account != PLAYER],
        goods=_came_and_went(entry),
        item=_about(entry),
        balances=_balances(entry),
        xp=entry.after.xp,
        hash=entry.hash,
    )


def _came_and_went(entry: Entry) -> dict[str, int]:
    """Items, stacks and pieces alike, with how many came or went."""
    found = Counter(entry.goods)
    found.update(one.item for one in entry.instances.values() if one and one.got_at_ms == entry.at_ms)
    if entry.kind == "sell" and None in entry.instances.values():
        found[entry.result["item"]] -= 1
    return dict(found)


def _about(entry: Entry) -> str | None:
    """The item that was asked for: what was bought, sold, used, put on, repaired or opened."""
    result = entry.result if isinstance(entry.result, dict) else {}
    return result.get("item") or result.get("crate") or None


def _balances(entry: Entry) -> Balances:
    return Balances(entry.after.coin, entry.after.gem)


def common(entry: Entry) -> dict[str, Any]:
    """What every receipt has."""
    own = {leg.currency: leg.amount for leg in entry.legs if leg.account == PLAYER}
    taps = [leg.amount for leg in entry.legs if leg.account == "mint:taps"]
    return {
        "op": op_of(entry.cause) or "",
        "seq": entry.seq,
        "at_ms": entry.at_ms,
        "catalogue": entry.catalogue,
        "balances": _balances(entry),
        "change": Balances(own.get(Currency.COIN, 0), own.get(Currency.GEM, 0)),
        "xp": entry.after.xp,
        "settled": -sum(taps),
    }
