"""What one catalogue has that another has not: for whoever is about to push it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from tapstack.economy.catalogue.model import WEIGHTS_TOTAL, Catalogue

LISTS = {
    **{
        "drops": ("item", "currency"),
        "offers": ("id",),
        "always": ("id",),
        "items": ("id",),
        "tiers": ("id", "target"),
    },
    **{
        "templates": ("id",),
        "achievements": ("id",),
        "seasons": ("id",),
        "bands": ("target",),
        "steps": ("xp", "taps"),
    },
}
"""Lists whose entries are known by a field, in whatever order they stand."""


class Change(NamedTuple):
    """A value that differs: of which part, where in it, and what it was and becomes (None: was not, or is no more)."""

    part: str
    what: str
    before: Any
    after: Any


def differences(old: Catalogue, new: Catalogue) -> list[Change]:
    """All changes from one catalogue to another, by part; weights of drops are given in per cent."""
    before, after = dict(_values(_data(old))), dict(_values(_data(new)))
    return [
        Change(*_named(path), before.get(path), after.get(path))
        for path in sorted({*before, *after}, key=lambda path: (*_named(path), path))
        if before.get(path) != after.get(path)
    ]


def _data(catalogue: Catalogue) -> Any:
    data = msgspec.to_builtins(catalogue)
    data.pop("version", None)
    return data


def _values(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each single value, by the names that lead to it."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _values(_by_name(name, one), (*path, str(name)))
    else:
        yield path, f"{value / WEIGHTS_TOTAL:.4%}" if path[-1] == "weight" else value


def _by_name(name: str, value: Any) -> Any:
    fields = LISTS.get(name)
    if isinstance(value, list | tuple) and fields is None and all(isinstance(one, dict) for one in value):
        return {str(number): one for number, one in enumerate(value, 1)}
    if fields is None or not isinstance(value, list | tuple):
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
    return {next(str(one[field]) for field in fields if one.get(field)): one for one in value}


def _named(path: tuple[str, ...]) -> tuple[str, str]:
    """The part that a path leads into, and the rest: `items/mint_tea` and `name.en`."""
    depths = {"items": 2, "tiers": 2, "achievements": 2, "seasons": 2, "shops": 4 if "offers" in path[:3] else 3}
    depth = 3 if path[:2] == ("missions", "templates") else depths.get(path[0], 1)
    depth = min(depth, len(path) - 1)
    return "/".join(name for name in path[:depth] if name != "offers"), ".".join(path[depth:])
