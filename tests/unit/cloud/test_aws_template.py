"""What template.yaml promises of AWS, and what docker-compose.yml promises of a developer's machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from cloud.template import load
from support.servers import ROOT

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


def test_compose_publishes_on_loopback_only_and_checks_every_service() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    for name, service in compose["services"].items():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), name
        assert service["healthcheck"]["test"], name
        assert service["networks"] == ["game"], name
