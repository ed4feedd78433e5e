"""Versions of what is stored, so that two releases can run on the same stores: today's, and the one before or after.

An item carries the number of its version in `v`; an item without it is of version 0, as releases wrote it before there
were numbers. Whoever reads an item brings it up to date with the upcasts that it lacks; an item of a newer release is
read as it is, and keeps its number when it is written. So a change of an item's shape has rules (docs/runbook.md):

- a release may add attributes, and elements at the end of a row, but must not change or drop what the release before
  reads: that comes one release later;
- what a release doesn't know it keeps: whoever writes an item whole writes the unknown attributes and the tails of
  longer rows back as they were read;
- an upcast is pure, tolerates missing attributes (a read may ask for a few), and can be applied twice.

`tapstack migrate` applies the upcasts to all items of a table (admin/migrations.py). Only then may they be dropped.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Item = dict[str, Any]
"""An item as DynamoDB has it: attribute values by name, each as {type: value}."""

VERSION = "v"


@dataclass(frozen=True, slots=True)
class Schema:
    """The versions of a table's items; the n-th upcast makes version n of n - 1. `key` names the key's attributes."""

    table: str
    key: tuple[str, ...]
    upcasts: tuple[Callable[[Item], Item], ...]

    @property
    def version(self) -> int:
        """The version that this release writes."""
        return len(self.upcasts)

    def version_of(self, item: Mapping[str, Any]) -> int:
        """The version of an item; raises ValueError where its number is none."""
        number = item.get(VERSION, {"N": "0"}).get("N", "")
        if not number.isascii() or not number.isdigit():
            raise ValueError(f"{str(item[VERSION])[:40]} is no version")
        return int(number)

    def upcast(self, item: Item) -> Item:
        """The item as this release writes it; one of this version or a newer one is returned as it is."""
        read = self.version_of(item)
        if read >= self.version:
            return item
        for step in self.upcasts[read:]:
            item = step(dict(item))
        return {**item, VERSION: {"N": str(self.version)}}


def numbered(item: Item) -> Item:
    """The first upcast of all tables: items get a number, and change in nothing else."""
    return item


def to_json(value: Any) -> Any:
    """An attribute value of DynamoDB's as JSON can carry it: bytes as base64 text."""
    (kind, content), *_ = value.items()
    if kind == "M":
        return {kind: {name: to_json(one) for name, one in content.items()}}
    if kind == "L":
        return {kind: [to_json(one) for one in content]}
    if kind == "B":
        return {kind: base64.b64encode(content).decode()}
    if kind == "BS":
        return {kind: [base64.b64encode(one).decode() for one in content]}
    return {kind: list(content) if kind.endswith("S") and kind != "S" else content}


def from_json(value: Any) -> Any:
    """What to_json has made JSON of."""
    (kind, content), *_ = value.items()
    if kind == "M":
        return {kind: {name: from_json(one) for name, one in content.items()}}
    if kind == "L":
        return {kind: [from_json(one) for one in content]}
    if kind == "B":
        return {kind: base64.b64decode(content)}
    if kind == "BS":
        return {kind: [base64.b64decode(one) for one in content]}
    return value
