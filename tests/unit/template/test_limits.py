"""What bounds the load: throttles, concurrency, caps."""

from __future__ import annotations

from typing import Any

from support.templates import FUNCTIONS, MAIN, NETWORK, RESOURCES
from tapstack.api import OPERATIONS


def rates() -> dict[tuple[str, str], int]:
    """Calls a second that API Gateway lets in, by method and path, where the parameters are not set."""
    default = {name: parameter.get("Default") for name, parameter in MAIN["Parameters"].items()}
    found = {}
    for each in RESOURCES["Api"]["Properties"]["MethodSettings"]["Fn::If"][1]:
        assert each["ThrottlingRateLimit"] == each["ThrottlingBurstLimit"]
        path = each["ResourcePath"].removeprefix("/").replace("~1", "/") or "/"
        found[each["HttpMethod"], path] = default[each["ThrottlingRateLimit"]["Ref"]]
    return found


def test_every_operation_has_a_throttle_of_its_own() -> None:
    """So that a flood of one leaves the others their share."""
    assert set(rates()) == {(o.method, o.path) for o in OPERATIONS} | {("*", "*")}


def test_api_lets_in_less_than_an_account_may_and_more_clicks_than_the_budget() -> None:
    """AWS lets in 10,000 a second of all APIs of an account together."""
    preflights = len({o.path for o in OPERATIONS}) * rates()["*", "*"]
    assert sum(rates().values()) + preflights < 5_000
    assert rates()["POST", "/clicks"] > MAIN["Parameters"]["RequestsPerSBudget"]["Default"]


def reserved(properties: dict[str, Any]) -> int:
    """The most that may run of a function at once, where the parameters are not set."""
    given = properties["ReservedConcurrentExecutions"]["Fn::If"]
    given = given[2]["Fn::If"] if given[0] == "IsPaused" else given
    assert given[0] == "HasLimits"
    return int(given[1] if isinstance(given[1], int) else MAIN["Parameters"][given[1]["Ref"]]["Default"])


def test_every_function_has_a_limit_so_that_a_flood_of_one_leaves_the_others_room() -> None:
    """AWS gives an account 1,000 at once and wants 100 of them left to functions without a limit."""
    assert sum(reserved(properties) for properties in FUNCTIONS.values()) <= 900


def test_pollers_of_a_queue_keep_within_what_is_reserved() -> None:
    """Else Lambda turns messages away, and after five times they are dead letters."""
    for name, properties in FUNCTIONS.items():
        polled = [e["Properties"] for e in properties["Events"].values() if e["Type"] == "SQS"]
        at_once = sum(e["ScalingConfig"]["MaximumConcurrency"] for e in polled)
        assert not polled or at_once < reserved(properties), name


def test_every_table_and_index_has_a_cap() -> None:
    for name, resource in RESOURCES.items():
        if resource["Type"] == "AWS::DynamoDB::Table":
            properties = resource["Properties"]
            for each in (properties, *properties.get("GlobalSecondaryIndexes", ())):
                on_aws = each["OnDemandThroughput"]["Fn::If"]
                assert set(on_aws[1]) == {"MaxReadRequestUnits", "MaxWriteRequestUnits"}, name


def test_cache_has_caps_of_both_things_that_are_paid() -> None:
    assert set(NETWORK["Cache"]["Properties"]["CacheUsageLimits"]) == {"DataStorage", "ECPUPerSecond"}


def test_cache_of_other_buckets_is_another_cache() -> None:
    assert "${Buckets}" in NETWORK["Cache"]["Properties"]["ServerlessCacheName"]["Fn::Sub"]


def test_pause_stops_all_who_serve_players_and_nobody_who_saves_them() -> None:
    paused = {n for n, p in FUNCTIONS.items() if "IsPaused" in str(p.get("ReservedConcurrentExecutions"))}
    http = {n for n, p in FUNCTIONS.items() if any(e["Type"] == "Api" for e in p["Events"].values())}
    assert paused == http - {"LeaderboardFunction", "CardsFunction"}
