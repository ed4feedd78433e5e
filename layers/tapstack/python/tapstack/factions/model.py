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

    `code` is what its link carries. `requests` maps players who ask to join to when they did. `claims` is, by week
    and territory, what those have tapped for it who have left, or chosen another one since. `bought` are the perks that
    the treasury has paid for.
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
    claims: dict[str, dict[str, int]] = {}
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


class Membership(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """Where a player belongs: a faction's id or "", and the factions that they have asked to join.

    Who has left may not join another one before `free_at_ms`. `fought` is, by week and by faction and territory
    (`rules.cause`), what they tapped before they left it, or chose another territory: nobody else takes that from them.
    """

    faction: str = ""
    free_at_ms: int = 0
    asked: tuple[str, ...] = ()
    fought: dict[str, dict[str, int]] = {}


@dataclass(frozen=True, slots=True)
class StoredMembership:
    """A player's membership as it was read; `seq` is None where nothing is stored."""

    player_id: str
    membership: Membership = Membership()
    seq: int | None = None


class Held(msgspec.Struct, frozen=True, array_like=True):
    """A territory after a week: who has won it, under what name, with how many taps, among how many factions."""

    territory: str
    faction: str
    name: str
    taps: int
    rivals: int


class WeekOver(msgspec.Struct, frozen=True, kw_only=True):
    """How the contest of a week has ended."""

    week: int
    held: tuple[Held, ...]


class Contest(msgspec.Struct, frozen=True, array_like=True):
    """Who is first in the contest of a territory, among how many factions, and those of them who may claim for it."""

    faction: str
    name: str
    created_at_ms: int
    taps: int
    rivals: int
    fighters: tuple[str, ...]


class Closing(msgspec.Struct, frozen=True, kw_only=True):
    """How far a week is closed: by territory the best of those factions that were read, in order, up to `after`."""

    week: int
    after: str = ""
    best: dict[str, Contest] = {}


@dataclass(frozen=True, slots=True)
class Standing:
    """A faction on a board."""

    id: str
    taps: int
