"""How template.yaml and the nested templates of infra/ hang together."""

from __future__ import annotations

from typing import Any

import pytest
from support.servers import ROOT
from support.templates import MAIN, NESTED, RESOURCES, STACKS, inside

FOR_ALL_PLACES = {"AWS::Serverless::Function", "AWS::Serverless::LayerVersion", "AWS::Serverless::Api"} | {
    "AWS::DynamoDB::Table",
    "AWS::SQS::Queue",
    "AWS::IAM::Role",
    "AWS::IAM::ManagedPolicy",
}


def test_what_only_aws_has_stands_behind_a_condition() -> None:
    for name, resource in RESOURCES.items():
        assert "Condition" in resource or resource["Type"] in FOR_ALL_PLACES, name
    assert {name: RESOURCES[name]["Condition"] for name in STACKS} == dict.fromkeys(STACKS, "OnAws") | {
        "Capacity": "HasProvisionedCounters"
    }
    assert MAIN["Conditions"]["HasProvisionedCounters"]["Fn::And"][0] == {"Condition": "OnAws"}


def test_local_is_the_stage_unless_said_otherwise() -> None:
    assert MAIN["Parameters"]["Stage"]["Default"] == "local"


def test_every_nested_template_is_a_stack_of_the_game() -> None:
    assert {stack["TemplateURL"] for stack in STACKS.values()} == {f"infra/{p.name}" for p in ROOT.glob("infra/*.yaml")}


@pytest.mark.parametrize("name", STACKS)
def test_nested_stack_is_given_exactly_what_it_asks_for(name: str) -> None:
    """A parameter that is named as one of the game's is the game's: docs/cost.py relies on it, as readers do."""
    given, asked = STACKS[name]["Parameters"], NESTED[name]["Parameters"]
    assert given.keys() == asked.keys()
    assert not [parameter for parameter in asked.values() if "Default" in parameter]
    for parameter in given.keys() & MAIN["Parameters"].keys():
        assert given[parameter] == {"Ref": parameter}
        assert asked[parameter]["Type"] == MAIN["Parameters"][parameter]["Type"]


def test_template_reads_outputs_that_its_stacks_have() -> None:
    read = {
        (each["Fn::GetAtt"][0], each["Fn::GetAtt"][1].removeprefix("Outputs."))
        for each in inside([RESOURCES, MAIN["Globals"], MAIN["Outputs"]])
        if "Fn::GetAtt" in each and each["Fn::GetAtt"][0] in STACKS
    }
    substituted = str(MAIN["Globals"]["Function"]["Environment"]["Variables"]["REDIS_URL"])
    have = {(name, output) for name, template in NESTED.items() for output in template.get("Outputs", ())}
    assert read <= have
    assert all(f"${{{name}.Outputs.{output}}}" in substituted for name, output in have - read)


def test_deploy_tools_find_what_they_read_in_the_outputs_of_the_main_stack() -> None:
    assert MAIN["Outputs"].keys() == {
        "ApiUrl",
        "ApiId",
        "LiveApiId",
        "LiveEndpoint",
        "SiteUrl",
        "SiteBucket",
        "SiteId",
        "SiteDomain",
    }


@pytest.mark.parametrize("name", STACKS)
def test_names_of_nested_resources_are_free_where_an_older_release_has_its_own(name: str) -> None:
    """Moved from one stack to another, a resource is made anew before the old one goes: both can't have one name."""
    before = {"tapstack-${Stage}", "tapstack-${Stage}-${Buckets}-${CacheNumber}"}
    resources: dict[str, Any] = NESTED[name]["Resources"]
    for each in inside(resources):
        for key in ("Name", "UserId", "UserGroupId", "ServerlessCacheName", "DashboardName", "BudgetName"):
            text = each.get(key)
            if isinstance(text, dict) and "Fn::Sub" in text:
                assert text["Fn::Sub"] not in before
                assert "${AWS::Region}" not in text["Fn::Sub"]
