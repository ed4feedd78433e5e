"""What template.yaml promises of AWS, and what docker-compose.yml promises of a developer's machine."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.calls import FUNCTION_OF
from support.servers import ROOT
from tapstack.api import OPERATIONS
from tapstack.http.operation import AnyOperation as Operation
from tapstack.http.operation import Auth
from tapstack.platform.settings import SECRETS
from tapstack_local.template.source import load

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


def asked_by(folder: str) -> set[Auth]:
    """How callers of a function's operations prove who they are."""
    return {operation.auth for operation in OPERATIONS if FUNCTION_OF[operation.id] == folder}


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
    return {READ_BY[name] for name in READ_BY if name in read} | {
        PROVEN_BY[auth] for auth in asked_by(folder) if auth in PROVEN_BY
    }


HELD = {
    "sessions": {"TELEGRAM_BOT_TOKEN", "TOKEN_SIGNING_KEY"},  # checks initData, signs tokens
    **dict.fromkeys(("click", "heartbeat", "leaderboard", "players"), {"TOKEN_SIGNING_KEY"}),  # check tokens
    "webhook": {"TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "TOKEN_SIGNING_KEY"},  # shares; the tap button
    "outbox": {"TELEGRAM_BOT_TOKEN"},  # sends
    "snapshot": {"TOKEN_SIGNING_KEY"},  # marks bans
    **dict.fromkeys(("sync", "cleanup"), set[str]()),
}
"""Who takes over one function has its secrets; the fewer the better."""


@pytest.mark.parametrize("name", FUNCTIONS)
def test_function_holds_the_secrets_that_its_code_reads_and_no_other(name: str) -> None:
    """Integration tests fail where a function reads one that it does not hold."""
    folder = FUNCTIONS[name]["CodeUri"].removeprefix("functions/")
    assert {variable for variable in variables_of(FUNCTIONS[name]) if variable in SECRETS} == HELD[folder]
    assert HELD[folder] <= secrets_read_by(folder)
    assert {PROVEN_BY[auth] for auth in asked_by(folder) if auth in PROVEN_BY} <= HELD[folder]


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
        assert not polled or at_once < reserved(properties), name


def caching() -> dict[str, dict[str, Any]]:
    """What CloudFront caches of the API: the configurations of the policies, by path below the stage."""
    behaviours = RESOURCES["Site"]["Properties"]["DistributionConfig"]["CacheBehaviors"]
    named = {b["PathPattern"].removeprefix("/v1"): b["CachePolicyId"] for b in behaviours}
    return {
        path: RESOURCES[policy["Ref"]]["Properties"]["CachePolicyConfig"]
        for path, policy in named.items()
        if isinstance(policy, dict)
    }


def test_edge_caches_whatever_anybody_may_read() -> None:
    """Else each anonymous call is paid at the API, the function and the store; health is asked for now."""
    public = {o.path for o in OPERATIONS if o.method == "GET" and o.auth is Auth.NONE}
    assert set(caching()) == public - {"/health"}


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.path in caching()], ids=lambda o: o.id)
def test_edge_tells_answers_apart_by_what_the_operation_reads_and_nothing_else(operation: Operation) -> None:
    """A word less would give one's answer to another; a word more, and ?x=1, ?x=2 ... never come from the cache."""
    keyed = caching()[operation.path]["ParametersInCacheKeyAndForwardedToOrigin"]
    assert set(keyed["QueryStringsConfig"].get("QueryStrings", ())) == {*operation.query, *operation.texts}
    assert keyed["HeadersConfig"] == {"HeaderBehavior": "none"}
    assert keyed["CookiesConfig"] == {"CookieBehavior": "none"}


def test_edge_keeps_no_refusal() -> None:
    """It would for ten seconds, without regard to whom it was for: one player's 404 would be everybody's."""
    kept = RESOURCES["Site"]["Properties"]["DistributionConfig"]["CustomErrorResponses"]
    assert {entry["ErrorCode"] for entry in kept} == {400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504}
    assert {entry["ErrorCachingMinTTL"] for entry in kept} == {0}


