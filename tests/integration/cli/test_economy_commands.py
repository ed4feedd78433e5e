"""The commands for the economy, over real stores: what is wrong is found, corrected, and named with who and why."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
from support.cli import Run, said
from support.economy import CATALOGUE, op_at
from support.game import Game, Player
from tapstack.economy import commands, performing
from tapstack.economy.catalogue.built_in import built_in
from tapstack.economy.commands import AnyCommand, Grant

OP = "00000000-0000-4000-8000-000000000001"


def do(player: Player, command: AnyCommand) -> Any:
    stores = player.game.stores
    return performing.perform(stores, player.id, op_at(stores.clock()), command).result


@pytest.fixture
def ada(game: Game) -> Player:
    """Somebody with some money, two spoons, one of them worn, and what was in five paper bags."""
    ada = game.sign_in(1)
    performing.carry_out(game.stores, ada.id, "g#1", Grant(account="mint:tests", coin=5_000, gem=3, xp=10))
    bought = do(ada, commands.Buy(offer="always.wooden_spoon", price=400, count=2))
    do(ada, commands.Equip(instance=bought["ids"][0]))
    do(ada, commands.Buy(offer="always.paper_bag", price=180, count=7))
    do(ada, commands.Open(crate="paper_bag", count=5))
    do(ada, commands.Sell(instance=bought["ids"][1]))
    return ada


def item_call(game: Game, operation: str, table: str, key: dict[str, str], **more: Any) -> None:
    stores = game.stores
    named = {name: {"S": value} for name, value in key.items()}
    stores.tables.client.call(operation, {"TableName": stores.tables.name_of(table), "Key": named, **more})


def test_what_was_tampered_with_is_found_and_rebuilt(game: Game, run: Run, ada: Player) -> None:
    assert said(run("economy", "verify")) == []
    before = game.stores.wallets.read(ada.id)
    assert before
    item_call(game, "DeleteItem", "holdings", {"player_id": ada.id, "part": "S#paper_bag"})
    assert said(run("economy", "verify", ada.id, code=1)) == [
        {"id": ada.id, "what": "what this player has can't be read"}
    ]
    forged = msgspec.json.encode(msgspec.structs.replace(before.holdings.wallet, coin=10**9)).decode()
    update = {"UpdateExpression": "SET body = :body", "ExpressionAttributeValues": {":body": {"S": forged}}}
    item_call(game, "UpdateItem", "holdings", {"player_id": ada.id, "part": "W"}, **update)
    assert "sum to" in run("economy", "verify", code=1).stdout
    assert said(run("economy", "rebuild", ada.id))["corrected"] == ["what this player has can't be read"]
    assert said(run("economy", "verify")) == []
    assert game.stores.wallets.read(ada.id) == before
    do(ada, commands.Open(crate="paper_bag"))
    assert said(run("economy", "rebuild", ada.id))["corrected"] == []
    assert game.stores.audit.entries(ada.id)[0].action == "rebuild wallet"


def test_a_forged_balance_is_told_with_what_the_journal_says(game: Game, run: Run, ada: Player) -> None:
    read = game.stores.wallets.read(ada.id)
    assert read
    wallet = read.holdings.wallet
    forged = msgspec.json.encode(msgspec.structs.replace(wallet, coin=wallet.coin + 1)).decode()
    update = {"UpdateExpression": "SET body = :body", "ExpressionAttributeValues": {":body": {"S": forged}}}
    item_call(game, "UpdateItem", "holdings", {"player_id": ada.id, "part": "W"}, **update)
    assert [row["what"] for row in said(run("economy", "verify", ada.id, code=1))] == [
        f"wallet.coin: {wallet.coin + 1}, by the journal {wallet.coin}"
    ]


def test_an_altered_entry_breaks_the_chain_and_nothing_is_rebuilt_from_it(game: Game, run: Run, ada: Player) -> None:
    entry = game.stores.wallets.entry(ada.id, "g#1")
    assert entry
    forged = msgspec.json.encode(msgspec.structs.replace(entry, why="a better reason")).decode()
    update = {"UpdateExpression": "SET body = :body", "ExpressionAttributeValues": {":body": {"S": forged}}}
    item_call(game, "UpdateItem", "ledger", {"player_id": ada.id, "cause": "g#1"}, **update)
    assert said(run("economy", "verify", code=1)) == [{"id": ada.id, "what": "g#1: does not continue the chain"}]
    assert "journal_broken" in run("economy", "rebuild", ada.id, code=1).stderr


def test_a_grant_happens_once_for_its_op_and_names_who_and_why(game: Game, run: Run, ada: Player) -> None:
    def grant() -> Any:
        words = ("--coins", "250", "--item", "espresso=2", "--item", "tent", "--why", "lost in an outage", "--op", OP)
        return said(run("economy", "grant", ada.id, *words))

    first = grant()
    assert grant() == first
    shown = said(run("economy", "show", ada.id))
    assert (shown["coins"], shown["goods"]["espresso"] >= 2) == (first["coins"], True)
    assert (shown["entries"][0]["by"], shown["entries"][0]["why"]) == ("grace", "lost in an outage")
    assert shown["entries"][0]["changes"] == "mint:operator +250"
    assert game.stores.audit.entries(ada.id)[0].reason == "lost in an outage"
    taken = said(run("economy", "grant", ada.id, "--coins", "-250", "--why", "granted by mistake"))
    assert taken["coins"] == first["coins"] - 250
    assert said(run("economy", "verify")) == []


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--coins", "-1000000"), "not_enough"),
        (("--coins", "1", "--gems", "-1"), "not both at once"),
        ((), "nothing to grant"),
        (("--item", "nothing"), "unknown_item"),
        (("--item", "tent=0"), "between 1 and 1,000"),
        (("--item", "tent=51"), "at most 50 pieces"),
        (("--coins", "1000000000001"), "not in the range"),
    ],
)
def test_what_makes_no_sense_is_not_granted(
    game: Game, run: Run, ada: Player, words: tuple[str, ...], fault: str
) -> None:
    before = game.stores.wallets.read(ada.id)
    code = 1 if fault in ("not_enough", "unknown_item") else 2
    assert fault in run("economy", "grant", ada.id, *words, "--why", "a test", code=code).stderr
    assert game.stores.wallets.read(ada.id) == before


def test_flows_name_every_account_and_sum_to_zero(run: Run, ada: Player) -> None:
    rows = {row["account"]: row["amount"] for row in said(run("economy", "flows"))}
    assert rows["mint:tests"] == -5_000
    assert rows["sink:shop"] == 2 * 400 + 7 * 180
    assert (rows["sum (coin)"], rows["sum (gem)"], rows["players (gem)"]) == (0, 0, 3)


def test_a_catalogue_is_compared_pushed_at_a_time_and_taken_back(game: Game, run: Run, tmp_path: Path) -> None:
    folder = str(shutil.copytree(CATALOGUE, tmp_path / "catalogue"))
    shops = Path(folder) / "shops.yaml"
    shops.write_text(shops.read_text().replace("item: tent, price: 800", "item: tent, price: 900"))
    assert said(run("catalogue", "diff", folder)) == [
        {"part": "shops/always/tent", "what": "price", "before": 800, "after": 900}
    ]
    later = said(run("catalogue", "push", folder, "--at", "2999-01-01T00:00"))
    assert later["from"] == "2999-01-01T00:00:00+00:00"
    assert said(run("catalogue", "diff", folder)) != []
    pushed = said(run("catalogue", "push", folder))
    assert said(run("catalogue", "diff", folder)) == []
    assert pushed["version"] != built_in().version
    assert said(run("catalogue", "rollback"))["version"] == built_in().version
    assert said(run("catalogue", "diff", folder)) != []
    assert "catalogue_unknown" in run("catalogue", "rollback", "0123456789abcdef", code=1).stderr
    items = Path(folder) / "items.yaml"
    items.write_text("\n".join(line for line in items.read_text().splitlines() if "id: tent," not in line))
    run("catalogue", "push", folder, code=1)
    assert "Aborted" in run("catalogue", "push", str(CATALOGUE), ask="n", code=1).stderr


def test_other_energy_is_not_pushed_before_the_tap_script_goes_by_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(shutil.copytree(CATALOGUE, tmp_path / "catalogue"))
    energy = Path(folder) / "energy.yaml"
    text = energy.read_text()
    assert "full: 3000" in text
    energy.write_text(text.replace("full: 3000", "full: 2500"))
    refused = run("catalogue", "push", folder, code=1)
    assert "EnergyFull 3,000" in refused.stderr
    monkeypatch.setenv("ENERGY_FULL", "2500")
    assert said(run("catalogue", "push", folder))["version"] != built_in().version
    assert "EnergyFull 2,500" in run("catalogue", "rollback").stderr
