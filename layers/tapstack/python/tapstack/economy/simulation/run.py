"""A run: so many players for so many days on all cores, and what came of it."""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import reduce
from itertools import accumulate

from tapstack.economy.catalogue.model import Catalogue, Currency
from tapstack.economy.deciding import Chance
from tapstack.economy.model import PLAYER
from tapstack.economy.simulation.personas import PERSONAS, Persona
from tapstack.economy.simulation.player import DAY_MS, SimulatedPlayer

START_MS = 1_790_035_200_000
"""A midnight (UTC)."""

CHUNK = 5_000
WEALTH_STEP = 10
"""Wealth is counted in steps of so many coins, so that a million players fit into one table."""


@dataclass
class Totals:
    """What a run adds up: coins by (day, account), wealth by (persona, step), and players who reached a tier by hour."""

    players: Counter[str] = field(default_factory=Counter)
    coins: Counter[tuple[int, str]] = field(default_factory=Counter)
    income: Counter[tuple[int, str]] = field(default_factory=Counter)
    wealth: Counter[tuple[str, int]] = field(default_factory=Counter)
    tiers: Counter[tuple[str, int]] = field(default_factory=Counter)
    opened: Counter[str] = field(default_factory=Counter)
    commands: int = 0
    imbalance: int = 0

    def plus(self, other: Totals) -> Totals:
        for name in ("players", "coins", "income", "wealth", "tiers", "opened"):
            getattr(self, name).update(getattr(other, name))
        self.commands += other.commands
        self.imbalance += other.imbalance
        return self


def run(catalogue: Catalogue, players: int, days: int, seed: int, processes: int = 0) -> Totals:
    """Plays; the same arguments always give the same totals, on however many cores."""
    jobs = [(catalogue, first, min(CHUNK, players - first), players, days, seed) for first in range(0, players, CHUNK)]
    with ProcessPoolExecutor(processes or os.cpu_count()) as pool:
        return reduce(Totals.plus, pool.map(_chunk, *zip(*jobs, strict=True)), Totals())


def _chunk(catalogue: Catalogue, first: int, count: int, players: int, days: int, seed: int) -> Totals:
    totals, chance = Totals(), Chance(f"simulation:{seed}".encode())
    for number in range(first, first + count):
        player = SimulatedPlayer(number, persona_of(number, players), catalogue, chance, seed)
        _week(player, days, totals)
    return totals


def persona_of(number: int, players: int) -> Persona:
    """Spreads the personas evenly over the players' numbers."""
    at = (number * 7_919 % players) / players
    for persona, upto in zip(PERSONAS, accumulate(persona.share for persona in PERSONAS), strict=True):
        if at < upto:
            return persona
    return PERSONAS[-1]


def _week(player: SimulatedPlayer, days: int, totals: Totals) -> None:
    name, catalogue = player.persona.name, player.catalogue
    totals.players[name] += 1
    reached = catalogue.ladder[0].id
    for day in range(days):
        for entry in player.day(START_MS + day * DAY_MS):
            _add(entry.legs, day, name, totals)
            if "drops" in (entry.result or {}):
                totals.opened[entry.result["crate"]] += len(entry.result["drops"])
            tier = catalogue.tier_of(player.holdings.wallet.xp).id
            if tier != reached:
                reached = tier
                totals.tiers[tier, (entry.at_ms - START_MS) // 3_600_000] += 1
    wallet = player.holdings.wallet
    totals.wealth[name, wallet.coin // WEALTH_STEP] += 1
    totals.commands += player.commands
    totals.imbalance += wallet.coin + sum(amount for account, amount in wallet.flows.items() if "/" not in account)


def _add(legs: object, day: int, persona: str, totals: Totals) -> None:
    for leg in legs:  # type: ignore[attr-defined]
        if leg.currency is Currency.COIN and leg.account != PLAYER:
            totals.coins[day, leg.account] -= leg.amount
            if leg.account.startswith("mint:"):
                totals.income[day, persona] -= leg.amount
