"""A faction as it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import msgspec


class Role(StrEnum):
    """What a member may do: a leader everything, an officer what keeps the faction going."""

    LEADER = "leader"
    OFFICER = "officer"
    MEMBER = "member"


class Entrance(StrEnum):
    """How one gets in: at once, by a request that an officer accepts, or with the faction's link alone."""

    OPEN = "open"
    REQUEST = "request"
    LINK = "link"


class Member(msgspec.Struct, frozen=True, array_like=True):
    """A member: their clicks and paid taps when they joined, and the territory that they tap for.

    `since` are their clicks when they chose it: what they had tapped before counts for no territory, or another one.
    """

    role: Role
    joined_at_ms: int
    clicks: int
    paid: int
    territory: str = ""
    since: int = 0


class Past(msgspec.Struct, frozen=True, array_like=True):
    """What those have tapped for the faction who have left it: ever, and in the last periods that somebody left in.

    `day`, `week` and `month` are numbers of periods (platform/calendar.py).
    """

    clicks: int = 0
    paid: int = 0
    day: int = 0
    in_day: int = 0
    week: int = 0
    in_week: int = 0
    month: int = 0
    in_month: int = 0


class Faction(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A faction; about 6 KB as JSON with 50 members.

    `code` is what its link carries. `requests` maps players who ask to join to when they did. `claims` maps territories
    to the taps that count for them in `week` beside those of members who are choosing them now. `bought` are the perks
    that the treasury has paid for.
    """

    id: str
    name: str
    created_at_ms: int
    code: str
    members: dict[str, Member]
    entrance: Entrance = Entrance.REQUEST
    colour: str = ""
    level: int = 1
    requests: dict[str, int] = {}
    past: Past = Past()
    week: int = 0
    claims: dict[str, int] = {}
    bought: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """A faction with what changes without it: the treasury, what it has spent ever, and who has given how much.

    `seq` numbers the changes of the faction itself; a change requires the one that was read.
    """

    faction: Faction
    seq: int
    treasury: int = 0
    spent: int = 0
    given: dict[str, int] = field(default_factory=dict)
