"""What operators look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tapstack.platform.versions import Item


@dataclass(frozen=True, slots=True)
class SavingStatus:
    """How many players await a sync, the longest that a change may have waited, and how many players can't be saved.

    `lag_ms` is counted from when all changes of a bucket were last saved, so a round that saves nothing does not
    shorten it.
    """

    unsaved: int
    lag_ms: int
    refused: int


class BoardPosition(NamedTuple):
    """A player's all-time entry: its clicks or None, whether the player is hidden, and whether they await a sync."""

    clicks: int | None
    hidden: bool
    unsaved: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """Something about a player that Redis and DynamoDB disagree on; None where one of them has nothing."""

    player_id: str
    what: str
    redis: int | None
    dynamodb: int | None


class ItemPage(NamedTuple):
    """Items of a segment, and the key to go on after, None at its end."""

    items: Sequence[Item]
    after: Item | None


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a migration to a version has come: by segment the key that was reached, None for one that is done."""

    version: int
    segments: int
    reached: Mapping[int, Item | None]


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a run has found: items by version, how many it changed, and the keys of those that it could not.

    `contended` were written by somebody else each time; `unreadable` are not as any release writes them.
    """

    versions: Mapping[int, int]
    changed: int
    contended: Sequence[Item]
    unreadable: Sequence[Item]

    @property
    def scanned(self) -> int:
        return sum(self.versions.values()) + len(self.unreadable)
