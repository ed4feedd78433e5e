"""Seasons: from when to when, and what XP counts for one.

XP is known at a player's commands. Taps that nobody has settled when a season begins or ends count for what comes
after, as far as there was energy for them since, and for what came before beyond that.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from functools import lru_cache

from tapstack.economy.catalogue.model import Catalogue, EnergyRules, Season
from tapstack.economy.model import Goals, SeasonScore
from tapstack.leaderboards.model import SeasonPeriod
from tapstack.platform.calendar import DAY_MS


@lru_cache(maxsize=256)
def _ms(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp()) * 1_000


def starts_ms(season: Season) -> int:
    return _ms(season.starts)


def ends_ms(season: Season) -> int:
    """When a season is over."""
    return _ms(season.ends)


def period_of(season: Season) -> SeasonPeriod:
    """The season as boards know it."""
    return _period(season.starts, season.ends)


@lru_cache(maxsize=256)
def _period(starts: date, ends: date) -> SeasonPeriod:
    return SeasonPeriod(_ms(starts) // DAY_MS, _ms(ends))


def at(seasons: Iterable[Season], now_ms: int) -> Season | None:
    """The season of a time."""
    return next((one for one in seasons if starts_ms(one) <= now_ms < ends_ms(one)), None)


def following(seasons: Iterable[Season], now_ms: int) -> Season | None:
    """The next season to begin."""
    return min((one for one in seasons if starts_ms(one) > now_ms), key=starts_ms, default=None)


def xp_at(at_ms: int, now_ms: int, before: int, after: int, energy: EnergyRules) -> int:
    """The XP that a player had at a time since their last command: `before` it was so much, `after` it is now."""
    payable = energy.full + max(0, now_ms - at_ms) // energy.every_ms
    return max(before, after - payable)


def score(last: SeasonScore, goals: Goals, catalogue: Catalogue, xp: int, now_ms: int) -> SeasonScore:
    """What a player has on the board of their season at an XP; `last` where they are in none, or have gained nothing.

    It never falls within a season, and neither does its time: a clock that is set back gets nobody ahead.
    """
    season = None if goals.season_over else catalogue.seasons_by_id.get(goals.season)
    if season is None:
        return last
    period, earned = period_of(season), xp - goals.season_base
    same = last.day == period.day
    if earned <= (last.xp if same else 0):
        return last
    return SeasonScore(period.day, period.ends_ms, earned, max(now_ms, last.at_ms))


def claimed(steps: int, number: int) -> bool:
    """Whether a step (from 1) is among the claimed ones."""
    return bool(steps >> (number - 1) & 1)
