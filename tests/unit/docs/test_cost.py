"""The cost page: made from the template as it is now, and right where arithmetic can tell."""

from __future__ import annotations

import gzip
import importlib.util
import json
import logging
import sys
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from support.fakes.ports import MemoryGame
from support.servers import ROOT
from tapstack.http import function_urls
from tapstack.leaderboards.model import Board, OwnRank
from tapstack.leaderboards.rules import change_of, entry_of
from tapstack.platform import logs
from tapstack.play.tap_operations import TapsRecorded


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
    """A crowd that sends every second is saved every second, unless SyncAtDirty is off or out of its reach."""
    crowd = {at_dirty: cost.Load(1_000, 1_000, 60, cost.Saving(5, at_dirty)) for at_dirty in (0, 100, 1_000, 1_001)}
    assert crowd[100].saves == crowd[1_000].saves == 1_000 * cost.MONTH_S
    assert crowd[0].saves == crowd[1_001].saves == 200 * cost.MONTH_S
    assert cost.costs(crowd[0], 512)["DynamoDB"] < cost.costs(crowd[100], 512)["DynamoDB"] / 4
    assert cost.Load(1_000, 50, 60, cost.Saving(60, 100)).saves == 1_000 / 15 * cost.MONTH_S, "they send every 15 s"
    assert cost.Load(1_000, 50, 60, cost.Saving(60, 0)).saves == 1_000 / 60 * cost.MONTH_S


def test_bill_is_that_of_the_parameters_as_they_are_in_the_template(cost: Any) -> None:
    assert cost.Saving.default() == cost.Saving(5, 100, provisioned=False)
    one = cost.Load(5_000, 1_000, 60)
    assert cost.costs(one, 512) == cost.costs(cost.Load(5_000, 1_000, 60, cost.Saving(5, 100)), 512)


def test_steady_saves_cost_a_third_on_provisioned_capacity(cost: Any) -> None:
    on_demand, provisioned = (
        cost.saving_dollars(cost.Load(5_000, 1_000, 60, cost.Saving(5, 100, how))) for how in (False, True)
    )
    assert on_demand == pytest.approx(1_000 * cost.MONTH_S * 0.625e-6)
    assert provisioned / on_demand == pytest.approx(1 / 3, abs=0.04)


def test_provisioned_capacity_costs_its_least_where_nobody_plays(cost: Any) -> None:
    """Which is why it is not the default."""
    idle = [cost.saving_dollars(cost.Load(0, 1_000, 60, cost.Saving(5, 100, how))) for how in (False, True)]
    assert idle[0] == 0
    assert 5 < idle[1] < 15


@pytest.mark.parametrize("players", [5_000, 100_000])
def test_bill_with_all_levers_is_within_its_ceiling(cost: Any, players: int) -> None:
    """$1,700 a month for 5,000 players and a batch every 5 s, $0.015 per million taps for 100,000."""
    load = cost.Load(players, 1_000, 60, cost.CHEAPEST)
    bill = sum(cost.costs(load, 512).values())
    assert bill / (load.taps / 1_000_000) <= cost.CEILINGS[players]
    assert bill <= {5_000: 1_700, 100_000: 0.015 * 1_296_000}[players]
    for lever in cost.PAGE_LEVERS.values():
        assert sum(cost.costs(cost.replace(load, **lever), 512).values()) > bill


@pytest.mark.parametrize("every_ms", [1_000, 5_000, 15_000])
def test_pages_send_as_many_batches_as_are_paid(cost: Any, every_ms: int) -> None:
    load = cost.Load(every_ms, 1_000, 60)
    assert load.measured_ms == every_ms == load.flush_s * 1_000
    assert load.sent("clicks") == pytest.approx(load.clicks, rel=0.01)
    assert load.beats == 0, "they all tap"
    watching = cost.TRAFFIC[f"taps never, shows the board, every {every_ms} ms"]
    assert watching["heartbeats"] == pytest.approx(180, rel=0.02)


