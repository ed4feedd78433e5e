"""What template.yaml promises of AWS, and what docker-compose.yml promises of a developer's machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from cloud.template import load
from support.servers import ROOT
from tapstack.http.api import LEADERBOARD

TEMPLATE = load(ROOT / "template.yaml")
RESOURCES: dict[str, dict[str, Any]] = TEMPLATE["Resources"]
FUNCTIONS = {n: r["Properties"] for n, r in RESOURCES.items() if r["Type"] == "AWS::Serverless::Function"}

ANY_RESOURCE = {"ec2:CreateNetworkInterface"}
"""Statements with one of these may name every resource: AWS allows no other."""

FOR_ALL_PLACES = {"AWS::Serverless::Function", "AWS::Serverless::LayerVersion", "AWS::Serverless::Api"} | {
    "AWS::DynamoDB::Table",
    "AWS::SQS::Queue",
    "AWS::IAM::Role",
    "AWS::IAM::ManagedPolicy",
}


def inside(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in a value, however deep."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from inside(each)
    elif isinstance(value, list):
        for each in value:
            yield from inside(each)


def grants() -> Iterator[tuple[str, list[str], list[Any]]]:
    """What the functions' roles and their shared policy allow."""
    for name, resource in RESOURCES.items():
        if resource["Type"] in ("AWS::IAM::Role", "AWS::IAM::ManagedPolicy"):
            for found in inside(resource["Properties"]):
                if found.get("Effect") == "Allow" and "Principal" not in found:
                    actions, resources = found["Action"], found["Resource"]
                    as_list = actions if isinstance(actions, list) else [actions]
                    yield name, as_list, resources if isinstance(resources, list) else [resources]


def test_every_function_has_a_role_of_its_own() -> None:
    roles = [str(properties["Role"]) for properties in FUNCTIONS.values()]
    assert len(set(roles)) == len(FUNCTIONS)
    assert not [name for name, properties in FUNCTIONS.items() if "Policies" in properties]


def test_no_role_allows_every_action_or_every_resource() -> None:
    for name, actions, resources in grants():
        assert not [action for action in actions if "*" in action], name
        if "*" in resources:
            assert ANY_RESOURCE & set(actions), (name, actions)


def test_what_only_aws_has_stands_behind_a_condition() -> None:
    for name, resource in RESOURCES.items():
        assert "Condition" in resource or resource["Type"] in FOR_ALL_PLACES, name


def test_local_is_the_stage_unless_said_otherwise() -> None:
    assert TEMPLATE["Parameters"]["Stage"]["Default"] == "local"


def test_tables_can_go_back_in_time_and_outlive_all_but_a_first_deployment_that_fails() -> None:
    tables = [r for r in RESOURCES.values() if r["Type"] == "AWS::DynamoDB::Table"]
    for table in tables:
        assert (table["DeletionPolicy"], table["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")
        assert table["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}


def test_alarms_are_made_of_what_alarms_may_be_made_of() -> None:
    """No SEARCH, and ten metrics at most:
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-data-queries.html
    """
    for name, resource in RESOURCES.items():
        if resource["Type"] == "AWS::CloudWatch::Alarm":
            assert "SEARCH" not in str(resource), name
            assert len([m for m in resource["Properties"].get("Metrics", []) if "MetricStat" in m]) <= 10, name


def test_changed_secret_changes_every_function() -> None:
    """CloudFormation reads it again only then."""
    variables = TEMPLATE["Globals"]["Function"]["Environment"]["Variables"]
    assert "resolve:secretsmanager" in str(variables["TOKEN_SIGNING_KEY"])
    assert variables["SECRETS_VERSION"] == {"Ref": "SecretsVersion"}


def test_pause_stops_all_who_serve_players_and_nobody_who_saves_them() -> None:
    paused = {n for n, p in FUNCTIONS.items() if "IsPaused" in str(p.get("ReservedConcurrentExecutions"))}
    http = {n for n, p in FUNCTIONS.items() if any(e["Type"] == "Api" for e in p["Events"].values())}
    assert paused == http - {"LeaderboardFunction"}


def test_pollers_of_a_queue_keep_within_what_is_reserved() -> None:
    """Else Lambda turns messages away, and after five times they are dead letters."""
    for name, properties in FUNCTIONS.items():
        polled = [e["Properties"] for e in properties["Events"].values() if e["Type"] == "SQS"]
        at_once = sum(e["ScalingConfig"]["MaximumConcurrency"] for e in polled)
        reserved = properties.get("ReservedConcurrentExecutions", {"Fn::If": ["", 1_000, ""]})["Fn::If"][1]
        assert not polled or at_once < reserved, name


def test_cached_board_tells_apart_all_that_may_be_asked_of_it() -> None:
    config = RESOURCES["BoardCaching"]["Properties"]["CachePolicyConfig"]
    keyed = config["ParametersInCacheKeyAndForwardedToOrigin"]["QueryStringsConfig"]["QueryStrings"]
    assert set(keyed) == {*LEADERBOARD.query, *LEADERBOARD.texts}


def test_cache_of_other_buckets_is_another_cache() -> None:
    assert "${Buckets}" in RESOURCES["Cache"]["Properties"]["ServerlessCacheName"]["Fn::Sub"]


def test_compose_publishes_on_loopback_only_and_checks_every_service() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    for name, service in compose["services"].items():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), name
        assert service["healthcheck"]["test"], name
        assert service["networks"] == ["game"], name
