"""What the API says of goals. Times are ms since 1970; names and descriptions are in the catalogue, by id."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from tapstack.economy.answers import Receipt


class Claimable(StrEnum):
    """Where a reward stands: still to be reached, reached, or claimed."""

    OPEN = "open"
    READY = "ready"
    CLAIMED = "claimed"


class RewardView(msgspec.Struct, frozen=True):
    """What a claim brings; `goods` maps items to how many, `freezes` keep a streak over a missed day."""

    coin: int = 0
    gem: int = 0
    xp: int = 0
    goods: dict[str, int] = {}
    freezes: int = 0


class MissionView(msgspec.Struct, frozen=True):
    """A mission: `mission` is its id in the catalogue, `cause` what to claim it by, `done` at most `target`."""

    cause: str
    mission: str
    metric: str
    done: int
    target: int
    state: Claimable
    reward: RewardView


class ChestView(msgspec.Struct, frozen=True):
    """The reward for all missions of a week: `claimed` of `of` have been claimed."""

    cause: str
    claimed: int
    of: int
    state: Claimable
    reward: RewardView


class DayMissions(msgspec.Struct, frozen=True):
    """Today's missions; days are UTC, and this one ends at `ends_at_ms`."""

    name: str
    ends_at_ms: int
    missions: list[MissionView]


class WeekMissions(msgspec.Struct, frozen=True):
    """This week's missions, and the chest for all of them."""

    name: str
    ends_at_ms: int
    missions: list[MissionView]
    chest: ChestView


class RerollState(msgspec.Struct, frozen=True):
    """One mission may be exchanged a day, for `price` coins; `next_at_ms` is null where it may be done now."""

    price: int
    next_at_ms: int | None


class TierState(msgspec.Struct, frozen=True):
    """A tier of an achievement; `permille` of all players have claimed it, null where that is not known."""

    tier: int
    target: int
    cause: str
    state: Claimable
    permille: int | None
    reward: RewardView


class AchievementView(msgspec.Struct, frozen=True):
    """An achievement: `value` is what counts for it."""

    achievement: str
    metric: str
    value: int
    tiers: list[TierState]


class StreakView(msgspec.Struct, frozen=True):
    """The streak: `days` until now, `best` ever, and what the next check-in makes of it.

    `freezes` of at most `most_freezes` are left, each for a missed day; the next check-in takes `freezes_needed`.
    `due` says that today's check-in is not made yet, `tapped` that the day's first tap is counted: with both, check
    in. `next_at_ms` is when the next one is due. `zone` is "" before one was chosen, and UTC then; `zone_free_at_ms`
    is when it may be changed, null for now. `week` are the rewards of the days from `next_day`, the next check-in's.
    """

    days: int
    best: int
    freezes: int
    most_freezes: int
    freezes_needed: int
    due: bool
    tapped: bool
    next_at_ms: int
    zone: str
    zone_free_at_ms: int | None
    next_day: int
    week: list[RewardView]


class StepView(msgspec.Struct, frozen=True):
    step: int
    xp: int
    cause: str
    state: Claimable
    reward: RewardView


class ThemeView(msgspec.Struct, frozen=True):
    """Colours (`#rrggbb`) for light and dark themes."""

    accent: str
    accent_dark: str


class SeasonView(msgspec.Struct, frozen=True):
    """The season that it is, with the `xp` earned in it; what is not claimed at its end is paid without being asked."""

    season: str
    starts_at_ms: int
    ends_at_ms: int
    xp: int
    theme: ThemeView
    steps: list[StepView]


class NextSeason(msgspec.Struct, frozen=True):
    season: str
    starts_at_ms: int


class PrizeView(msgspec.Struct, frozen=True):
    """A prize that is there to claim: for the place in the league of the week before."""

    cause: str
    week: str
    tier: str
    rank: int
    reward: RewardView


class ProgressView(msgspec.Struct, frozen=True):
    """All that a player can reach, as it is at `now_ms`; `ready` counts what can be claimed now, the check-in too."""

    now_ms: int
    seq: int
    catalogue: str
    ready: int
    day: DayMissions
    week: WeekMissions
    reroll: RerollState
    achievements: list[AchievementView]
    streak: StreakView
    season: SeasonView | None
    next_season: NextSeason | None
    league: PrizeView | None


# -- what a command has done --


class Claimed(Receipt, frozen=True, kw_only=True):
    """A reward is given, for a cause that has one once."""

    cause: str
    reward: RewardView


class Rerolled(Receipt, frozen=True, kw_only=True):
    """A mission is exchanged for that of the cause `new`."""

    cause: str
    new: str
    paid: int


class CheckedIn(Receipt, frozen=True, kw_only=True):
    """The `streak` has so many days; `frozen` missed days were covered by freezes, `freezes` are left."""

    streak: int
    best: int
    freezes: int
    frozen: int
    next_at_ms: int
    reward: RewardView


class ZoneSet(Receipt, frozen=True, kw_only=True):
    """The zone that days are of from now on; it may be changed again at `free_at_ms`."""

    zone: str
    free_at_ms: int
