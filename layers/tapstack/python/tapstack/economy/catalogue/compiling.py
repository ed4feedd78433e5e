"""From the files that people edit to the one JSON that functions read, named by its hash."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec

from tapstack.economy.catalogue.model import Catalogue

MAX_BYTES = 350_000
"""The largest compiled catalogue: it is one DynamoDB item, of at most 400 KB."""

ITEM_FILES = ("items.yaml", "boosts.yaml", "titles.yaml", "crates.yaml")
_sorted = msgspec.json.Encoder(order="deterministic").encode


class UnreadableCatalogue(ValueError):
    """A file of the catalogue is missing, is not YAML, or says something that the types don't allow."""


def read(folder: Path) -> Catalogue:
    """The catalogue in a folder, without a version; raises UnreadableCatalogue, which names the file and the place."""
    parts: dict[str, Any] = {name: _load(folder / f"{name}.yaml") for name in ("money", "energy", "tiers", "shops")}
    items: list[Any] = []
    for name in ITEM_FILES:
        items += _load(folder / name)
    try:
        return msgspec.convert({**parts, "items": items}, Catalogue)
    except msgspec.ValidationError as error:
        raise UnreadableCatalogue(f"{folder.name}: {error}") from error


def _load(path: Path) -> Any:
    try:
        return msgspec.yaml.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise UnreadableCatalogue(f"{path.name}: {error}") from error


def compiled(catalogue: Catalogue) -> tuple[Catalogue, bytes]:
    """The catalogue with its version, and as JSON: the same files always give the same bytes."""
    body = msgspec.structs.replace(catalogue, version="")
    version = hashlib.sha256(_sorted(body)).hexdigest()[:16]
    final = msgspec.structs.replace(catalogue, version=version)
    return final, _sorted(final)


def decode(data: bytes) -> Catalogue:
    """A compiled catalogue."""
    return msgspec.json.decode(data, type=Catalogue)