def test_nobody_but_the_edge_and_telegram_calls_the_api() -> None:
    """The policy refuses whoever lacks the word that CloudFront sends; both are the same, and WAF's too."""
    word = RESOURCES["Site"]["Properties"]["DistributionConfig"]["Origins"][1]["OriginCustomHeaders"]
    [sent] = [header["HeaderValue"] for header in word if header["HeaderName"] == "Referer"]
    assert {header["HeaderName"]: header["HeaderValue"] for header in word} == {"Referer": sent, "x-edge": sent}
    functions_know = TEMPLATE["Globals"]["Function"]["Environment"]["Variables"]["EDGE_KEY"]
    assert functions_know == {"Fn::If": ["OnAws", sent, ""]}
    allow, on_aws = RESOURCES["Api"]["Properties"]["Auth"]["ResourcePolicy"]["CustomStatements"]
    deny = on_aws["Fn::If"][1]
    assert (allow["Effect"], deny["Effect"], on_aws["Fn::If"][0]) == ("Allow", "Deny", "OnAws")
    assert deny["Condition"]["StringNotEquals"] == {"aws:Referer": sent}
    assert set(deny["Condition"]) == {"StringNotEquals", "NotIpAddress"}
    matched = [found["SearchString"] for found in inside(RESOURCES["Waf"]) if "SearchString" in found]
    assert matched == [sent, sent]


def rates() -> dict[tuple[str, str], int]:
    """Calls a second that API Gateway lets in, by method and path, where the parameters are not set."""
    default = {name: parameter.get("Default") for name, parameter in TEMPLATE["Parameters"].items()}
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
    assert rates()["POST", "/clicks"] > TEMPLATE["Parameters"]["RequestsPerSBudget"]["Default"]


def reserved(properties: dict[str, Any]) -> int:
    """The most that may run of a function at once, where the parameters are not set."""
    given = properties["ReservedConcurrentExecutions"]["Fn::If"]
    given = given[2]["Fn::If"] if given[0] == "IsPaused" else given
    assert given[0] == "HasLimits"
    return int(given[1] if isinstance(given[1], int) else TEMPLATE["Parameters"][given[1]["Ref"]]["Default"])


def test_every_function_has_a_limit_so_that_a_flood_of_one_leaves_the_others_room() -> None:
    """AWS gives an account 1,000 at once and wants 100 of them left to functions without a limit."""
    assert sum(reserved(properties) for properties in FUNCTIONS.values()) <= 900


def test_every_table_and_index_has_a_cap() -> None:
    for name, resource in RESOURCES.items():
        if resource["Type"] == "AWS::DynamoDB::Table":
            properties = resource["Properties"]
            for each in (properties, *properties.get("GlobalSecondaryIndexes", ())):
                on_aws = each["OnDemandThroughput"]["Fn::If"]
                assert set(on_aws[1]) == {"MaxReadRequestUnits", "MaxWriteRequestUnits"}, name


def test_cache_has_caps_of_both_things_that_are_paid() -> None:
    assert set(RESOURCES["Cache"]["Properties"]["CacheUsageLimits"]) == {"DataStorage", "ECPUPerSecond"}


def test_code_of_functions_may_not_do_to_networks_what_lambda_may() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html, "Security best practices"."""
    statements = [found for found in inside(RESOURCES["FunctionPolicy"]["Properties"]) if "Effect" in found]
    [allowed] = [set(s["Action"]) for s in statements if s["Effect"] == "Allow" and "ec2" in str(s["Action"])]
    [denied] = [s for s in statements if s["Effect"] == "Deny"]
    assert set(denied["Action"]) >= allowed
    assert list(denied["Condition"]["ArnLike"]) == ["lambda:SourceFunctionArn"]


def test_budget_tells_before_it_is_spent() -> None:
    told = RESOURCES["Budget"]["Properties"]["NotificationsWithSubscribers"]
    kinds = {(n["Notification"]["NotificationType"], n["Notification"]["Threshold"]) for n in told}
    assert kinds == {("FORECASTED", 100), ("ACTUAL", 50), ("ACTUAL", 100)}


def test_cache_of_other_buckets_is_another_cache() -> None:
    assert "${Buckets}" in RESOURCES["Cache"]["Properties"]["ServerlessCacheName"]["Fn::Sub"]


def test_compose_publishes_on_loopback_only_and_checks_every_service() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    for name, service in compose["services"].items():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), name
        assert service["healthcheck"]["test"], name
        assert service["networks"] == ["game"], name
