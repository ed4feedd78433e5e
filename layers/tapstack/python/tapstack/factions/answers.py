"""What the API of factions answers."""

from __future__ import annotations

import msgspec

from tapstack.factions.model import Entrance, Faction, Role


class FactionCard(msgspec.Struct, frozen=True, kw_only=True):
    """A faction as anybody sees it in a list."""

    id: str
    name: str
    level: int
    members: int
    entrance: Entrance
    colour: str = ""


class FactionPage(msgspec.Struct, frozen=True):
    """A page of factions; `cursor` asks for the next one."""

    factions: list[FactionCard]
    cursor: str | None = None


class MemberView(msgspec.Struct, frozen=True, kw_only=True):
    """A member: what they have tapped for the faction this week and ever, and given to its treasury."""

    id: str
    name: str
    username: str | None
    title: str
    role: Role
    joined_at_s: int
    taps_week: int
    taps: int
    given: int
    territory: str


class Waiting(msgspec.Struct, frozen=True):
    """A player who asks to join."""

    id: str
    name: str
    asked_at_s: int


class Inside(msgspec.Struct, frozen=True, kw_only=True):
    """What members alone see: the treasury, the link's start parameter, who waits (officers), perks, messages."""

    role: Role
    treasury: int
    link: str
    waiting: list[Waiting]
    bought: list[str]
    message_length: int


class FactionView(msgspec.Struct, frozen=True, kw_only=True):
    """A faction with its members, the best of the week first; `next_level_taps` is None at the highest level."""

    card: FactionCard
    created_at_s: int
    seats: int
    taps_day: int
    taps_week: int
    taps_month: int
    taps: int
    paid_taps: int
    next_level_taps: int | None
    members: list[MemberView]
    inside: Inside | None = None


class OwnFaction(msgspec.Struct, frozen=True, kw_only=True):
    """The caller's faction; where there is none, from when they may join one, and whom they have asked."""

    faction: FactionView | None
    free_at_s: int
    asked: list[FactionCard]
    price: int


class FactionRow(msgspec.Struct, frozen=True):
    """A faction on a board."""

    rank: int
    taps: int
    faction: FactionCard


class FactionBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The best factions of the current period, or of all time; about a minute old."""

    period: str
    name: str
    rows: list[FactionRow]
    own: FactionRow | None


class Contender(msgspec.Struct, frozen=True):
    """A faction that contests a territory."""

    id: str
    name: str
    colour: str
    taps: int


class TerritoryView(msgspec.Struct, frozen=True, kw_only=True):
    """A territory: who holds it since last week, and who leads this week."""

    id: str
    holder: Contender | None
    leading: list[Contender]


class HeldView(msgspec.Struct, frozen=True):
    """Who won a territory, under what name."""

    territory: str
    faction: str
    name: str
    taps: int


class PastWeek(msgspec.Struct, frozen=True):
    week: str
    held: list[HeldView]


class Territories(msgspec.Struct, frozen=True, kw_only=True):
    """The map: its outlines are in the catalogue. `claimable` is the territory whose reward the caller may take."""

    week: str
    ends_at_s: int
    territories: list[TerritoryView]
    own: str
    claimable: str | None
    history: list[PastWeek]


class Founded(msgspec.Struct, frozen=True):
    """A faction that is founded, by its id."""

    faction: str
    paid: int
    coin: int


class Donated(msgspec.Struct, frozen=True):
    """Coins given to a treasury, and the coins left."""

    coins: int
    coin: int


class Entered(msgspec.Struct, frozen=True):
    """Whether the caller is a member now, or has asked to be one."""

    member: bool


class TerritoryReward(msgspec.Struct, frozen=True):
    """What a territory has brought, and the coins that the caller has now."""

    coins: int
    xp: int
    coin: int


def card(faction: Faction) -> FactionCard:
    return FactionCard(
        id=faction.id,
        name=faction.name,
        level=faction.level,
        members=len(faction.members),
        entrance=faction.entrance,
        colour=faction.colour,
    )
