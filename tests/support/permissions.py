"""What template.yaml gives each function, held against the AWS calls and the settings of functions in tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any
from unittest.mock import patch

from tapstack.composition import Container
from tapstack.platform.settings import Group, Setting, Settings
from tapstack_local.template.source import load

from support import aws_calls
from support.servers import ROOT

_RUNNING: ContextVar[str] = ContextVar("_RUNNING", default="")
"""The folder of the function that is at work here, "" where a test itself calls AWS."""

Call = tuple[str, str, str]
"""Function, action, and resource: `PlayersTable`, `PlayersTable/index/by_name`, `SyncQueue`.

Or function, `reads`, and the variable of a setting.
"""

_OF_A_GAME = re.compile(r"\bt[0-9a-f]{8}-")
"""In the name of a game's table or queue: a thread of an earlier game may still be at work."""

_IN_TRANSACTION = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}


_USED: set[tuple[str, str]] = set()
"""Functions, and the stores that they took from their containers."""


def use(store: str) -> None:
    """A function at work takes a store from its container: it reads what the store is made with, if not made yet."""
    if function := _RUNNING.get():
        _USED.add((function, store))


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
    """Every call that some function's own role allows, and every variable that its environment holds."""
    template = load(ROOT / "template.yaml")
    resources = template["Resources"]
    of_all = template["Globals"]["Function"]["Environment"]["Variables"]
    functions = {n: r["Properties"] for n, r in resources.items() if r["Type"] == "AWS::Serverless::Function"}
    found = set()
    for properties in functions.values():
        folder = properties["CodeUri"].removeprefix("functions/")
        variables = properties.get("Environment", {}).get("Variables", {})
        found |= {(folder, "reads", name) for name in of_all | variables}
        role = resources[properties["Role"]["Fn::GetAtt"][0]]["Properties"]
        for statement in role["Policies"][0]["PolicyDocument"]["Statement"] if "Policies" in role else ():
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
    get = Setting.__get__

    def watched(service: str, operation: str, arguments: Mapping[str, Any]) -> None:
        if function := _RUNNING.get():
            named = _resources(settings)
            asked = [(a, r, i) for a, r, i in _asked(operation, arguments) if r in named or not _OF_A_GAME.search(r)]
            calls.update((function, f"{service}:{a}", named.get(r, r) + i) for a, r, i in asked)

    def watched_setting(self: Setting[Any], read: Group | None, owner: type[Group]) -> Any:
        if read is not None and self.default is None and (function := _RUNNING.get()):
            calls.add((function, "reads", self.variable))
        return get(self, read, owner)

    with aws_calls.watched(watched), patch.object(Setting, "__get__", watched_setting):
        refusals: set[Call] = set()
        _USED.clear()
        yield refusals
    calls |= {(function, "reads", name) for function, store in _USED for name in _read_for(store, settings[0])}
    refusals |= calls - allowed()


class _Recorded(dict[str, Any]):
    """Values that know which of them were asked for."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.read: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        if default is None:
            self.read.add(name)
        return super().get(name, default)


_READ_FOR: dict[str, set[str]] = {}


def _read_for(store: str, settings: Settings) -> set[str]:
    """The settings that a container reads to make a store: so does every function that may be the first to use it."""
    if store not in _READ_FOR:
        values = _Recorded(settings.values)
        getattr(Container(Settings(values)), store)
        _READ_FOR[store] = values.read
    return _READ_FOR[store]


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


def logical_id(variable: str) -> str:
    """The table or queue that a variable names: `PlayersTable` for PLAYERS_TABLE, `SyncQueue` for SYNC_QUEUE_URL."""
    return variable.removesuffix("_URL").title().replace("_", "")


def _resources(settings: list[Settings]) -> dict[str, str]:
    """Logical ids by the names that games have for their tables and queues."""
    found = {}
    for each in settings:
        for name, value in each.values.items():
            if name.endswith(("_TABLE", "_QUEUE_URL")):
                found[value] = logical_id(name)
    return found
