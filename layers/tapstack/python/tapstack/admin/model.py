"""What operators look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


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
