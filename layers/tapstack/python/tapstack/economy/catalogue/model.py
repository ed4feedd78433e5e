"""The catalogue: everything that a team edits to make a game of its own, as types.

It is read from `layers/catalogue/*.yaml`, checked (lint.py), and compiled into one JSON that is named by its hash. An
id is never used again for something else, for journals and holdings of players name it for ever: what is no longer
given out is `retired`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta

Id = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{1,31}$")]
Price = Annotated[int, Meta(ge=1, le=10**12)]
Amount = Annotated[int, Meta(ge=0, le=10**12)]
Count = Annotated[int, Meta(ge=1, le=1_000)]
Permille = Annotated[int, Meta(ge=0, le=5_000)]
Weight = Annotated[int, Meta(ge=1, le=1_000_000)]
Line = Annotated[str, Meta(min_length=1, max_length=160)]

LANGUAGES = ("en", "ru")
"""Every text of the catalogue is there in each of them."""

PIECES_AT_ONCE = 50
"""Pieces that one command buys, grants or draws: DynamoDB's transactions hold no more."""

WEIGHTS_TOTAL = 1_000_000
"""The weights of a crate's drops add up to this, so that odds are published exactly."""


class Currency(StrEnum):
    COIN = "coin"
    GEM = "gem"


class Rarity(StrEnum):
    """From the most common to the rarest."""

    COMMON = "common"
    UNCOMMON = "uncommon"
    RARE = "rare"
    LEGENDARY = "legendary"

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {rarity: rank for rank, rarity in enumerate(Rarity)}

Texts = dict[str, Line]
"""A text in each language."""

Forms = dict[str, dict[Literal["one", "few", "many"], Line]]
"""What a text is for counts of these plural categories (https://cldr.unicode.org), by language; else it is `other`."""


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Whatever has an id and a name; `retired` is no longer given out."""

    id: Id
    name: Texts
    retired: bool = False


class Item(Part, frozen=True, kw_only=True, tag_field="kind"):
    """A thing that players have; `sell` is what it brings in coins, 0 where nobody buys it."""

    rarity: Rarity
    about: Texts
    sell: Amount = 0


class Weapon(Item, frozen=True, kw_only=True, tag="weapon"):
    """Adds `tap_permille` coins to each 1,000 paid taps, and attacks in raids; lasts so many thousands of paid taps."""

    tap_permille: Permille
    attack: Permille
    lasts: Annotated[int, Meta(ge=1, le=10_000)]
    repair: Price


class Armour(Item, frozen=True, kw_only=True, tag="armour"):
    """Keeps a part of the uncollected revenue from raiders; wears like a weapon."""

    defence: Permille
    lasts: Annotated[int, Meta(ge=1, le=10_000)]
    repair: Price


class Business(Item, frozen=True, kw_only=True, tag="business"):
    """Earns coins by the hour, and costs a part of them; a player's first `most` of a kind do."""

    revenue_h: Price
    upkeep_h: Amount = 0
    most: Annotated[int, Meta(ge=1, le=10)] = 1


class Housing(Item, frozen=True, kw_only=True, tag="housing"):
    """Lets revenue pile up for more hours before it must be collected."""

    hours: Annotated[int, Meta(ge=1, le=24)]
    upkeep_h: Amount = 0


class Cosmetic(Item, frozen=True, kw_only=True, tag="cosmetic"):
    """Is seen and does nothing."""

    slot: Literal["colour", "frame", "button"]
    look: Annotated[str, Meta(pattern="^[a-z0-9#-]{1,32}$")]


class Title(Item, frozen=True, kw_only=True, tag="title"):
    """Stands beside the player's name."""


class Boost(Item, frozen=True, kw_only=True, tag="boost"):
    """Used up; adds `permille` coins to each 1,000 paid taps, for so many paid taps."""

    permille: Annotated[int, Meta(ge=1, le=5_000)]
    taps: Annotated[int, Meta(ge=1, le=1_000_000)]


