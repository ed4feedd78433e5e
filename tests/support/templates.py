"""template.yaml and the nested templates of infra/, read once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tapstack_local.template.source import load

from support.servers import ROOT

MAIN: dict[str, Any] = load(ROOT / "template.yaml")
STACKS: dict[str, dict[str, Any]] = {
    name: resource["Properties"]
    for name, resource in MAIN["Resources"].items()
    if resource["Type"] == "AWS::CloudFormation::Stack"
}
"""What template.yaml says of its nested stacks, by logical id."""

NESTED: dict[str, dict[str, Any]] = {name: load(ROOT / stack["TemplateURL"]) for name, stack in STACKS.items()}
NETWORK, OBSERVABILITY, EDGE = (NESTED[name]["Resources"] for name in ("Network", "Observability", "Edge"))

RESOURCES: dict[str, dict[str, Any]] = MAIN["Resources"]
FUNCTIONS = {n: r["Properties"] for n, r in RESOURCES.items() if r["Type"] == "AWS::Serverless::Function"}
SHARED_VARIABLES: dict[str, Any] = MAIN["Globals"]["Function"]["Environment"]["Variables"]


def folder_of(function: str) -> str:
    """`click` for ClickFunction."""
    return str(FUNCTIONS[function]["CodeUri"]).removeprefix("functions/")


def own_variables(function: str) -> dict[str, Any]:
    """What stands in the environment of one function alone."""
    return dict(FUNCTIONS[function].get("Environment", {}).get("Variables", {}))


def statements(function: str) -> list[dict[str, Any]]:
    """What the function's own role allows."""
    role = RESOURCES[FUNCTIONS[function]["Role"]["Fn::GetAtt"][0]]["Properties"]
    found: list[dict[str, Any]] = role["Policies"][0]["PolicyDocument"]["Statement"] if "Policies" in role else []
    return found


def inside(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in a value, however deep."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from inside(each)
    elif isinstance(value, list):
        for each in value:
            yield from inside(each)
