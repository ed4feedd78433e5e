"""A run: so many players for so many days on all cores, and what came of it."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import accumulate
from multiprocessing import get_context
from typing import Any

from tapstack.economy.catalogue.model import Boost, Catalogue, Crate, Currency
from tapstack.economy.deciding import Chance
from tapstack.economy.model import Holdings
from tapstack.economy.rules.pieces import resale
from tapstack.economy.simulation.market import Market
from tapstack.economy.simulation.personas import PERSONAS, Persona
from tapstack.economy.simulation.player import DAY_MS, SimulatedPlayer

START_MS = 1_790_035_200_000
"""A midnight (UTC)."""

CHUNK = 5_000
WEALTH_STEP = 10
"""Wealth is counted in steps of so many coins, so that a million players fit into one table."""


@dataclass
class Totals:
    """What a run adds up.

    `coins` by (day, account) are what came from house accounts (below zero: what went there), `income` by (day,
    persona) what was minted. `wealth` counts players by (persona, step of coins and resale value), `tiers` those who
    reached a tier by (tier, hour). Of crates: how many were opened, what their drops are worth, how many were rare by
    pity alone, and the longest row without something rare.
    """

    days: int = 0
    players: Counter[str] = field(default_factory=Counter)
    coins: Counter[tuple[int, str]] = field(default_factory=Counter)
    income: Counter[tuple[int, str]] = field(default_factory=Counter)
    wealth: Counter[tuple[str, int]] = field(default_factory=Counter)
    tiers: Counter[tuple[str, int]] = field(default_factory=Counter)
    opened: Counter[str] = field(default_factory=Counter)
    drawn: Counter[str] = field(default_factory=Counter)
    forced: Counter[str] = field(default_factory=Counter)
    misses: dict[str, int] = field(default_factory=dict)
    commands: int = 0
    imbalance: int = 0

    def plus(self, other: Totals) -> None:
        for name in ("players", "coins", "income", "wealth", "tiers", "opened", "drawn", "forced"):
            getattr(self, name).update(getattr(other, name))
        for crate, row in other.misses.items():
            self.misses[crate] = max(row, self.misses.get(crate, 0))
        self.commands += other.commands
        self.imbalance += other.imbalance


def run(
    catalogue: Catalogue,
    players: int,
    days: int,
    seed: int,
    *,
    processes: int = 0,
    advance: Callable[[int], None] = lambda _: None,
) -> Totals:
    """Plays; the same arguments always give the same totals, on however many cores."""
    jobs = [(catalogue, first, min(CHUNK, players - first), players, days, seed) for first in range(0, players, CHUNK)]
    totals = Totals(days)
    processes = min(processes or os.cpu_count() or 1, len(jobs))
    if processes == 1:
        _add_up(totals, map(_chunk, jobs), advance)
    else:
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=gc.disable) as pool:
            _add_up(totals, pool.map(_chunk, jobs), advance)
    return totals


def _add_up(totals: Totals, chunks: Iterable[Totals], advance: Callable[[int], None]) -> None:
    for chunk in chunks:
        totals.plus(chunk)
        advance(chunk.players.total())


def _chunk(job: tuple[Catalogue, int, int, int, int, int]) -> Totals:
    catalogue, first, count, players, days, seed = job
    totals, chance = Totals(), Chance(f"simulation:{seed}".encode())
    market = Market(catalogue, chance.key, count / players)
    for number in range(first, first + count):
        _week(SimulatedPlayer(number, persona_of(number, players), market, chance, seed), days, totals)
    return totals


def persona_of(number: int, players: int) -> Persona:
    """Spreads the personas evenly over the players' numbers."""
    at = (number * 7_919 % players) / players
    for persona, upto in zip(PERSONAS, accumulate(persona.share for persona in PERSONAS), strict=True):
        if at < upto:
            return persona
    return PERSONAS[-1]


def _week(player: SimulatedPlayer, days: int, totals: Totals) -> None:
    name = player.persona.name
    totals.players[name] += 1
    coming = iter(player.catalogue.ladder[1:])
    following = next(coming, None)
    pity: dict[str, int] = {}
    for day in range(days):
        flows = player.wallet.flows
        for done in player.day(START_MS + day * DAY_MS):
            if "drops" in done.result:
                _opened(done.result, player.catalogue, pity, totals)
            while following and done.xp >= following.xp:
                totals.tiers[following.id, (done.at_ms - START_MS) // 3_600_000] += 1
                following = next(coming, None)
        _money(flows, player.wallet.flows, day, name, totals)
    wallet = player.wallet
    totals.wealth[name, worth(player.holdings, player.catalogue) // WEALTH_STEP] += 1
    totals.commands += player.commands
    totals.imbalance += abs(wallet.coin + sum(n for account, n in wallet.flows.items() if "/" not in account))


def worth(held: Holdings, catalogue: Catalogue) -> int:
    """Coins, and what everything would sell for."""
    pieces = ((piece, catalogue.by_id[piece.item]) for piece in held.instances.values())
    goods = sum(resale(piece, item, held.wallet.settled) for piece, item in pieces)
    return held.wallet.coin + goods + sum(catalogue.by_id[one].sell * count for one, count in held.stacks.items())


def _money(before: Mapping[str, int], after: Mapping[str, int], day: int, persona: str, totals: Totals) -> None:
    """Adds what a day has moved from and to the house accounts; those with a "/" are not of coins."""
    for account in before.keys() | after.keys() if after is not before else ():
        moved = after.get(account, 0) - before.get(account, 0)
        if moved and "/" not in account:
            totals.coins[day, account] -= moved
            if account.startswith("mint:"):
                totals.income[day, persona] -= moved


def _opened(result: dict[str, Any], catalogue: Catalogue, pity: dict[str, int], totals: Totals) -> None:
    """Counts drops by what they are worth, and checks from outside that pity keeps its promise."""
    crate_id, drops = result["crate"], result["drops"]
    crate = catalogue.item(crate_id)
    assert isinstance(crate, Crate)  # noqa: S101 - nothing else is opened
    totals.opened[crate_id] += len(drops)
    for item_id, currency, count in drops:
        item = catalogue.item(item_id)
        if item is None:
            totals.drawn[crate_id] += count if currency == Currency.COIN else 0
        else:
            totals.drawn[crate_id] += count * (catalogue.boost_coins(item) if isinstance(item, Boost) else item.sell)
        if crate.pity:
            rare = item is not None and item.rarity.rank >= crate.pity.rarity.rank
            row = pity.get(crate_id, 0)
            totals.forced[crate_id] += rare and row >= crate.pity.opens
            pity[crate_id] = 0 if rare else row + 1
            totals.misses[crate_id] = max(totals.misses.get(crate_id, 0), pity[crate_id])
