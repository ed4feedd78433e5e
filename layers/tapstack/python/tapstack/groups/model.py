"""A group's board, and the taps that wait to be saved to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Share(NamedTuple):
    """What a player has tapped in a group: ever, and on `day`, the last one (platform/calendar.py) that they did."""

    taps: int = 0
    day: int = 0
    day_taps: int = 0


class SavedShare(NamedTuple):
    """A share, and the batch of taps that was added to it last."""

    share: Share
    batch: str


@dataclass(frozen=True, slots=True)
class GroupBoard:
    """The shares of a group's players by id.

    `own` are those that are saved under the group's id; `earlier` those from before it was upgraded to a supergroup,
    which has another id. `greeted` says that the bot has said hello.
    """

    own: Mapping[str, SavedShare] = field(default_factory=dict)
    earlier: Mapping[str, SavedShare] = field(default_factory=dict)
    greeted: bool = False


class Panel(NamedTuple):
    """The message of a group with the tap button, and the language that it speaks."""

    message_id: int
    language: str


@dataclass(frozen=True, slots=True)
class TapBatch:
    """Taps that are being saved: by group, then by player and day; and the panels that they were made at."""

    id: str
    taps: Mapping[int, Mapping[tuple[str, int], int]]
    panels: Mapping[int, Panel]
