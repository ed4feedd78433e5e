"""The catalogue that this release was built with: it counts until another one is pushed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tapstack.economy.catalogue import compiling
from tapstack.economy.catalogue.model import Catalogue

BUILT_IN = Path(__file__).parent / "built_in.json"
"""layers/catalogue, compiled: `python -m tapstack.economy.catalogue` writes it, and a test holds it to its source."""


@cache
def built_in() -> Catalogue:
    """The catalogue of this release."""
    return compiling.decode(BUILT_IN.read_bytes())
