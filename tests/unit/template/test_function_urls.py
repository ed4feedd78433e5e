"""Function URLs: public by both permissions, bounded by reserved concurrency, told to clients by POST /sessions."""

from __future__ import annotations

from typing import Any

import pytest
from support.calls import FUNCTION_OF
from support.servers import ROOT
from support.templates import MAIN, RESOURCES, folder_of, own_variables
from tapstack.api import OPERATIONS
from tapstack_local.template import expansion

URLS = {name: r["Properties"] for name, r in RESOURCES.items() if r["Type"] == "AWS::Lambda::Url"}
HOT = {"ClickFunction": "CLICK_URL", "HeartbeatFunction": "HEARTBEAT_URL"}
RATE_PER_EXECUTION = 10
"""Requests a second that Lambda accepts for each unit of concurrency."""


def target(properties: dict[str, Any]) -> str:
    function, attribute = properties["TargetFunctionArn"]["Fn::GetAtt"]
    assert attribute == "Arn"
    return str(function)


def test_hot_functions_have_urls_and_no_others() -> None:
    """A URL stands behind nothing: only what checks tokens and counts callers by itself may have one."""
    assert {target(properties) for properties in URLS.values()} == HOT.keys()
    for operation in OPERATIONS:
        if FUNCTION_OF[operation.id] in {folder_of(function) for function in HOT}:
            assert operation.auth.value == "session_token"
            assert not operation.by_address


@pytest.mark.parametrize("function", HOT)
def test_url_has_both_permissions_of_a_public_one(function: str) -> None:
    """Without the second, which AWS has asked for since October 2025, every request gets 403."""
    found = [
        {name: value for name, value in r["Properties"].items() if name != "FunctionName"}
        for r in RESOURCES.values()
        if r["Type"] == "AWS::Lambda::Permission"
        and r["Condition"] == "HasUrls"
        and r["Properties"]["FunctionName"] == {"Fn::GetAtt": [function, "Arn"]}
    ]
    assert found == [
        {"Action": "lambda:InvokeFunctionUrl", "Principal": "*", "FunctionUrlAuthType": "NONE"},
        {"Action": "lambda:InvokeFunction", "Principal": "*", "InvokedViaFunctionUrl": True},
    ]


def test_nobody_else_is_allowed_to_invoke_a_function() -> None:
    """A permission for everybody without the condition would let any AWS account invoke it, past the URL."""
    for resource in RESOURCES.values():
        if resource["Type"] == "AWS::Lambda::Permission":
            properties = resource["Properties"]
            by_url = properties.get("FunctionUrlAuthType") == "NONE" or properties.get("InvokedViaFunctionUrl") is True
            by_one_api = properties["Principal"] != "*" and "SourceArn" in properties
            assert by_url or by_one_api


@pytest.mark.parametrize("name", URLS)
def test_browsers_may_call_a_url_and_remember_that(name: str) -> None:
    cors = URLS[name]["Cors"]
    assert URLS[name]["AuthType"] == "NONE"
    assert (cors["AllowOrigins"], cors["AllowMethods"]) == (["*"], ["POST"])
    assert cors["AllowHeaders"] == ["authorization", "content-type"]
    assert cors["MaxAge"] == 86_400
    assert "AllowCredentials" not in cors


def test_what_urls_consist_of_stands_and_falls_with_one_parameter() -> None:
    public = [
        r for r in RESOURCES.values() if r["Properties"].get("Principal") == "*" or r["Type"] == "AWS::Lambda::Url"
    ]
    assert {r["Condition"] for r in public} == {"HasUrls"}
    assert MAIN["Conditions"]["HasUrls"] == {"Fn::Equals": [{"Ref": "FunctionUrls"}, "true"]}
    named = {HOT[target(p)]: {"Fn::If": ["HasUrls", {"Fn::GetAtt": [n, "FunctionUrl"]}, ""]} for n, p in URLS.items()}
    assert {v: own_variables("SessionsFunction")[v] for v in HOT.values()} == named


def test_lambda_accepts_more_clicks_than_the_budget_and_the_api_admit() -> None:
    default = {name: parameter.get("Default") for name, parameter in MAIN["Parameters"].items()}
    assert default["HotConcurrency"] * RATE_PER_EXECUTION > default["RequestsPerSBudget"]
    assert default["HotConcurrency"] * RATE_PER_EXECUTION > default["ClickRateLimit"]


@pytest.mark.parametrize(("parameter", "clicks"), [("true", "/_url/ClickFunctionUrl/"), ("false", "")])
def test_game_runs_with_and_without_urls(parameter: str, clicks: str) -> None:
    app = expansion.build(expansion.expand(ROOT / "template.yaml", {"FunctionUrls": parameter}))
    assert {url.function for url in app.urls} == (set(HOT) if clicks else set())
    assert app.functions["SessionsFunction"].environment["CLICK_URL"] == clicks
