"""What template.yaml promises of AWS, and what docker-compose.yml promises of a developer's machine."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from cloud.template import load
from support.calls import FUNCTION_OF
from support.servers import ROOT
from tapstack.config import SECRETS
from tapstack.http.api import LEADERBOARD, OPERATIONS, Auth

LAYER = ROOT / "layers/tapstack/python"
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


def variables_of(function: dict[str, Any]) -> dict[str, Any]:
    """What stands in the environment of one function alone."""
    return dict(function.get("Environment", {}).get("Variables", {}))


READ_BY = {"telegram_bot_tokens": "TELEGRAM_BOT_TOKEN", "telegram_webhook_secret": "TELEGRAM_WEBHOOK_SECRET"} | {
    "token_signing_keys": "TOKEN_SIGNING_KEY"
}
PROVEN_BY = {Auth.INIT_DATA: "TELEGRAM_BOT_TOKEN", Auth.WEBHOOK_SECRET: "TELEGRAM_WEBHOOK_SECRET"} | {
    Auth.SESSION_TOKEN: "TOKEN_SIGNING_KEY"
}


def modules_of(path: Path, found: set[Path]) -> set[Path]:
    """A file and all of tapstack that it imports, however far away."""
    found.add(path)
    named = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            named += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            named += [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
    for name in named:
        place = LAYER / name.replace(".", "/")
        for file in (place.with_suffix(".py"), place / "__init__.py"):
            if name.startswith("tapstack") and file.is_file() and file not in found:
                modules_of(file, found)
    return found


def secrets_read_by(folder: str) -> set[str]:
    """What the code of a function reads, and what its operations check callers by."""
    files = modules_of(ROOT / "functions" / folder / "app.py", set())
    answering = LAYER / "tapstack/http/app.py"  # reads what the operation asks for
    read = {
        node.attr
        for f in files - {answering}
        for node in ast.walk(ast.parse(f.read_text()))
        if isinstance(node, ast.Attribute)
    }
    asked = {operation.auth for operation in OPERATIONS if FUNCTION_OF[operation.id] == folder}
    return {READ_BY[name] for name in READ_BY if name in read} | {
        PROVEN_BY[auth] for auth in asked if auth in PROVEN_BY
    }


@pytest.mark.parametrize("name", FUNCTIONS)
def test_function_holds_the_secrets_that_its_code_reads_and_no_other(name: str) -> None:
    """Who takes over the board can't be the bot; integration tests hold what is read at run time against it too."""
    held = {variable for variable in variables_of(FUNCTIONS[name]) if variable in SECRETS}
    assert held == secrets_read_by(FUNCTIONS[name]["CodeUri"].removeprefix("functions/"))


def test_functions_share_no_secret_but_the_caches_address() -> None:
    assert not set(TEMPLATE["Globals"]["Function"]["Environment"]["Variables"]) & set(SECRETS)
    stored = {n for n, v in TEMPLATE["Globals"]["Function"]["Environment"]["Variables"].items() if "resolve:" in str(v)}
    assert stored == {"REDIS_URL"}


def test_changed_secret_changes_every_function_that_holds_one() -> None:
    """CloudFormation reads it again only then."""
    for name, function in FUNCTIONS.items():
        variables = variables_of(function)
        assert ("resolve:secretsmanager" in str(variables)) == ("SECRETS_VERSION" in variables), name
        assert variables.get("SECRETS_VERSION", {"Ref": "SecretsVersion"}) == {"Ref": "SecretsVersion"}


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
