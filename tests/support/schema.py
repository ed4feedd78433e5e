"""The tables as template.yaml has them, so that tests run on the keys and indexes that a deployment gets."""

from __future__ import annotations

from functools import cache
from typing import Any

from tapstack_local.template.source import load

from support.servers import ROOT

_COPIED = ("AttributeDefinitions", "KeySchema")
_OF_INDEX = ("IndexName", "KeySchema", "Projection")  # without the caps, which only AWS has


@cache
def tables() -> dict[str, dict[str, Any]]:
    """By name in small letters without `Table`, what create_table is called with, but for the table's name."""
    resources = load(ROOT / "template.yaml")["Resources"]
    return {
        logical_id.removesuffix("Table").lower(): _table(resource["Properties"])
        for logical_id, resource in resources.items()
        if resource["Type"] == "AWS::DynamoDB::Table"
    }


def _table(properties: dict[str, Any]) -> dict[str, Any]:
    table = {"BillingMode": "PAY_PER_REQUEST", **{name: properties[name] for name in _COPIED}}
    indexes = [{name: index[name] for name in _OF_INDEX} for index in properties.get("GlobalSecondaryIndexes", ())]
    return table | ({"GlobalSecondaryIndexes": indexes} if indexes else {})
