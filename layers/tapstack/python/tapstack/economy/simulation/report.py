"""What a run means: figures of the whole economy, and whether they are within their limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tapstack.economy.catalogue.model import Catalogue, Crate
from tapstack.economy.simulation.personas import BOT, PERSONAS, REGULAR, RING
from tapstack.economy.simulation.run import WEALTH_STEP, Totals

SETTLED_FROM = 3
"""The first day (from 0) on which players have what they begin with: sinks are judged from there."""

SINK_AT_LEAST = 0.70
BOT_AT_MOST = 6.0
RING_AT_MOST = 1.2
QUANTILES = (50, 90, 99)

Row = dict[str, Any]


class Verdict(NamedTuple):
    """A figure with its limit; `ok` is None where the run had nobody to measure it on."""

    name: str
    figure: str
    limit: str
    ok: bool | None


@dataclass(frozen=True, slots=True)
class Report:
    """The tables of a run, by their titles, and the verdicts."""

    tables: dict[str, list[Row]]
    verdicts: list[Verdict]

    @property
    def passed(self) -> bool:
        return all(verdict.ok is not False for verdict in self.verdicts)


def report(totals: Totals, catalogue: Catalogue) -> Report:
    """The figures of a run."""
    tables = {
        "Coins by account and day": _flows(totals),
        "Supply": _supply(totals),
        "Wealth": _wealth(totals),
        "Hours to each tier": _tiers(totals, catalogue),
        "Crates": _crates(totals, catalogue),
        "Income a day": _income(totals),
    }
    return Report(tables, _verdicts(totals, catalogue))


def minted(totals: Totals, day: int) -> int:
    return sum(coins for (on, account), coins in totals.coins.items() if on == day and account.startswith("mint:"))


def sunk(totals: Totals, day: int) -> int:
    return -sum(coins for (on, account), coins in totals.coins.items() if on == day and account.startswith("sink:"))


def supply(totals: Totals) -> list[int]:
    """The coins that all players have together at the end of each day."""
    so_far, ends = 0, []
    for day in range(totals.days):
        so_far += sum(coins for (on, _), coins in totals.coins.items() if on == day)
        ends.append(so_far)
    return ends


def mean_income(totals: Totals, persona: str) -> float:
    """What a player of a kind mints on a day, on average."""
    players = totals.players[persona]
    coins = sum(coins for (_, name), coins in totals.income.items() if name == persona)
    return coins / players / totals.days if players else 0.0


def gini(wealth: Counter[int]) -> float:
    """0 where all have the same, towards 1 where one has all; of counts by wealth."""
    players, coins, area, below = wealth.total(), 0, 0.0, 0
    for step, count in sorted(wealth.items()):
        coins += step * count
        area += count * (below + count / 2) * step
        below += count
    return 2 * area / (players * coins) - 1 if coins else 0.0


def quantile(counts: Counter[int], per_cent: float) -> int:
    """The smallest value that so many per cent do not exceed."""
    below, wanted = 0, counts.total() * per_cent / 100
    for value, count in sorted(counts.items()):
        below += count
        if below >= wanted:
            return value
    return 0


def wealth_of(totals: Totals, personas: Iterable[str]) -> Counter[int]:
    """How many players have so much, in steps of WEALTH_STEP coins."""
    wanted, counts = set(personas), Counter[int]()
    for (persona, step), count in totals.wealth.items():
        if persona in wanted:
            counts[step] += count
    return counts


def hours_to(totals: Totals, tier: str) -> Counter[int]:
    return Counter({hour: count for (name, hour), count in totals.tiers.items() if name == tier})


def _flows(totals: Totals) -> list[Row]:
    accounts = sorted({account for _, account in totals.coins})
    return [
        {"account": account} | {f"day {day + 1}": totals.coins[day, account] for day in range(totals.days)}
        for account in accounts
    ]


def _supply(totals: Totals) -> list[Row]:
    rows, before = [], 0
    for day, coins in enumerate(supply(totals)):
        made, gone = minted(totals, day), sunk(totals, day)
        rows.append(
            {
                "day": day + 1,
                "minted": made,
                "sunk": gone,
                "sunk of minted": f"{gone / made:.0%}" if made else "–",
                "supply": coins,
                "growth": f"{coins / before - 1:+.0%}" if before else "–",
            }
        )
        before = coins
    return rows


def _wealth(totals: Totals) -> list[Row]:
    rows = []
    names = [persona.name for persona in PERSONAS]
    for name, personas in [("all", names), *((one, [one]) for one in names)]:
        counts = wealth_of(totals, personas)
        figures = {f"p{one}": quantile(counts, one) * WEALTH_STEP for one in QUANTILES}
        rows.append({"players": name, "count": counts.total()} | figures | {"Gini": f"{gini(counts):.2f}"})
    return rows


def _tiers(totals: Totals, catalogue: Catalogue) -> list[Row]:
    rows, players = [], totals.players.total()
    for tier in catalogue.ladder[1:]:
        hours = hours_to(totals, tier.id)
        reached = hours.total()
        median = f"{quantile(hours, 50)}" if reached else "–"
        rows.append(
            {
                "tier": tier.name["en"],
                "XP": tier.xp,
                "reached": f"{reached / players:.1%}",
                "first": f"{min(hours)}" if reached else "–",
                "median": median,
            }
        )
    return rows


def _crates(totals: Totals, catalogue: Catalogue) -> list[Row]:
    prices = {offer.item: offer.price for offer in catalogue.shops.always}
    rows = []
    for crate in catalogue.items:
        opened = totals.opened[crate.id]
        if not isinstance(crate, Crate) or not opened:
            continue
        value, price = totals.drawn[crate.id] / opened, prices.get(crate.id, 0)
        rows.append(
            {
                "crate": crate.name["en"],
                "opened": opened,
                "price": price,
                "value": f"{value:,.0f}",
                "return": f"{value / price:.0%}" if price else "–",
                "by pity": f"{totals.forced[crate.id] / opened:.2%}" if crate.pity else "–",
                "longest row": f"{totals.misses[crate.id]} of {crate.pity.opens}" if crate.pity else "–",
            }
        )
    return rows


def _income(totals: Totals) -> list[Row]:
    regular = mean_income(totals, REGULAR.name)
    return [
        {
            "players": persona.name,
            "count": totals.players[persona.name],
            "coins": round(mean_income(totals, persona.name)),
            "to regular": f"{mean_income(totals, persona.name) / regular:.2f}" if regular else "–",
        }
        for persona in PERSONAS
    ]


def _verdicts(totals: Totals, catalogue: Catalogue) -> list[Verdict]:
    days = range(SETTLED_FROM, totals.days)
    made, gone = sum(minted(totals, day) for day in days), sum(sunk(totals, day) for day in days)
    others = sum(coins for (_, account), coins in totals.coins.items() if not account.startswith(("mint:", "sink:")))
    too_long = [
        crate.id
        for crate in catalogue.items
        if isinstance(crate, Crate) and crate.pity and totals.misses.get(crate.id, 0) > crate.pity.opens
    ]
    share = gone / made if made else 0.0
    return [
        Verdict("sum of all accounts", f"{totals.imbalance:,}", "0", totals.imbalance == 0),
        Verdict(
            f"sunk of minted, days {SETTLED_FROM + 1}-{totals.days}",
            f"{share:.1%}",
            f"at least {SINK_AT_LEAST:.0%}",
            share >= SINK_AT_LEAST if made else None,
        ),
        _ratio("bot's income to a regular's", totals, BOT.name, BOT_AT_MOST),
        _ratio("ring's income to as many regulars'", totals, RING.name, RING_AT_MOST),
        Verdict("coins from other players (ring's leakage)", f"{others:,}", "0", others == 0),
        Verdict("crates opened beyond their pity", ", ".join(too_long) or "none", "none", not too_long),
    ]


def _ratio(name: str, totals: Totals, persona: str, most: float) -> Verdict:
    mine, regular = mean_income(totals, persona), mean_income(totals, REGULAR.name)
    if not mine or not regular:
        return Verdict(name, "–", f"at most {most:g}", None)
    return Verdict(name, f"{mine / regular:.2f}", f"at most {most:g}", mine / regular <= most)


def markdown(found: Report) -> str:
    """The report as a page."""
    parts = [_table([verdict._asdict() | {"ok": _WORDS[verdict.ok]} for verdict in found.verdicts])]
    parts += [f"## {title}\n\n{_table(rows)}" for title, rows in found.tables.items() if rows]
    return "\n\n".join(parts)


_WORDS = {True: "yes", False: "**no**", None: "–"}


def _table(rows: Sequence[Row]) -> str:
    names = list(rows[0])
    numbers = [all(isinstance(row[name], int) for row in rows) for name in names]
    lines = [names, ["---:" if number else "---" for number in numbers]]
    lines += [[f"{row[name]:,}" if isinstance(row[name], int) else str(row[name]) for name in names] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
