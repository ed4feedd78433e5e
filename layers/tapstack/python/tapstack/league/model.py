"""The league as it is stored, and as a player gets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

import msgspec
from msgspec import UNSET, UnsetType


class Tier(StrEnum):
    """The tiers of the league, the lowest first."""

    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"
    SAPPHIRE = "sapphire"
    DIAMOND = "diamond"


TIERS = tuple(Tier)


class Zone(StrEnum):
    """What a place in a division leads to at the end of the week."""

    UP = "up"
    STAY = "stay"
    DOWN = "down"


class Moved(StrEnum):
    """How a player has come into this week's tier."""

    DOWN = "down"
    STAYED = "stayed"
    UP = "up"
    NEW = "new"


# -- stored --


@dataclass(frozen=True, slots=True)
class Seat:
    """A player's division: the number of its tier (0: the lowest), and its own in that tier, from 1."""

    tier: int
    division: int


class Placing(NamedTuple):
    """A place in a division when its week was over: the number of its tier, and the rank, from 1."""

    tier: int
    rank: int


@dataclass(frozen=True, slots=True)
class Division:
    """The players of a division, each with how they came there; `version` counts its changes.

    `placed` has the places of the week before, of those who had tapped in it and had a seat.
    """

    seat: Seat
    members: Mapping[str, Moved]
    version: int = 0
    placed: Mapping[str, Placing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class League:
    """The league of a week, by the number of that week (platform/calendar.py): how many of its tiers are open.

    `plan` names the divisions that belong to it: those of a plan that was given up are never read.
    """

    week: int
    plan: str
    tiers_open: int


# -- in the API --


class LeagueStatus(StrEnum):
    """Where a player is: in a division; about to get one; without taps this week; or last week is being counted."""

    PLAYING = "playing"
    ENTERING = "entering"
    OUTSIDE = "outside"
    CLOSING = "closing"


class LeagueRow(msgspec.Struct, frozen=True):
    """A player of the division, with an id, names and looks as in a LeaderboardEntry; `clicks` are of this week."""

    rank: int
    id: str
    username: str | None
    public_name: str
    clicks: int
    zone: Zone
    title: str | UnsetType = UNSET
    looks: str | UnsetType = UNSET


class DivisionView(msgspec.Struct, frozen=True):
    """The caller's division: its tier, its number in that tier, the caller's rank in it, and how they came there.

    When the week ends, the best `up` players move to the tier `up_to`, the last `down` and all without taps to
    `down_to`: each row says so. A null tier: there is none, or it is not open yet.
    """

    tier: Tier
    number: int
    rank: int
    moved: Moved
    up: int
    up_to: Tier | None
    down: int
    down_to: Tier | None
    rows: list[LeagueRow]


class LeagueView(msgspec.Struct, frozen=True):
    """The league of this week for the caller, with their clicks of the week."""

    status: LeagueStatus
    week: str
    ends_at_s: int
    clicks: int
    division: DivisionView | None = None
