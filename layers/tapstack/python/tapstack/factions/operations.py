"""The API of factions and territories.

What moves coins has an `op`; everything else may be repeated without one: who is in already is in.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tapstack.economy.commands import AmountOf, Name
from tapstack.economy.operations import COMMANDS, PLAYER_ID, Act
from tapstack.factions import answers
from tapstack.factions.model import Entrance
from tapstack.http.operation import CURSOR, LIMIT, READS, Auth, Operation

NAME = r".{0,64}"
FACTION_ID = "[0-9a-f]{12}"
TERRITORY_ID = "[a-z][a-z0-9_]{1,31}"


class FoundRequest(Act, frozen=True, kw_only=True):
    """A name, how players get in, and the price that the player was shown."""

    name: Annotated[str, Meta(min_length=1, max_length=64)]
    price: AmountOf
    entrance: Entrance = Entrance.REQUEST


class JoinRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The code of the faction's link, "" without one."""

    code: Annotated[str, Meta(max_length=16, pattern="^[a-z0-9]*$")] = ""


class DonateRequest(Act, frozen=True, kw_only=True):
    """Coins for the treasury: they never come back."""

    amount: AmountOf


class MemberRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What is to become of somebody who asks, or of a member."""

    player: Annotated[str, Meta(pattern=f"^{PLAYER_ID}$")]
    act: Literal["accept", "decline", "promote", "demote", "kick", "transfer"]


class SettingsRequest(msgspec.Struct, frozen=True, kw_only=True):
    """How players get in, a colour that the treasury has bought, a new link: what is not there stays."""

    entrance: Entrance | None = None
    colour: Annotated[str, Meta(max_length=7, pattern="^(#[0-9a-f]{6})?$")] | None = None
    new_link: bool = False


class PerkRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A perk, and the price that was shown; bought twice, it is paid once."""

    perk: Name
    price: AmountOf


class AssignRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the caller taps for the territory from now on."""

    on: bool = True


_READ = (400, 401, 403, 404, 429, 503)
_COMMAND = (400, 401, 403, 404, 409, 413, 429, 503)
_OF_ONE = {"faction": FACTION_ID}
_OF_LAND = {"territory": TERRITORY_ID}

FIND: Operation[None, answers.FactionPage] = Operation(
    "findFactions",
    "GET",
    "/factions",
    "Factions by the beginning of their names",
    Auth.SESSION_TOKEN,
    answer=answers.FactionPage,
    errors=(400, 401, 429, 503),
    limit=READS,
    texts={"name": NAME, "limit": LIMIT, "cursor": CURSOR},
)
FOUND: Operation[FoundRequest, answers.Founded] = Operation(
    "foundFaction",
    "POST",
    "/factions",
    "Found a faction",
    Auth.SESSION_TOKEN,
    request=FoundRequest,
    answer=answers.Founded,
    errors=_COMMAND,
    limit=COMMANDS,
)
OWN: Operation[None, answers.OwnFaction] = Operation(
    "getOwnFaction",
    "GET",
    "/factions/mine",
    "The caller's faction, or what they need to find one",
    Auth.SESSION_TOKEN,
    answer=answers.OwnFaction,
    errors=_READ,
    limit=READS,
)
BOARD: Operation[None, answers.FactionBoard] = Operation(
    "getFactionBoard",
    "GET",
    "/factions/board",
    "The best factions of a day, a week, a month, or of all time",
    Auth.SESSION_TOKEN,
    answer=answers.FactionBoard,
    errors=_READ,
    limit=READS,
    query={"period": ("week", "day", "month", "all")},
)
ONE: Operation[None, answers.FactionView] = Operation(
    "getFaction",
    "GET",
    "/factions/{faction}",
    "A faction with its members",
    Auth.SESSION_TOKEN,
    answer=answers.FactionView,
    errors=_READ,
    limit=READS,
    places=_OF_ONE,
)
JOIN: Operation[JoinRequest, answers.Entered] = Operation(
    "joinFaction",
    "POST",
    "/factions/{faction}/join",
    "Join a faction, or ask to",
    Auth.SESSION_TOKEN,
    request=JoinRequest,
    answer=answers.Entered,
    errors=_COMMAND,
    limit=COMMANDS,
    places=_OF_ONE,
)
LEAVE: Operation[None, answers.OwnFaction] = Operation(
    "leaveFaction",
    "POST",
    "/factions/{faction}/leave",
    "Leave a faction, or take back a request to join it",
    Auth.SESSION_TOKEN,
    answer=answers.OwnFaction,
    errors=_COMMAND,
    limit=COMMANDS,
    places=_OF_ONE,
)
DONATE: Operation[DonateRequest, answers.Donated] = Operation(
    "donateToFaction",
    "POST",
    "/factions/{faction}/donate",
    "Give coins to the treasury of one's faction",
    Auth.SESSION_TOKEN,
    request=DonateRequest,
    answer=answers.Donated,
    errors=_COMMAND,
    limit=COMMANDS,
    places=_OF_ONE,
)
MEMBER: Operation[MemberRequest, answers.FactionView] = Operation(
    "changeFactionMember",
    "POST",
    "/factions/{faction}/members",
    "Accept or decline who asks to join; promote, demote or remove a member; hand over the lead",
    Auth.SESSION_TOKEN,
    request=MemberRequest,
    answer=answers.FactionView,
    errors=_COMMAND,
    limit=COMMANDS,
    places=_OF_ONE,
)
SETTINGS: Operation[SettingsRequest, answers.FactionView] = Operation(
    "changeFaction",
    "POST",
    "/factions/{faction}/settings",
    "Change how players get in, the colour, or the link",
    Auth.SESSION_TOKEN,
    request=SettingsRequest,
    answer=answers.FactionView,
    errors=_COMMAND,
    limit=COMMANDS,
    places=_OF_ONE,
)
PERK: Operation[PerkRequest, answers.FactionView] = Operation(
    "buyFactionPerk",
    "POST",
    "/factions/{faction}/perks",
    "Spend the treasury on a perk",
    Auth.SESSION_TOKEN,
    request=PerkRequest,
    answer=answers.FactionView,
    errors=_COMMAND,
    limit=COMMANDS,
    places=_OF_ONE,
)
DISSOLVE: Operation[None, answers.OwnFaction] = Operation(
    "dissolveFaction",
    "POST",
    "/factions/{faction}/dissolve",
    "End a faction for good, with its treasury",
    Auth.SESSION_TOKEN,
    answer=answers.OwnFaction,
    errors=_COMMAND,
    limit=COMMANDS,
    places=_OF_ONE,
)
TERRITORIES: Operation[None, answers.Territories] = Operation(
    "getTerritories",
    "GET",
    "/territories",
    "The map: who holds what, this week's contest, and the last weeks",
    Auth.SESSION_TOKEN,
    answer=answers.Territories,
    errors=_READ,
    limit=READS,
)
ASSIGN: Operation[AssignRequest, answers.Territories] = Operation(
    "assignTerritory",
    "POST",
    "/territories/{territory}/assign",
    "Say for which territory one's taps count from now on",
    Auth.SESSION_TOKEN,
    request=AssignRequest,
    answer=answers.Territories,
    errors=_COMMAND,
    limit=COMMANDS,
    places=_OF_LAND,
)
REWARD: Operation[None, answers.TerritoryReward] = Operation(
    "claimTerritory",
    "POST",
    "/territories/{territory}/claim",
    "Take the reward for a territory that was won last week; the first answer again where it was taken",
    Auth.SESSION_TOKEN,
    answer=answers.TerritoryReward,
    errors=_COMMAND,
    limit=COMMANDS,
    places=_OF_LAND,
)

OPERATIONS = (
    FIND,
    FOUND,
    OWN,
    BOARD,
    ONE,
    JOIN,
    LEAVE,
    DONATE,
    MEMBER,
    SETTINGS,
    PERK,
    DISSOLVE,
    TERRITORIES,
    ASSIGN,
    REWARD,
)