def test_answers_have_as_many_bytes_as_are_paid(cost: Any, game: MemoryGame) -> None:
    """Bodies of a large game's numbers; headers as the functions send them."""
    ada = game.sign_in(1)
    rows = [entry_of(n, f"{n:016x}", f"player_{n:05}", 9_876_543) for n in range(1, 21)]
    neighbours = [msgspec.structs.replace(row, rank=12_340) for row in rows[:11]]
    board = Board(1_800_000_000_000, 1_800_000_000, 123_456_789_012, 100_000, 5_000, False, rows)
    click = TapsRecorded(12_345, 25, 9_876_543, 123_456_789_012, 1_800_000_000_000, 5_000)
    click = msgspec.structs.replace(click, paid_taps=987_654, energy_full_in_ms=1_310_000)
    bodies = [len(msgspec.json.encode(body)) for body in (click, board, OwnRank(12_345, 9_876_543, neighbours))]
    answers = ada.tap(1), game.call("leaderboard", "GET", "/leaderboard")
    direct = function_urls.url_answer({"statusCode": 200, "headers": answers[0].headers, "body": ""})["headers"]
    api, board_s, url = map(bytes_of, (answers[0].headers, answers[1].headers, direct))
    assert (bodies[0] + api, bodies[0] + url) == (cost.ANSWER_BYTES, cost.URL_ANSWER_BYTES)
    assert (bodies[1] + board_s, bodies[2] + api) == (cost.BOARD_BYTES, cost.RANK_BYTES)
    assert bytes_of({name: answers[0].headers[name] for name in OF_PAGES}) == cost.PAGE_HEADER_BYTES
    assert len(json.dumps(ada.opened, separators=(",", ":"))) + api <= cost.SESSION_BYTES
    wallet = game.call("economy", "GET", "/economy", headers=ada.headers).body
    assert len(json.dumps(wallet, separators=(",", ":"))) + api <= cost.WALLET_BYTES
    progress = game.call("economy", "GET", "/progress", headers=ada.headers).body
    assert len(gzip.compress(msgspec.json.encode(progress))) + api <= cost.PROGRESS_BYTES
    assert len('"board":,') + len(msgspec.json.encode(change_of(board))) == cost.WHOLE_BOARD_BYTES
    change = change_of(board, msgspec.structs.replace(board, entries=[rows[1], rows[0], *rows[2:]]))
    assert len('"board":,') + len(msgspec.json.encode(change)) <= cost.BOARD_CHANGE_BYTES


def test_a_device_keeps_the_wallet_as_long_as_is_counted(cost: Any) -> None:
    source = (ROOT / "miniapp/src/economy/kept.ts").read_text()
    assert f"KEPT_MS = {cost.WALLET_KEPT_S // 3_600} * 3600_000;" in source


def bytes_of(headers: Mapping[str, str]) -> int:
    return sum(len(f"{name}: {value}\r\n") for name, value in headers.items())


OF_PAGES = ("Content-Security-Policy", "Referrer-Policy", "Strict-Transport-Security")


def test_access_log_is_json_whose_fields_say_what_a_flood_is_asked_about(cost: Any) -> None:
    log: str = cost.resources("AWS::Serverless::Api")["Api"]["AccessLogSetting"]["Fn::If"][1]["Format"]
    line = json.loads(log)
    assert set(line) == {"id", "call", "status", "ms", "error"}
    assert {f"$context.{name}" for name in cost.ACCESS_LOG_VALUES} == set(" ".join(line.values()).split())
    assert cost.access_log_bytes() < 110


def test_line_of_a_refusal_has_as_many_bytes_as_are_paid(cost: Any) -> None:
    request_id = cost.ACCESS_LOG_VALUES["requestId"]
    record = logging.LogRecord("tapstack.http.app", logging.INFO, "app.py", 1, "refused", None, None)
    vars(record).update(operation="recordClicks", code="too_many_requests", request_id=request_id)
    logs.use_request_id(type("Context", (), {"aws_request_id": request_id})())
    assert len(logs.JsonFormatter().format(record)) == pytest.approx(cost.LOG_BYTES_PER_REFUSAL, abs=5)


def test_alarms_are_paid_by_the_metrics_they_watch(cost: Any) -> None:
    """Of functions four and five in two alarms, of URLs four and three in two others, and one in each of the rest."""
    assert cost.alarms() == 24


def test_flood_of_a_path_costs_what_its_limit_lets_in(cost: Any) -> None:
    """2,000 calls a second cost $605 a day at the API alone; that was the limit of any path and of all together."""
    millions = 2_000 * 86_400 / 1_000_000
    assert round(millions * cost.REST_CALLS[0][1]) == 605
    everything = cost.Route("any", 2_000).dollars_a_day
    assert everything > millions * (cost.REST_CALLS[0][1] + cost.EDGE_CALLS + cost.LAMBDA_CALLS)
    costs = {route.name: route.dollars_a_day for route in cost.routes()}
    assert costs["POST /clicks"] < everything
    assert max(dollars for name, dollars in costs.items() if name != "POST /clicks") < everything / 2
    assert costs["GET /leaderboard/fame"] < everything / 100


