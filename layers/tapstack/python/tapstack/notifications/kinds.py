"""The kinds of notices, the most important first. A new one is a line here, one in inbox/model.py, and its texts."""

from __future__ import annotations

from enum import StrEnum

from tapstack.inbox.model import Kind


class Told(StrEnum):
    """When the bot tells a player of a notice."""

    AT_ONCE = "at once"
    """By whoever has found it: players/joining.py, bot/milestones.py."""
    DAILY = "daily"
    """In the message of the day (reminding.py), together with what else there is."""


KINDS: dict[Kind, Told] = {
    Kind.WEEK: Told.DAILY,
    Kind.LEAGUE: Told.DAILY,
    Kind.OVERTAKEN: Told.DAILY,
    Kind.MAIL: Told.DAILY,
    Kind.CHEER: Told.DAILY,
    Kind.FRIEND: Told.AT_ONCE,
    Kind.MILESTONE: Told.AT_ONCE,
}

ABOUT_PEOPLE = frozenset({Kind.OVERTAKEN, Kind.CHEER, Kind.FRIEND})
"""Nothing is left to say of these once everybody whom they are about is gone."""
