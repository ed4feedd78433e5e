"""What template.yaml gives each function, held against the AWS calls and the secrets of functions in tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any
from unittest.mock import patch

import botocore.client
from tapstack.platform.settings import SECRETS, Settings

from support.servers import ROOT

_RUNNING: ContextVar[str] = ContextVar("_RUNNING", default="")
"""The folder of the function that is at work here, "" where a test itself calls AWS."""

Call = tuple[str, str, str]
"""Function, action, and resource: `PlayersTable`, `PlayersTable/index/by_name`, `SyncQueue`.

Or function, `reads`, and the name of a secret.
"""

_IN_TRANSACTION = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}


@contextmanager
def running(function: str) -> Iterator[None]:
    """What is called in a with-block is called by a function."""
    before = _RUNNING.set(function)
    try:
        yield
    finally:
        _RUNNING.reset(before)


@cache
def allowed() -> frozenset[Call]:
    """Every call that some function's own role allows, and every secret that its environment holds."""
    from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped]

    resources = yaml_parse((ROOT / "template.yaml").read_text())["Resources"]
    functions = {n: r["Properties"] for n, r in resources.items() if r["Type"] == "AWS::Serverless::Function"}
    found = set()
    for properties in functions.values():
        folder = properties["CodeUri"].removeprefix("functions/")
        variables = properties.get("Environment", {}).get("Variables", {})
        found |= {(folder, "reads", name) for name in SECRETS if name in variables}
        role = resources[properties["Role"]["Fn::GetAtt"][0]]["Properties"]
        for statement in role["Policies"][0]["PolicyDocument"]["Statement"]:
            for resource in statement["Resource"]:
                found |= {(folder, action, _name(resource)) for action in statement["Action"]}
    return frozenset(found)


def _name(resource: Mapping[str, Any]) -> str:
    if "Fn::GetAtt" in resource:
        return str(resource["Fn::GetAtt"][0])
    return str(resource["Fn::Sub"]).replace("${", "").replace(".Arn}", "")


@contextmanager
def refused(settings: list[Settings]) -> Iterator[set[Call]]:
    """Collects what AWS would refuse functions in a with-block; `settings` are those of the games that play in it."""
    calls: set[Call] = set()
    api_call, secret = botocore.client.BaseClient._make_api_call, Settings._secret

    def watched(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        if function := _RUNNING.get():
            service = self.meta.service_model.service_name
            named = _resources(settings)
            calls.update((function, f"{service}:{a}", named.get(r, r) + i) for a, r, i in _asked(operation, arguments))
        return api_call(self, operation, arguments)

    def watched_secret(self: Settings, name: str) -> tuple[str, ...]:
        if function := _RUNNING.get():
            calls.add((function, "reads", name))
        return secret(self, name)

    with (
        patch.object(botocore.client.BaseClient, "_make_api_call", watched),
        patch.object(Settings, "_secret", watched_secret),
    ):
        refusals: set[Call] = set()
        yield refusals
    refusals |= calls - allowed()


def _asked(operation: str, arguments: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The action, table or queue, and index of a call: as many as it needs permissions."""
    if operation == "TransactWriteItems":
        for item in arguments["TransactItems"]:
            yield from ((_IN_TRANSACTION[kind], request["TableName"], "") for kind, request in item.items())
    elif "RequestItems" in arguments:
        yield from ((operation, table, "") for table in arguments["RequestItems"])
    else:
        index = arguments.get("IndexName")
        yield operation, arguments.get("TableName") or arguments["QueueUrl"], f"/index/{index}" if index else ""


def _resources(settings: list[Settings]) -> dict[str, str]:
    """Logical ids by the names that games have for their tables and queues."""
    found = {}
    for each in settings:
        for name, value in vars(each).items():
            if name.endswith("_table"):
                found[value] = name.removesuffix("_table").title() + "Table"
            elif name.endswith("_queue_url"):
                found[value] = name.removesuffix("_url").title().replace("_", "")
    return found