def test_ceiling_of_an_attack_is_the_sum_of_limits_that_the_template_sets(cost: Any) -> None:
    bounds = {service: dollars for service, (_, dollars) in cost.ceiling(512).items()}
    calls = sum(route.per_s for route in cost.routes()) * 86_400
    assert bounds["API Gateway"] == pytest.approx(calls * 3.50e-6)
    assert bounds["CloudFront"] == pytest.approx(calls * 1.00e-6)
    assert bounds["Lambda"] < cost.ceiling(1_024)["Lambda"][1]
    assert bounds["API Gateway"] < 1_200
    assert sum(bounds.values()) < 2_700


def test_ceiling_of_live_events_is_what_the_stage_lets_in(cost: Any) -> None:
    """Each route has the limit; a connection that is let in may stay for two hours."""
    bounds = {part: dollars for part, (_, dollars) in cost.live_ceiling().items()}
    rate = cost.source()["Parameters"]["LiveRateLimit"]["Default"]
    assert len(cost.resources("AWS::ApiGatewayV2::Route")) == 3
    assert cost.resources("AWS::ApiGatewayV2::Stage").keys() == {"LiveStage"}
    assert bounds["Frames from clients"] == pytest.approx(rate * 86_400 / 1e6 * 4)
    assert bounds["Minutes of connections"] == pytest.approx(rate * 7_200 * 1_440 / 1e6 * 0.25)
    assert bounds["Lambda"] == pytest.approx(3 * rate * 86_400 / 1e6 * 0.20)
    assert bounds["Frames to clients"] == pytest.approx(864)
    assert f"**{cost.money(sum(bounds.values()))}**" in cost.page()


def test_other_pages_say_the_ceiling_and_the_concurrency_that_the_template_sets(cost: Any) -> None:
    functions = cost.resources("AWS::Serverless::Function").values()
    at_once = sum(cost.value(properties["ReservedConcurrentExecutions"]) for properties in functions)
    assert f"{at_once} in all" in (ROOT / "docs/aws.md").read_text()
    security = (ROOT / "docs/security.md").read_text()
    everything = sum(dollars for _, dollars in cost.ceiling(512).values())
    assert f"cost about ${cost.money(everything)} a day" in security
    paths = [route.dollars_a_day for route in cost.routes()]
    assert f"cost ${min(paths):.0f} to ${max(paths):.0f} a day" in security
    for url, name in zip(cost.urls(), ("`click`", "`heartbeat`"), strict=True):
        assert f"${url.dollars_a_day(512):.0f} {'a day ' if name == '`click`' else ''}({name})" in security


def test_calls_of_function_urls_pay_neither_the_api_nor_the_edge_but_their_data(cost: Any) -> None:
    direct, by_api = (cost.Load(5_000, 1_000, 60, urls=urls) for urls in (True, False))
    now, before = (cost.costs(load, 512) for load in (direct, by_api))
    assert before["API Gateway"] - now["API Gateway"] > direct.clicks / 1_000_000 * 2.38
    assert before["CloudFront"] - now["CloudFront"] > (by_api.clicks + by_api.beats) / 1_000_000 * cost.EDGE_CALLS
    assert now["Lambda"] == before["Lambda"]
    answers = direct.clicks * (cost.URL_ANSWER_BYTES + cost.URL_OWN_BYTES)
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


def test_one_server_costs_the_same_whatever_it_carries_until_its_tables_are_on_aws(cost: Any) -> None:
    small, large = (cost.Load(players, 1_000, 60, cost.Saving(60, 0)) for players in (1_000, 5_000))
    saves = 5_000 / 60 * cost.MONTH_S / 1_000_000 * cost.TABLE_WRITES
    fixed = cost.SERVER + cost.SERVER_POLLS_PER_S * cost.MONTH_S / 1_000_000 * cost.QUEUE_CALLS
    sessions_and_ranks = cost.other_items_dollars(large)
    assert cost.server_with_aws(large) == pytest.approx(fixed + saves + sessions_and_ranks, rel=0.01)
    assert fixed < cost.server_with_aws(small) < cost.server_with_aws(large)
    assert cost.server_out_gb(large) < cost.SERVER_TRAFFIC_GB
    assert cost.server_with_aws(large) < sum(cost.costs(cost.Load(5_000, 1_000, 60), 512).values()) / 10
