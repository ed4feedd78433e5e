"""Purchases of limited offers, by the code behind POST /shop/buy: all buyers at one offer, then at a hundred."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import msgspec
from support.economy import op_at
from tapstack.economy.catalogue.built_in import built_in
from tapstack.economy.catalogue.model import Catalogue, Offer
from tapstack.economy.commands import Buy, Grant
from tapstack.economy.performing import carry_out, perform
from tapstack.economy.rules import shops, stock
from tapstack.platform.errors import StoreUnavailable

from bench.cases import Result
from bench.world import World

NAME = "purchases"
HOT = (1, 100)
BUYERS = 16
"""Each is a thread with a player of its own, who has one purchase under way."""

STOCK = 100_000
ITEM = "espresso"


class OneCatalogue:
    """A catalogue whose black market sells so many limited offers, more than a pushed one may."""

    def __init__(self, hot: int) -> None:
        offers = tuple(Offer(id=f"hot{hot}_{number}", item=ITEM, price=1) for number in range(hot))
        market = msgspec.structs.replace(
            built_in().shops.black_market, places=hot, hours=168, discounts=(0,), offers=offers, stock=STOCK
        )
        with_market = msgspec.structs.replace(built_in().shops, black_market=market)
        self.catalogue = msgspec.structs.replace(built_in(), shops=with_market)

    def current(self) -> Catalogue:
        return self.catalogue


def run(world: World, players: Sequence[str], rounds: int, seconds: float) -> Iterator[Result]:
    """Measures with each number of hot offers; raises RuntimeError where more or fewer are sold than were bought."""
    buyers = players[:BUYERS]
    for buyer in buyers:
        carry_out(world.stores, buyer, "bench#coins", Grant(account="mint:bench", coin=10**9))
    for hot in HOT:
        vars(world.stores)["catalogues"] = OneCatalogue(hot)
        result = Result(f"{NAME}, hot offers: {hot}", "purchases/s")
        bought = given_up = 0
        with ThreadPoolExecutor(len(buyers)) as pool:
            for _ in range(rounds):
                ends_s = time.monotonic() + seconds
                done = list(pool.map(lambda buyer: _buy_until(world, buyer, ends_s), buyers))  # noqa: B023
                result.runs.append(sum(count for count, _ in done) / seconds)
                bought += sum(count for count, _ in done)
                given_up += sum(count for _, count in done)
        sold = _sold(world)
        if not bought <= sold <= bought + given_up:
            raise RuntimeError(f"{sold} sold, but {bought} bought and {given_up} given up")
        yield result
        if given_up:
            yield Result(f"given up, hot offers: {hot}", "purchases", [float(given_up)])
    vars(world.stores).pop("catalogues")


def _buy_until(world: World, buyer: str, ends_s: float) -> tuple[int, int]:
    """How many purchases a buyer makes until then, going from offer to offer, and how many met too many others."""
    offers = _offers(world)
    done = given_up = 0
    while time.monotonic() < ends_s:
        offer = offers[(done + given_up) % len(offers)]
        try:
            perform(world.stores, buyer, op_at(world.stores.clock()), Buy(offer=offer.id, price=offer.price))
        except StoreUnavailable:
            given_up += 1
        else:
            done += 1
    return done, given_up


def _offers(world: World) -> list[shops.Shown]:
    stores = world.stores
    catalogue = stores.catalogues.current()
    return shops.in_shop(shops.BLACK_MARKET, catalogue, stores.chance.key, "", stores.clock())


def _sold(world: World) -> int:
    sold = world.stores.commons.sold({offer.id: stock.shards(offer.stock) for offer in _offers(world)})
    return sum(sum(shards.values()) for shards in sold.values())
