"""What a player, or the game for a player, can ask of the economy."""

from __future__ import annotations

from functools import cache
from typing import Annotated

import msgspec
from msgspec import Meta

from tapstack.economy.catalogue.model import Currency

MAX_AMOUNT = 10**12
"""More than anybody can own: the largest amount that a command may name."""

Name = Annotated[str, Meta(min_length=1, max_length=64, pattern="^[a-z0-9_.]+$")]
Piece = Annotated[str, Meta(min_length=1, max_length=40, pattern="^[A-Za-z0-9_-]+$")]
Pieces = Annotated[int, Meta(ge=1, le=100)]
CrateCount = Annotated[int, Meta(ge=1, le=10)]
SeedText = Annotated[str, Meta(max_length=64, pattern="^[A-Za-z0-9_-]*$")]
CauseText = Annotated[str, Meta(min_length=1, max_length=96, pattern="^c#[a-z]+#[A-Za-z0-9#_-]+$")]
ZoneName = Annotated[str, Meta(min_length=1, max_length=40, pattern="^[A-Za-z0-9_+/-]+$")]
AmountOf = Annotated[int, Meta(ge=1, le=MAX_AMOUNT)]


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something that happens once."""


class Settle(Command, frozen=True, tag="settle"):
    """Mint the coins for taps, and take in the mail; every other command does this too."""


class Collect(Command, frozen=True, tag="collect"):
    """Take in the businesses' revenue."""


class Buy(Command, frozen=True, kw_only=True, tag="buy"):
    """Buy an offer so many times at the price that was shown for one."""

    offer: Name
    price: AmountOf
    count: Pieces = 1


class Sell(Command, frozen=True, kw_only=True, tag="sell"):
    """Sell so many of a stack, or one piece."""

    item: Name = ""
    instance: Piece = ""
    count: Pieces = 1


class Use(Command, frozen=True, kw_only=True, tag="use"):
    """Use up a boost."""

    item: Name


class Equip(Command, frozen=True, kw_only=True, tag="equip"):
    """Put on a piece, or a cosmetic or a title; take it off with `off`."""

    item: Name = ""
    instance: Piece = ""
    off: bool = False


class Repair(Command, frozen=True, kw_only=True, tag="repair"):
    """Make a worn piece as good as new."""

    instance: Piece


class Open(Command, frozen=True, kw_only=True, tag="open"):
    """Open so many crates of a kind."""

    crate: Name
    count: CrateCount = 1


class Reseed(Command, frozen=True, kw_only=True, tag="reseed"):
    """Reveal the server's seed of the draws so far, and draw with a new one and a seed of one's own."""

    client_seed: SeedText = ""


class Claim(Command, frozen=True, kw_only=True, tag="claim"):
    """Take the reward for a cause (rules/causes.py).

    The place in the closed league is the game's to fill in, never a player's.
    """

    cause: CauseText
    tier: str = ""
    rank: Annotated[int, Meta(ge=0, le=1_000)] = 0


class Reroll(Command, frozen=True, kw_only=True, tag="reroll"):
    """Exchange a mission for another one."""

    cause: CauseText


class CheckIn(Command, frozen=True, tag="checkin"):
    """Continue the streak: once a day, after the day's first tap."""


class SetZone(Command, frozen=True, kw_only=True, tag="zone"):
    """Say in which time zone one's days begin."""

    zone: ZoneName


class Cheer(Command, frozen=True, kw_only=True, tag="cheer"):
    """Cheer a friend on: it costs nothing, gives nothing, and is counted."""

    friend: Name


class Found(Command, frozen=True, kw_only=True, tag="found"):
    """Pay for a faction at the price that was shown; it comes into being with the payment (factions/founding.py)."""

    faction: Name
    name: str
    price: AmountOf


class Donate(Command, frozen=True, kw_only=True, tag="donate"):
    """Give coins to the treasury of one's faction, which grows by them with the payment. They never come back."""

    faction: Name
    coin: AmountOf


class Raid(Command, frozen=True, kw_only=True, tag="raid"):
    """Take a part of the revenue that another player has not collected."""

    target: Name


class Stake(Command, frozen=True, kw_only=True, tag="stake"):
    """Put coins on a duel, which is offered or accepted with the payment (duels/staking.py)."""

    duel: Name
    coin: AmountOf


class Unstake(Command, frozen=True, kw_only=True, tag="unstake"):
    """Get coins from a duel that is over: both stakes, or one's own; never offered to players."""

    duel: Name
    coin: AmountOf


class Share(Command, frozen=True, kw_only=True, tag="share"):
    """Get one's share of a heist that is over; never offered to players."""

    coin: AmountOf
    in_group: bool = False


class Grant(Command, frozen=True, kw_only=True, tag="grant"):
    """Give or take amounts and goods for a reason of the game's, or an operator's; never offered to players."""

    account: Name
    coin: Annotated[int, Meta(ge=-MAX_AMOUNT, le=MAX_AMOUNT)] = 0
    gem: Annotated[int, Meta(ge=-MAX_AMOUNT, le=MAX_AMOUNT)] = 0
    xp: Annotated[int, Meta(ge=0, le=MAX_AMOUNT)] = 0
    goods: dict[Name, Pieces] = {}
    by: str = ""
    why: str = ""

    def amount(self, currency: Currency) -> int:
        return self.coin if currency is Currency.COIN else self.gem


class Close(Command, frozen=True, tag="close"):
    """Give all money to the house, for an erasure; never offered to players."""


AnyCommand = (
    Settle
    | Collect
    | Buy
    | Sell
    | Use
    | Equip
    | Repair
    | Open
    | Reseed
    | Claim
    | Reroll
    | CheckIn
    | SetZone
    | Grant
    | Close
    | Cheer
    | Found
    | Donate
    | Raid
    | Stake
    | Unstake
    | Share
)


def kind_of(command: AnyCommand) -> str:
    """What a command is called in the ledger."""
    return _tag_of(type(command))


@cache
def _tag_of(kind: type[AnyCommand]) -> str:
    return str(kind.__struct_config__.tag)
