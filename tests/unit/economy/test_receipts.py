"""What the ledger tells a player of each entry: also of pieces, which are no stacks."""

from __future__ import annotations

from support.economy import EconomyPlayer
from tapstack.economy import commands, receipts
from tapstack.economy.model import Outcome


def told(outcome: Outcome) -> tuple[str, str | None, dict[str, int]]:
    line = receipts.line(outcome.entry)
    return line.kind, line.item, line.goods


def test_every_entry_names_what_it_was_about_and_what_came_or_went() -> None:
    ada = EconomyPlayer().rich()
    bought = ada.do(commands.Buy(offer="always.wooden_spoon", price=400, count=2))
    assert told(bought) == ("buy", "wooden_spoon", {"wooden_spoon": 2})
    ada.now_ms += 1_000
    spoon = bought.entry.result["ids"][0]
    assert told(ada.do(commands.Equip(instance=spoon))) == ("equip", "wooden_spoon", {})
    ada.tap(5_000)
    assert told(ada.do(commands.Repair(instance=spoon))) == ("repair", "wooden_spoon", {})
    assert told(ada.do(commands.Equip(instance=spoon, off=True))) == ("equip", None, {})
    assert told(ada.do(commands.Sell(instance=spoon))) == ("sell", "wooden_spoon", {"wooden_spoon": -1})
    granted = ada.do(commands.Grant(account="mint:tests", goods={"espresso": 3, "tent": 1, "tool_box": 1}))
    assert told(granted) == ("grant", None, {"espresso": 3, "tent": 1, "tool_box": 1})
    assert told(ada.do(commands.Use(item="espresso"))) == ("use", "espresso", {"espresso": -1})
    assert told(ada.do(commands.Sell(item="espresso", count=2)))[2] == {"espresso": -2}
    ada.now_ms += 1_000
    opened = ada.do(commands.Open(crate="tool_box"))
    kind, item, goods = told(opened)
    drops = {drop.item: drop.count for drop in receipts.drops(opened.entry) if drop.item}
    assert (kind, item, goods) == ("open", "tool_box", {"tool_box": -1, **drops})
    assert told(ada.do(commands.Settle())) == ("settle", None, {})
