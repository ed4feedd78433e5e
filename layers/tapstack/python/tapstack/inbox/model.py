"""What an inbox holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Fact = int | str


class Kind(StrEnum):
    """What a notice is about. A new kind is a line here, one in notifications/kinds.py, and its texts."""

    OVERTAKEN = "overtaken"
    WEEK = "week"
    LEAGUE = "league"
    MILESTONE = "milestone"
    FRIEND = "friend"
    CHEER = "cheer"
    MAIL = "mail"
    STREAK = "streak"
    CHEST = "chest"
    SEASON = "season"
    RAID = "raid"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a player should hear of, once for each `kind` and `key`.

    `facts` are what its text is made of. `people` are ids of players, and never names: who has been renamed, hidden or
    erased meanwhile is shown as what they are now, or not at all.
    """

    kind: str
    key: str
    at_ms: int
    facts: Mapping[str, Fact] = field(default_factory=dict)
    people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Inbox:
    """A player's notices, newest first, and the time (ms) up to which they have read them."""

    notices: tuple[Notice, ...] = ()
    read_up_to_ms: int = 0

    @property
    def unread(self) -> int:
        return sum(self.is_new(notice) for notice in self.notices)

    def is_new(self, notice: Notice) -> bool:
        return notice.at_ms > self.read_up_to_ms
