"""What a score card shows."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Shape(StrEnum):
    """A picture for a message, wide, or for a story, tall."""

    MESSAGE = "m"
    STORY = "s"


SIZES = {Shape.MESSAGE: (1_200, 630), Shape.STORY: (1_080, 1_920)}
"""In pixels."""


class Card(msgspec.Struct, frozen=True, array_like=True):
    """A score card: everything that its picture shows. `rank` is 0 for a player without taps."""

    shape: Shape
    language: str
    name: str
    clicks: int
    rank: int
