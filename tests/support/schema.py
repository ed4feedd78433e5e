"""The tables as template.yaml has them, so that tests run on the keys and indexes that a deployment gets."""

from __future__ import annotations

from functools import cache
from typing import Any

from support.servers import ROOT

_COPIED = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")


@cache
def tables() -> dict[str, dict[str, Any]]:
    """By name in small letters without `Table`, what create_table is called with, but for the table's name."""
    from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped]

    resources = yaml_parse((ROOT / "template.yaml").read_text())["Resources"]
    return {
        logical_id.removesuffix("Table").lower(): {
            "BillingMode": "PAY_PER_REQUEST",
            **{name: resource["Properties"][name] for name in _COPIED if name in resource["Properties"]},
        }
        for logical_id, resource in resources.items()
        if resource["Type"] == "AWS::DynamoDB::Table"
    }
