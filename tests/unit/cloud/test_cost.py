"""The cost page: made from the template as it is now, and right where arithmetic can tell."""

from __future__ import annotations

import importlib.util
import sys
from typing import Any

import pytest
from support.servers import ROOT


@pytest.fixture(scope="module")
def cost() -> Any:
    spec = importlib.util.spec_from_file_location("docs_cost", ROOT / "docs/cost.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_page_is_what_the_template_says_now(cost: Any) -> None:
    assert (ROOT / "docs/cost.md").read_text() == cost.page(), "run `make cost`"


def test_tiers_are_paid_each_at_its_own_price(cost: Any) -> None:
    tiers = ((10, 3.0), (100, 2.0), (float("inf"), 1.0))
    assert cost.tiered(5, *tiers) == 15
    assert cost.tiered(10, *tiers) == 30
    assert cost.tiered(60, *tiers) == 130
    assert cost.tiered(110, *tiers) == 30 + 180 + 10


def test_budget_bounds_what_clicks_cost_until_batches_are_15_s(cost: Any) -> None:
    small, large = (cost.Load(players, 200, 60).clicks for players in (1_000, 3_000))
    assert small == large == 200 * cost.MONTH_S
    assert cost.Load(6_000, 200, 60).clicks == 2 * cost.Load(3_000, 200, 60).clicks


def test_saves_follow_the_slower_of_batches_and_syncs(cost: Any) -> None:
    crowd = {every_s: cost.Load(1_000, 1_000, 60, every_s) for every_s in (0.5, 1, 5)}
    assert crowd[0.5].saves == crowd[1].saves == 1_000 * cost.MONTH_S
    assert crowd[5].saves == 200 * cost.MONTH_S
    assert cost.costs(crowd[5], 512)["DynamoDB"] < cost.costs(crowd[1], 512)["DynamoDB"] / 4


def test_alarms_are_paid_by_the_metrics_they_watch(cost: Any) -> None:
    """Four functions in one alarm, and one metric in each of the six others."""
    assert cost.alarms() == 10
