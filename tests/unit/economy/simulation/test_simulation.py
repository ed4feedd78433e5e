"""A short run of the simulator: the same by seed, in balance, and its limits can fail."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from support.economy import catalogue
from tapstack.economy.catalogue.model import Catalogue
from tapstack.economy.commands import AnyCommand
from tapstack.economy.deciding import Chance, decide, decided
from tapstack.economy.draft import Draft
from tapstack.economy.model import Holdings
from tapstack.economy.simulation import player, plot, report, run
from tapstack.economy.simulation.market import Choice, Market
from tapstack.economy.simulation.personas import PERSONAS
from tapstack.economy.simulation.run import Totals

PLAYERS, DAYS = 400, 7


@cache
def week() -> Totals:
    return run.run(catalogue(), PLAYERS, DAYS, seed=1, processes=1)


def verdicts(totals: Totals, of: Catalogue | None = None) -> dict[str, bool | None]:
    found = report.report(totals, of or catalogue()).verdicts
    return {verdict.name: verdict.ok for verdict in found}


def test_the_shares_of_the_personas_are_all_players() -> None:
    assert sum(persona.share for persona in PERSONAS) == pytest.approx(1)
    assert Counter(run.persona_of(number, 10_000).name for number in range(10_000)) == {
        persona.name: round(persona.share * 10_000) for persona in PERSONAS
    }


def test_a_week_is_in_balance_to_the_coin() -> None:
    totals = week()
    assert totals.imbalance == 0
    assert totals.commands > PLAYERS
    assert set(verdicts(totals).values()) <= {True, None}
    assert report.supply(totals)[-1] == totals.coins.total()


def test_the_same_seed_gives_the_same_week_on_however_many_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run.run(catalogue(), 60, 2, seed=5, processes=1) == run.run(catalogue(), 60, 2, seed=5, processes=1)
    assert run.run(catalogue(), 60, 2, seed=5, processes=1) != run.run(catalogue(), 60, 2, seed=6, processes=1)
    monkeypatch.setattr(run, "CHUNK", 30)
    alone = run.run(catalogue(), 60, 2, seed=5, processes=1)
    assert run.run(catalogue(), 60, 2, seed=5, processes=2) == alone


def test_what_is_decided_is_what_the_ledger_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The simulator leaves out the entry and its hashes, and nothing else of `decide`."""
    kinds = Counter[str]()

    def both(
        held: Holdings, of: Catalogue, command: AnyCommand, cause: str, now_ms: int, chance: Chance
    ) -> tuple[Draft, dict[str, Any]]:
        draft, result = decided(held, of, command, cause, now_ms, chance)
        told = decide(held, of, command, cause, now_ms, chance)
        assert draft.wallet == msgspec.structs.replace(told.wallet, head=held.wallet.head)
        assert (draft.changed_stacks(), draft.changed_pieces(), result) == (
            told.stacks,
            told.instances,
            told.entry.result,
        )
        assert draft.goals == (told.goals or held.goals)
        kinds[told.entry.kind] += 1
        return draft, result

    monkeypatch.setattr(player, "decided", both)
    run.run(catalogue(), 40, 3, seed=5, processes=1)
    assert kinds.keys() >= {"settle", "collect", "buy", "open", "equip", "claim", "checkin"}


def changed(**fields: object) -> Totals:
    totals = Totals(DAYS, players=Counter(regular=10, bot=1, ring=10))
    for day in range(DAYS):
        totals.coins[day, "mint:taps"], totals.coins[day, "sink:shop"] = 1_000, -700
        totals.income[day, "regular"], totals.income[day, "ring"], totals.income[day, "bot"] = 1_000, 1_200, 600
    for name, value in fields.items():
        setattr(totals, name, value)
    return totals


def test_figures_at_their_limits_pass() -> None:
    assert set(verdicts(changed()).values()) == {True}


@pytest.mark.parametrize(
    ("name", "totals"),
    [
        ("sum of all accounts", changed(imbalance=1)),
        (
            "sunk of minted, days 4-7",
            changed(coins=Counter({(3, "mint:taps"): 1_000, (3, "sink:shop"): -699})),
        ),
        ("bot's income to a regular's", changed(income=Counter({(0, "regular"): 1_000, (0, "bot"): 601}))),
        ("ring's income to as many regulars'", changed(income=Counter({(0, "regular"): 1_000, (0, "ring"): 1_201}))),
        ("coins from other players (ring's leakage)", changed(coins=Counter({(0, "flip:1"): 1}))),
        ("crates opened beyond their pity", changed(misses={"vault": 21})),
    ],
)  # fmt: skip
def test_a_figure_beyond_its_limit_fails(name: str, totals: Totals) -> None:
    assert [one for one, ok in verdicts(totals).items() if ok is False] == [name]
    assert not report.report(totals, catalogue()).passed


def test_sinks_before_the_fourth_day_are_not_judged() -> None:
    early = changed()
    early.coins[0, "sink:shop"] = 0
    assert verdicts(early)["sunk of minted, days 4-7"] is True


def test_wealth_of_all_alike_and_of_one_alone() -> None:
    assert report.gini(Counter({100: 50})) == pytest.approx(0)
    assert report.gini(Counter({0: 99, 100: 1})) == pytest.approx(0.99)
    assert [report.quantile(Counter({1: 50, 2: 40, 9: 10}), one) for one in (50, 51, 90, 99)] == [1, 2, 2, 9]


def test_what_is_limited_is_not_sold_more_often_than_it_is_there() -> None:
    market = Market(catalogue(), b"key", share=0.02)

    def shown() -> list[Choice]:
        return [one for choices in market.limited(run.START_MS, 10**9) for one in choices]

    offer = shown()[0]
    market.sell(offer, 3)
    assert offer in shown()
    market.sell(offer, 1)
    assert offer not in shown()


def test_a_picture_is_drawn(tmp_path: Path) -> None:
    pytest.importorskip("PIL")
    plot.draw(week(), catalogue(), tmp_path / "week.png")
    assert (tmp_path / "week.png").read_bytes().startswith(b"\x89PNG")
    plot.draw(Totals(1), catalogue(), tmp_path / "empty.png")