class Drop(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One outcome of a crate: `count` of an item or of a currency."""

    weight: Weight
    item: Id = ""
    currency: Currency | None = None
    count: Annotated[int, Meta(ge=1, le=10**9)] = 1


class Pity(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """After `opens` crates without this rarity or a higher one, the next one has it."""

    opens: Annotated[int, Meta(ge=1, le=100)]
    rarity: Rarity


class Crate(Item, frozen=True, kw_only=True, tag="crate"):
    """Opened for one of its drops, by published odds."""

    drops: Annotated[tuple[Drop, ...], Meta(min_length=2, max_length=64)]
    pity: Pity | None = None


AnyItem = Weapon | Armour | Business | Housing | Cosmetic | Title | Boost | Crate
UNIQUE = (Weapon, Armour, Business, Housing)
"""Kinds whose every piece is an instance with a state of its own; of the others players have stacks."""


class StatusTier(Part, frozen=True, kw_only=True):
    """A status that a player has from so much lifetime XP on."""

    xp: Amount


class Offer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a shop sells: `count` of an item for a price, to players of a tier or a higher one."""

    id: Id
    item: Id
    price: Price
    currency: Currency = Currency.COIN
    count: Count = 1
    tier: Id | None = None
    retired: bool = False


class Picks(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A shop whose offers change: `places` of them at a time, for `hours`, at one of the discounts (per mille).

    With a `stock` there are so many of each for all players together.
    """

    places: Annotated[int, Meta(ge=1, le=12)]
    hours: Annotated[int, Meta(ge=1, le=168)]
    discounts: Annotated[tuple[Annotated[int, Meta(ge=0, le=900)], ...], Meta(min_length=1)]
    offers: tuple[Offer, ...]
    stock: Annotated[int, Meta(ge=0, le=100_000)] = 0


class Shops(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    always: tuple[Offer, ...]
    daily: Picks
    black_market: Picks


class EnergyRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Paid taps: `full` at once, and one more each `every_ms`; taps beyond count, but earn nothing."""

    full: Annotated[int, Meta(ge=1, le=100_000)]
    every_ms: Annotated[int, Meta(ge=100, le=3_600_000)]


class Money(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a tap earns, and how much a day may create."""

    names: dict[Currency, Texts]
    coins_per_1000_taps: Price
    revenue_hours: Annotated[int, Meta(ge=1, le=24)]
    bag: Annotated[int, Meta(ge=1, le=500)]
    escrow_h: Annotated[int, Meta(ge=1, le=720)]
    daily_budget: Price
    """Coins that one player's taps and businesses may create in a day, at best."""


class Metric(StrEnum):
    """What goals count of a player: each only grows, whatever the player does (rules/metrics.py)."""

    TAPS = "taps"
    COINS = "coins"
    BOUGHT = "bought"
    SOLD = "sold"
    CRATES = "crates"
    USED = "used"
    REPAIRED = "repaired"
    COLLECTED = "collected"
    CHECKINS = "checkins"
    MISSIONS = "missions"
    CHESTS = "chests"
    REROLLS = "rerolls"
    STEPS = "steps"
    FRIENDS = "friends"
    CHEERS = "cheers"
    PRIZES = "prizes"
    WINS = "wins"
    XP = "xp"
    STREAK = "streak"
    SPENT = "spent"
    SALES = "sales"
    REVENUE = "revenue"
    UPKEEP = "upkeep"
    WINNINGS = "winnings"
    CARE = "care"
    SEEDS = "seeds"
    RAIDS = "raids"
    RALLIES = "rallies"
    STAKES = "stakes"
    GROUP_SHARES = "group_shares"

    @property
    def periodic(self) -> bool:
        """Whether it is known how much of it came in this day and week: what a mission needs."""
        return self in _PERIODIC


_PERIODIC = frozenset(
    {
        *(Metric.TAPS, Metric.COINS, Metric.BOUGHT, Metric.SOLD, Metric.CRATES, Metric.USED, Metric.REPAIRED),
        *(Metric.COLLECTED, Metric.CHECKINS, Metric.MISSIONS, Metric.CHEERS, Metric.RAIDS),
        *(Metric.RALLIES, Metric.STAKES, Metric.GROUP_SHARES),
    }
)


class Reward(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a claim brings; `freezes` keep a streak over a missed day."""

    coin: Amount = 0
    gem: Annotated[int, Meta(ge=0, le=1_000)] = 0
    xp: Amount = 0
    goods: dict[Id, Annotated[int, Meta(ge=1, le=10)]] = {}
    freezes: Annotated[int, Meta(ge=0, le=2)] = 0

    def plus(self, other: Reward) -> Reward:
        """Both together, freezes apart: those come from one place alone."""
        names = {*self.goods, *other.goods}
        goods = {name: self.goods.get(name, 0) + other.goods.get(name, 0) for name in sorted(names)}
        return Reward(coin=self.coin + other.coin, gem=self.gem + other.gem, xp=self.xp + other.xp, goods=goods)


class Band(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """How much a mission takes and brings for players who had so many paid taps when the week began."""

    taps: Amount = 0
    target: Price
    reward: Reward


class Mission(Part, frozen=True, kw_only=True):
    """Something to do in a day or a week; `{target}` in its name, and in its forms, stands for how much."""

    period: Literal["day", "week"]
    metric: Metric
    forms: Forms = {}
    bands: Annotated[tuple[Band, ...], Meta(min_length=1, max_length=6)]

    def band(self, taps: int) -> Band | None:
        """The band of a player with so many paid taps, None where the mission is not for them yet."""
        for band in reversed(self.bands):
            if band.taps <= taps:
                return band
        return None


class Missions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, dict=True):
    """`places` missions a day and as many a week for each player, one of which may be exchanged a day.

    Who has claimed all of a week's may claim the chest.
    """

    places: Annotated[int, Meta(ge=1, le=5)] = 3
    reroll: Price = 100
    chest: Reward = Reward()
    templates: tuple[Mission, ...] = ()

    def of(self, period: str) -> dict[str, Mission]:
        """The templates of a day or a week, by their ids."""
        return self._by_period[period]

    @cached_property
    def _by_period(self) -> dict[str, dict[str, Mission]]:
        periods = ("day", "week")
        return {period: {one.id: one for one in self.templates if one.period == period} for period in periods}


class AchievementTier(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    target: Price
    reward: Reward


class Achievement(Part, frozen=True, kw_only=True):
    """Reached for good, tier by tier; `{target}` in `about`, and in its forms, stands for how much a tier takes."""

    about: Texts
    metric: Metric
    forms: Forms = {}
    tiers: Annotated[tuple[AchievementTier, ...], Meta(min_length=1, max_length=6)]


class Streak(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the check-in of each day of a streak brings, the last one from there on; how many freezes may be kept."""

    days: tuple[Reward, ...] = ()
    freezes: Annotated[int, Meta(ge=0, le=5)] = 2

    def reward(self, day: int) -> Reward:
        """The reward of a day of a streak, from 1."""
        return self.days[min(day, len(self.days)) - 1] if self.days else Reward()


Colour = Annotated[str, Meta(pattern="^#[0-9a-f]{6}$")]


class Theme(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A season's colours in the Mini App, for light and dark themes."""

    accent: Colour
    accent_dark: Colour


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A reward for so much XP in a season."""

    xp: Price
    reward: Reward


class Season(Part, frozen=True, kw_only=True):
    """Runs from the midnight (UTC) of `starts` to that of `ends`, with rewards for XP earned in between."""

    about: Texts
    starts: date
    ends: date
    theme: Theme
    steps: Annotated[tuple[Step, ...], Meta(min_length=1, max_length=50)]


class LeaguePrize(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the ranks up to `to` of a division get after the week, in a tier of the league."""

    tier: Literal["bronze", "silver", "gold", "sapphire", "diamond"]
    to: Annotated[int, Meta(ge=1, le=50)]
    reward: Reward


class Referral(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What an inviter gets once the player whom they have invited has tapped up to a level."""

    level: Annotated[int, Meta(ge=2, le=1_000)] = 5
    reward: Reward = Reward()


class FactionLevel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a faction has from so many paid taps of its members on: seats, and characters of a message in its room."""

    taps: Amount
    seats: Annotated[int, Meta(ge=2, le=50)]
    message: Annotated[int, Meta(ge=50, le=500)] = 200


class FactionPerk(Part, frozen=True, kw_only=True):
    """What a treasury buys, once, from a level on: a colour, more seats, longer messages. Never anything that earns."""

    price: Price
    level: Annotated[int, Meta(ge=1, le=50)] = 1
    colour: Colour | None = None
    seats: Annotated[int, Meta(ge=0, le=20)] = 0
    message: Annotated[int, Meta(ge=0, le=300)] = 0


class Factions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What founding one costs, how long who has left must wait, and how factions grow."""

    price: Price = 1_000
    cooldown_h: Annotated[int, Meta(ge=0, le=720)] = 24
    levels: Annotated[tuple[FactionLevel, ...], Meta(min_length=1, max_length=50)] = (FactionLevel(taps=0, seats=20),)
    perks: tuple[FactionPerk, ...] = ()

    def level_of(self, taps: int) -> int:
        """The level that so many paid taps have reached, from 1."""
        return sum(level.taps <= taps for level in self.levels)

    def level(self, number: int) -> FactionLevel:
        return self.levels[max(0, min(number, len(self.levels)) - 1)]

    def next_taps(self, number: int) -> int | None:
        """How many paid taps the level after one takes, None after the last."""
        return self.levels[number].taps if number < len(self.levels) else None

    def perk(self, perk_id: str) -> FactionPerk | None:
        return next((one for one in self.perks if one.id == perk_id), None)


class Territory(Part, frozen=True, kw_only=True):
    """A part of the map: its outline as an SVG path in a box of 320 x 240, where its name stands, and what it brings.

    Members of the faction that holds it who have tapped at least `least` for it may claim the reward, once a week.
    """

    outline: Annotated[str, Meta(pattern=r"^M[0-9 ,.MLHVQCZ-]{4,400}$")]
    x: Annotated[int, Meta(ge=0, le=320)]
    y: Annotated[int, Meta(ge=0, le=240)]
    least: Price = 100
    reward: Reward


class Raids(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """How much of the revenue that a target has not collected a raid takes, and who may raid how often.

    `take` is the part (per mille) that is taken where attack and defence are even, `most` the coins that are taken at
    most, and `keep` the part (per mille) of them that arrives: at least `least`, or there is no raid. Both sides need
    the `level`. A player raids so many times `a_day` (0: there are no raids) with `rest_min` in between, and is raided
    so many times by all others in any 24 hours (`suffered`), by each of them once.
    """

    level: Annotated[int, Meta(ge=2, le=1_000)] = 5
    take: Annotated[int, Meta(ge=1, le=500)] = 250
    keep: Annotated[int, Meta(ge=1, le=900)] = 600
    most: Price = 500
    least: Price = 10
    a_day: Annotated[int, Meta(ge=0, le=20)] = 0
    suffered: Annotated[int, Meta(ge=1, le=10)] = 2
    rest_min: Annotated[int, Meta(ge=0, le=1_440)] = 30

    @property
    def arrives(self) -> int:
        """The coins that one raid brings at most."""
        return self.most * self.keep // 1_000


class RallyStep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What everybody in a rally gets once all have so many taps together."""

    taps: Price
    reward: Reward


class Rallies(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Tapping together for some `minutes`; a host rests before the next one.

    Who has at least `least` taps may claim the highest step that all have reached, `a_day` times a day. With so many
    such `players`, the one with the most taps gets the `juggernaut`'s reward besides. Without steps there are none.
    """

    minutes: Annotated[int, Meta(ge=1, le=60)] = 15
    rest_min: Annotated[int, Meta(ge=0, le=1_440)] = 30
    least: Price = 50
    players: Annotated[int, Meta(ge=2, le=100)] = 3
    a_day: Annotated[int, Meta(ge=1, le=20)] = 3
    steps: Annotated[tuple[RallyStep, ...], Meta(max_length=10)] = ()
    juggernaut: Reward = Reward()


class Duels(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What may be staked on duels, where a deployment allows chance: `most` coins, `a_day` times (0: never).

    Both sides need the `level`, and an account of so many `days`. What one account can lose to another, and so what one
    can collect from others of the same person, is at most `a_day * most` a day.
    """

    level: Annotated[int, Meta(ge=2, le=1_000)] = 10
    days: Annotated[int, Meta(ge=0, le=365)] = 7
    most: Price = 200
    a_day: Annotated[int, Meta(ge=0, le=20)] = 0


class Pointer(NamedTuple):
    """A version of the catalogue that counts from a time on (s since 1970)."""

    version: str
    from_s: int


class Catalogue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, dict=True):
    """All of it; `version` is the hash of the rest, and empty before it is compiled."""

    money: Money
    energy: EnergyRules
    items: tuple[AnyItem, ...]
    tiers: tuple[StatusTier, ...]
    shops: Shops
    missions: Missions = Missions()
    achievements: tuple[Achievement, ...] = ()
    streak: Streak = Streak()
    seasons: tuple[Season, ...] = ()
    league: tuple[LeaguePrize, ...] = ()
    referral: Referral = Referral()
    factions: Factions = Factions()
    territories: tuple[Territory, ...] = ()
    raids: Raids = Raids()
    rallies: Rallies = Rallies()
    duels: Duels = Duels()
    version: str = ""

    @cached_property
    def by_id(self) -> dict[str, AnyItem]:
        return {item.id: item for item in self.items}

    @cached_property
    def ladder(self) -> tuple[StatusTier, ...]:
        """The tiers from the lowest."""
        return tuple(sorted(self.tiers, key=lambda tier: tier.xp))

    def item(self, item_id: str) -> AnyItem | None:
        return self.by_id.get(item_id)

    def is_rare(self, drop: Drop, crate: Crate) -> bool:
        """Whether a drop has the rarity that a crate's pity promises."""
        item = self.item(drop.item)
        return crate.pity is not None and item is not None and item.rarity.rank >= crate.pity.rarity.rank

    def boost_coins(self, boost: Boost) -> int:
        """The coins that a boost adds to the taps that it lasts for."""
        return boost.taps * boost.permille * self.money.coins_per_1000_taps // 1_000_000

    def tier_of(self, xp: int) -> StatusTier:
        """The highest tier that so much XP has reached."""
        return [tier for tier in self.ladder if tier.xp <= xp][-1]

    def reaches(self, xp: int, tier_id: str | None) -> bool:
        """Whether so much XP has reached a tier; everybody has reached none."""
        return tier_id is None or any(tier.id == tier_id and tier.xp <= xp for tier in self.tiers)

    def territory(self, territory_id: str) -> Territory | None:
        return next((one for one in self.territories if one.id == territory_id), None)

    @cached_property
    def missions_by_id(self) -> dict[str, Mission]:
        return {mission.id: mission for mission in self.missions.templates}

    @cached_property
    def achievements_by_id(self) -> dict[str, Achievement]:
        return {achievement.id: achievement for achievement in self.achievements}

    @cached_property
    def seasons_by_id(self) -> dict[str, Season]:
        return {season.id: season for season in self.seasons}

    def prize(self, tier: str, rank: int) -> LeaguePrize | None:
        """The prize of a rank in a tier of the league, None where there is none."""
        prizes = sorted((one for one in self.league if one.tier == tier), key=lambda one: one.to)
        return next((one for one in prizes if rank <= one.to), None)
