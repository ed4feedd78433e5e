"""Rooms, what is in them, and what their stores answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple


class Kept(NamedTuple):
    """An event that a room keeps, as JSON; `author` is "" where nobody said it."""

    seq: int
    at_ms: int
    event: bytes
    author: str


@dataclass(frozen=True, slots=True)
class Room:
    """A room at one moment: `seq` is its latest event's, `epoch` names the run of numbers that it belongs to.

    A room that was lost begins again with another epoch. `online` is how many players are in it.
    """

    epoch: str
    seq: int
    online: int
    kept: tuple[Kept, ...] = ()


class Pushing(IntEnum):
    """Who pushes an event that was appended."""

    NOW = 1
    """The caller, at once."""
    SOON = 2
    """The caller, after a wait: with all that others append meanwhile."""
    ANOTHER = 3
    """Somebody else, who waits already."""
    NOBODY = 0
    """Nobody: it was appended before, or nobody is to hear of it."""


@dataclass(frozen=True, slots=True)
class Appended:
    """Where an event stands in its room, and who is to hear of it."""

    pushing: Pushing
    epoch: str
    seq: int
    at_ms: int
    wait_ms: int = 0
    connections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What a room has not pushed yet, and to whom."""

    epoch: str
    kept: tuple[Kept, ...]
    connections: tuple[str, ...]


class Pace(NamedTuple):
    """How often somebody may say something in a room: `burst` at once, then one each `every_ms`."""

    burst: int
    every_ms: int


@dataclass(frozen=True, slots=True)
class Posting:
    """What is to be appended to a room: an event, once for its author and `op` where there is one.

    What `is_unheard` is not appended: its author is answered as if it were, and nobody else can tell.
    """

    event: bytes
    author: str = ""
    op: str = ""
    pace: Pace | None = None
    is_unheard: bool = False


@dataclass(frozen=True, slots=True)
class Mute:
    """A player who may not speak in a room, or in none (`room` is "")."""

    player_id: str
    room: str
    until_ms: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A message that somebody finds should not be there."""

    id: str
    room: str
    author: str
    text: str
    reporter: str
    reason: str
    at_ms: int
