"""One effect for one cause, over real stores: in races, with faults at the seam, and after a lost Redis."""

from __future__ import annotations

import math
import runpy
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import pytest
from support.aws_calls import watched
from support.economy import CHANCE, catalogue, op_at
from support.economy_faults import TIMES, FaultyCalls, assert_sound, insist
from support.economy_players import give, give_taps
from support.game import Game, TestContainer
from support.racing import race
from support.servers import ROOT
from tapstack.economy import commands, publishing, receipts
from tapstack.economy.performing import perform, whole
from tapstack.economy.reading import EconomyReader
from tapstack.economy.rules import shops
from tapstack.platform.errors import Conflict, StoreUnavailable
from tapstack.platform.redis_direct import DirectClient
from tapstack.platform.redis_pool import Client

SPOON = commands.Buy(offer="always.wooden_spoon", price=400)


@pytest.fixture
def stores(timed_game: Game) -> TestContainer:
    """Time stands still: no shop changes in the middle of a test."""
    return timed_game.stores


def with_faults(stores: TestContainer, faults: Mapping[str, int]) -> FaultyCalls:
    found = FaultyCalls(stores.tables.client, faults)
    stores.tables.client = found
    return found


def sound(stores: TestContainer, player_id: str) -> None:
    assert_sound(whole(stores, player_id).holdings.wallet, stores.wallets.entries(player_id))


def test_32_threads_with_one_op_have_one_effect_and_32_equal_answers(stores: TestContainer) -> None:
    give_taps(stores, "ada", 0)
    give(stores, "ada", coin=10_000)
    op = op_at(stores.clock())
    done = race(32, lambda _: insist(lambda: perform(stores, "ada", op, SPOON)))
    assert {msgspec.json.encode(receipts.bought(entry)) for entry in done} == {
        msgspec.json.encode(receipts.bought(done[0]))
    }
    held = whole(stores, "ada").holdings
    assert (held.wallet.coin, len(held.instances)) == (9_600, 1)
    sound(stores, "ada")


def test_32_buyers_of_the_last_5_pieces_get_exactly_5(stores: TestContainer) -> None:
    market = catalogue().shops.black_market
    few = msgspec.structs.replace(market, stock=5)
    publishing.push(
        stores, msgspec.structs.replace(catalogue(), shops=msgspec.structs.replace(catalogue().shops, black_market=few))
    )
    shown = shops.offers(stores.catalogues.current(), stores.chance.key, "", stores.clock())
    offer = next(one for one in shown if one.stock == 5)
    buyers = [f"buyer{n:02d}" for n in range(32)]
    for buyer in buyers:
        give_taps(stores, buyer, 5_000_000)
        give(stores, buyer, coin=1_000_000)

    def buy(number: int) -> str:
        op = op_at(stores.clock())
        command = commands.Buy(offer=offer.id, price=offer.price)
        try:
            insist(lambda: perform(stores, buyers[number], op, command))
        except Conflict as refusal:
            return refusal.code
        return "bought"

    answers = race(32, buy)
    assert sorted(answers) == ["bought"] * 5 + ["sold_out"] * 27
    assert sum(stores.commons.sold({offer.id: 1})[offer.id].values()) == 5
    owned = sum(len(h.instances) + len(h.stacks) for h in (whole(stores, b).holdings for b in buyers))
    assert owned == 5
    for buyer in buyers[:8]:
        sound(stores, buyer)


@pytest.mark.parametrize(
    "faults",
    [
        {"killed before": 50},
        {"killed after": 50},
        {"lost before": 50},
        {"lost after": 50},
        {"conflict": 60},
        {"conflict": 30, "lost after": 10, "lost before": 10, "killed after": 10, "killed before": 10},
    ],
    ids=lambda faults: "-".join(faults).replace(" ", "_"),
)
def test_whatever_happens_to_a_transaction_it_counts_once(stores: TestContainer, faults: dict[str, int]) -> None:
    give_taps(stores, "ada", 500)
    give(stores, "ada", coin=100_000)
    met = with_faults(stores, faults)
    bought = 8 * TIMES
    for _ in range(bought):
        op = op_at(stores.clock())
        command = commands.Buy(offer="always.paper_bag", price=180)
        first = insist(lambda: perform(stores, "ada", op, command, pause=lambda _: None))  # noqa: B023
        again = insist(lambda: perform(stores, "ada", op, command, pause=lambda _: None))  # noqa: B023
        assert receipts.bought(again) == receipts.bought(first)
    held = whole(stores, "ada").holdings
    assert held.stacks == {"paper_bag": bought}
    assert held.wallet.coin == 100_000 + 500 - 180 * bought
    assert met.met
    sound(stores, "ada")


def test_lost_redis_in_the_middle_of_settling_mints_no_coin_twice(stores: TestContainer) -> None:
    players = [f"player{n:03d}" for n in range(8 * TIMES)]
    for number, player_id in enumerate(players):
        give_taps(stores, player_id, 1_000 + number)
    real, losing = stores.tables.client, {"now": True}

    class Losing:
        def call(self, operation: str, arguments: Mapping[str, Any], /) -> dict[str, Any]:
            if operation == "TransactWriteItems" and losing["now"]:
                stores.redis.flushdb()
            return real.call(operation, arguments)

    def settle(player_id: str) -> int:
        perform(stores, player_id, op_at(stores.clock()), commands.Settle())
        return whole(stores, player_id).holdings.wallet.coin

    stores.tables.client = Losing()
    first = settle(players[0])
    losing["now"] = False
    assert first == 1_000
    for number, player_id in enumerate(players):
        give_taps(stores, player_id, 600)  # as last saved
        before = 1_000 if player_id == players[0] else 0
        assert settle(player_id) == max(before, 600)
        give_taps(stores, player_id, 1_010 + number)  # the clients have sent their counts again, and some more
        assert settle(player_id) == 1_010 + number
        sound(stores, player_id)


