"""The kinds of notices, the most important first. A new one is a line here, one in inbox/model.py, and its texts."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from tapstack.inbox.model import Kind


class Told(StrEnum):
    """When the bot tells a player of a notice."""

    AT_ONCE = "at once"
    """By whoever has found it: players/joining.py, bot/milestones.py."""
    DAILY = "daily"
    """In the message of the day (reminding.py), together with what else there is."""


class Shown(NamedTuple):
    """The keys of a kind's texts: what a notice says, and what the kind is called."""

    told: Told
    text: str
    name: str


KINDS: dict[Kind, Shown] = {
    Kind.STREAK: Shown(Told.DAILY, "notice.streak", "kind.streak"),
    Kind.WEEK: Shown(Told.DAILY, "notice.week", "kind.week"),
    Kind.LEAGUE: Shown(Told.DAILY, "notice.league_up", "kind.league"),
    Kind.CHEST: Shown(Told.DAILY, "notice.chest", "kind.chest"),
    Kind.SEASON: Shown(Told.DAILY, "notice.season_begun", "kind.season"),
    Kind.OVERTAKEN: Shown(Told.DAILY, "notice.overtaken", "kind.overtaken"),
    Kind.MAIL: Shown(Told.DAILY, "notice.mail", "kind.mail"),
    Kind.RAID: Shown(Told.DAILY, "notice.raid", "kind.raid"),
    Kind.CHEER: Shown(Told.DAILY, "notice.cheer", "kind.cheer"),
    Kind.FRIEND: Shown(Told.AT_ONCE, "notice.friend", "kind.friend"),
    Kind.MILESTONE: Shown(Told.AT_ONCE, "notice.milestone", "kind.milestone"),
}

ABOUT_PEOPLE = frozenset({Kind.OVERTAKEN, Kind.RAID, Kind.CHEER, Kind.FRIEND})
"""Nothing is left to say of these once everybody whom they are about is gone."""
