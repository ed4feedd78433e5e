"""What functions may do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from support.templates import FUNCTIONS, RESOURCES, inside

ANY_RESOURCE = {"ec2:CreateNetworkInterface"}
"""Statements with one of these may name every resource: AWS allows no other."""


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


def test_code_of_functions_may_not_do_to_networks_what_lambda_may() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html, "Security best practices"."""
    statements = [found for found in inside(RESOURCES["FunctionPolicy"]["Properties"]) if "Effect" in found]
    [allowed] = [set(s["Action"]) for s in statements if s["Effect"] == "Allow" and "ec2" in str(s["Action"])]
    [denied] = [s for s in statements if s["Effect"] == "Deny"]
    assert set(denied["Action"]) >= allowed
    assert list(denied["Condition"]["ArnLike"]) == ["lambda:SourceFunctionArn"]


def test_no_role_may_change_or_delete_what_the_ledger_has() -> None:
    on_ledger = {action for _, actions, resources in grants() if "LedgerTable" in str(resources) for action in actions}
    assert {"dynamodb:PutItem", "dynamodb:Query"} <= on_ledger
    assert on_ledger <= {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:Query"}