def test_command_is_one_read_of_redis_one_query_one_transaction_and_one_projection(
    stores: TestContainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_taps(stores, "ada", 1_000)
    perform(stores, "ada", op_at(stores.clock()), commands.Settle())  # reads what all players share
    asked: list[str] = []
    execute, ask = Client.execute_command, DirectClient._ask

    def noted(self: Client, *arguments: Any, **options: Any) -> Any:
        asked.append(arguments[0])
        return execute(self, *arguments, **options)

    def noted_directly(self: DirectClient, sent: Sequence[tuple[Any, ...]]) -> list[Any]:
        asked.extend(command[0] for command in sent)
        return ask(self, sent)

    monkeypatch.setattr(Client, "execute_command", noted)
    monkeypatch.setattr(DirectClient, "_ask", noted_directly)
    give_taps(stores, "ada", 2_000)
    asked.clear()
    with watched(lambda _, operation, __: asked.append(operation)):
        perform(stores, "ada", op_at(stores.clock()), SPOON)
    assert asked == ["HMGET", "Query", "TransactWriteItems", "EVALSHA"]
    asked.clear()
    reader = EconomyReader()
    for _ in range(2):  # a process shows a wallet once
        reader.economy(stores, "ada")
    assert asked == ["HMGET", "EVALSHA", "HMGET"]


def units(item: Mapping[str, Any]) -> int:
    """Write units of an item of this size."""
    size = sum(len(name) + len(str(next(iter(value.values()))).encode()) for name, value in item.items())
    return math.ceil(size / 1_024)


@pytest.fixture
def cost(monkeypatch: pytest.MonkeyPatch) -> Any:
    """docs/cost.py, which states what commands are paid for."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    return runpy.run_path(str(ROOT / "docs/cost.py"))


def test_commands_take_the_write_units_that_the_price_list_counts(stores: TestContainer, cost: Any) -> None:
    """Twice for each item of a transaction, and once more for the entry in the index of the ledger."""
    stores.chance = CHANCE
    give_taps(stores, "ada", 30_000)
    give(stores, "ada", coin=1_000_000, paper_bag=10, espresso=5)

    def counted(command: commands.AnyCommand) -> int:
        written: list[Any] = []
        with watched(lambda _, __, arguments: written.extend(arguments.get("TransactItems", ()))):
            give_taps(stores, "ada", whole(stores, "ada").holdings.wallet.settled + 2_000)
            perform(stores, "ada", op_at(stores.clock()), command)
        total = 0
        for action in written:
            (kind, what), *_ = action.items()
            key = what.get("Key") or {name: what["Item"][name] for name in ("player_id", "cause")}
            item = real(what["TableName"], key) if kind != "Delete" else {}
            total += 2 * max(1, units(item)) + (units(item) if kind == "Put" else 0)
        return total

    def real(table: str, key: Mapping[str, Any]) -> Mapping[str, Any]:
        found: Mapping[str, Any] = stores.tables.client.call("GetItem", {"TableName": table, "Key": key})["Item"]
        return found

    assert {
        "settle": counted(commands.Settle()),
        "buy": counted(SPOON),
        "use": counted(commands.Use(item="espresso")),
        "open": counted(commands.Open(crate="paper_bag")),
        "sell": counted(commands.Sell(item="espresso")),
        "check in": counted(commands.CheckIn()),
        "claim": counted(commands.Claim(cause="c#ach#taps#1")),
    } == cost["COMMAND_WRITE_UNITS"]


def test_projection_takes_the_commands_that_the_price_list_counts(stores: TestContainer, cost: Any) -> None:
    def calls() -> dict[str, int]:
        return {
            name.removeprefix("cmdstat_"): found["calls"] for name, found in stores.redis.info("commandstats").items()
        }

    give_taps(stores, "ada", 1_000)
    perform(stores, "ada", op_at(stores.clock()), commands.Settle())
    give_taps(stores, "ada", 2_000)
    before = calls()
    perform(stores, "ada", op_at(stores.clock()), commands.Settle())
    made = {name: now - before.get(name, 0) for name, now in calls().items() if now != before.get(name)}
    assert made.pop("hmget") == made.pop("info") == 1
    assert made == {"evalsha": 1, "exists": 2, "zadd": 11, "pexpire": 9}
    assert sum(made.values()) == cost["ECPU_PER_PROJECTION"]


def test_read_that_saw_parts_of_two_times_is_not_believed(stores: TestContainer) -> None:
    """As a query may beside a transaction: here it never ends, as in a table that was restored."""
    give_taps(stores, "ada", 0)
    give(stores, "ada", coin=1_000, espresso=2, paper_bag=1)
    table = stores.settings.tables.holdings
    key = {"player_id": {"S": "ada"}, "part": {"S": "S#espresso"}}
    stores.tables.client.call("DeleteItem", {"TableName": table, "Key": key})
    assert stores.wallets.read("ada") is None
    with pytest.raises(StoreUnavailable) as refusal:
        perform(stores, "ada", op_at(stores.clock()), SPOON)
    assert refusal.value.code == "wallet_unreadable"
