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
    """Four functions in one alarm, four metrics of URLs in another, three in a third, and one in each of the others."""
    assert cost.alarms() == 18


def test_flood_of_a_path_costs_what_its_limit_lets_in(cost: Any) -> None:
    """2,000 calls a second cost $605 a day at the API alone; that was the limit of any path and of all together."""
    millions = 2_000 * 86_400 / 1_000_000
    assert round(millions * cost.REST_CALLS[0][1]) == 605
    everything = cost.Route("any", 2_000).dollars_a_day
    assert everything > millions * (cost.REST_CALLS[0][1] + cost.EDGE_CALLS + cost.LAMBDA_CALLS)
    costs = {route.name: route.dollars_a_day for route in cost.routes()}
    assert costs["POST /clicks"] < everything
    assert max(dollars for name, dollars in costs.items() if name != "POST /clicks") < everything / 5
    assert costs["GET /leaderboard/fame"] < everything / 100


def test_ceiling_of_an_attack_is_the_sum_of_limits_that_the_template_sets(cost: Any) -> None:
    bounds = {service: dollars for service, (_, dollars) in cost.ceiling(512).items()}
    calls = sum(route.per_s for route in cost.routes()) * 86_400
    assert bounds["API Gateway"] == pytest.approx(calls * 3.50e-6)
    assert bounds["CloudFront"] == pytest.approx(calls * 1.00e-6)
    assert bounds["Lambda"] < cost.ceiling(1_024)["Lambda"][1]
    assert bounds["API Gateway"] < 700
    assert sum(bounds.values()) < 2_000


def test_calls_of_function_urls_pay_neither_the_api_nor_the_edge_but_their_data(cost: Any) -> None:
    direct, by_api = (cost.Load(5_000, 1_000, 60, urls=urls) for urls in (True, False))
    now, before = (cost.costs(load, 512) for load in (direct, by_api))
    assert now["API Gateway"] < 2 < before["API Gateway"]
    assert before["CloudFront"] - now["CloudFront"] > (by_api.clicks + by_api.beats) / 1_000_000 * cost.EDGE_CALLS
    assert now["Lambda"] == before["Lambda"]
    answers = (direct.clicks + direct.beats) * (cost.URL_ANSWER_BYTES + cost.URL_OWN_BYTES)
    assert now["Data transfer of function URLs"] > answers / 2**30 * 0.085
    assert before["Data transfer of function URLs"] == 0
    assert sum(now.values()) < sum(before.values()) / 3


def test_flood_of_a_url_costs_what_its_concurrency_lets_in(cost: Any) -> None:
    found = {url.function: url for url in cost.urls()}
    assert found.keys() == {"ClickFunction", "HeartbeatFunction"}
    click = found["ClickFunction"]
    assert click.per_s == 10 * cost.source()["Parameters"]["HotConcurrency"]["Default"]
    assert click.dollars_a_day(512) > click.at_once * 86_400 * 0.5 * cost.LAMBDA_GB_S
    assert sum(url.dollars_a_day(512) for url in cost.urls()) < 200
    everything = {service: dollars for service, (_, dollars) in cost.ceiling(512).items()}
    assert everything["Data transfer"] == pytest.approx(sum(url.out_gb_a_day for url in cost.urls()) * 0.09)


def test_ceiling_follows_the_parameters(cost: Any) -> None:
    assert cost.value({"Ref": "ClickRateLimit"}) == cost.source()["Parameters"]["ClickRateLimit"]["Default"]
    paused = {"Fn::If": ["IsPaused", 0, {"Fn::If": ["HasLimits", 50, {"Ref": "AWS::NoValue"}]}]}
    assert cost.value(paused) == 50
