"""From the files that people edit to the one JSON that functions read, named by its hash."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import msgspec

from tapstack.economy.catalogue.model import (
    Achievement,
    AnyItem,
    Catalogue,
    Duels,
    EnergyRules,
    Factions,
    LeaguePrize,
    Missions,
    Money,
    Raids,
    Rallies,
    Referral,
    Season,
    Shops,
    StatusTier,
    Streak,
    Territory,
)

MAX_BYTES = 350_000
"""The largest compiled catalogue: it is one DynamoDB item, of at most 400 KB."""

ITEM_FILES = ("items.yaml", "boosts.yaml", "titles.yaml", "crates.yaml")
PART_FILES: dict[str, Any] = {
    "money": Money,
    "energy": EnergyRules,
    "tiers": tuple[StatusTier, ...],
    "shops": Shops,
    "missions": Missions,
    "achievements": tuple[Achievement, ...],
    "streak": Streak,
    "seasons": tuple[Season, ...],
    "league": tuple[LeaguePrize, ...],
    "referral": Referral,
    "factions": Factions,
    "territories": tuple[Territory, ...],
    "raids": Raids,
    "rallies": Rallies,
    "duels": Duels,
}
_sorted = msgspec.json.Encoder(order="deterministic").encode


class UnreadableCatalogue(ValueError):
    """A file of the catalogue is missing, is not YAML, or says something that the types don't allow."""


def read(folder: Path) -> Catalogue:
    """The catalogue in a folder, without a version; raises UnreadableCatalogue, which names the file and the part."""
    parts = {name: _converted(folder / f"{name}.yaml", kind) for name, kind in PART_FILES.items()}
    items = [item for name in ITEM_FILES for item in _converted(folder / name, tuple[AnyItem, ...])]
    return Catalogue(items=tuple(items), **parts)


def files(folder: Path) -> dict[str, str]:
    """The file of each item that a readable catalogue in a folder has."""
    return {part["id"]: name for name in ITEM_FILES for part in _load(folder / name)}


def _load(path: Path) -> Any:
    try:
        return msgspec.yaml.decode(path.read_bytes())
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        raise UnreadableCatalogue(f"{path.name}: {error}") from error


def _converted(path: Path, kind: Any) -> Any:
    data = _load(path)
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise UnreadableCatalogue(f"{path.name}: {_part_at(data, str(error))}{error}") from error


def _part_at(data: Any, message: str) -> str:
    """The id of the innermost part that an error of msgspec is about, from a path such as `$.always[3].price`."""
    found = ""
    for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", message.partition("$")[2]):
        try:
            data = data[int(index)] if index else data[name]
        except (LookupError, TypeError):
            break
        if isinstance(data, dict) and "id" in data:
            found = f"{data['id']}: "
    return found


def compiled(catalogue: Catalogue) -> tuple[Catalogue, bytes]:
    """The catalogue with its version, and as JSON: the same files always give the same bytes."""
    body = msgspec.structs.replace(catalogue, version="")
    version = hashlib.sha256(_sorted(body)).hexdigest()[:16]
    final = msgspec.structs.replace(catalogue, version=version)
    return final, _sorted(final)


def decode(data: bytes) -> Catalogue:
    """A compiled catalogue."""
    return msgspec.json.decode(data, type=Catalogue)
