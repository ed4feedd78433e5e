"""A player's missions: picked by HMAC for each player and period, the same whenever anybody asks.

Nothing is stored of a mission but that it was claimed or exchanged, and both only until its period ends.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from typing import NamedTuple

import msgspec

from tapstack.economy.catalogue.model import Band, Mission, Missions
from tapstack.economy.model import Goals
from tapstack.economy.rules.tallies import numbers_at
from tapstack.platform.calendar import Period

PERIODS = (Period.DAY, Period.WEEK)


@lru_cache(maxsize=8)
def _order(ids: tuple[str, ...], key: bytes, period: Period, player_id: str, number: int) -> list[str]:
    """The missions as they come up for a player in a period; kept, for who looks at them often claims one next."""
    keyed = hashlib.blake2b(
        key=hmac.digest(key, f"missions:{period}:{player_id}:{number}".encode(), "sha256"), digest_size=8
    )

    def place(mission_id: str) -> bytes:
        of_id = keyed.copy()
        of_id.update(mission_id.encode())
        return of_id.digest()

    return sorted(ids, key=place)


class Picked(NamedTuple):
    """A mission as it stands for a player."""

    mission: Mission
    band: Band
    claimed: bool


def begun(goals: Goals, now_ms: int) -> Goals:
    """The goals as they are at a time: nothing is claimed in a day or a week that has just begun."""
    day, week, _ = numbers_at(now_ms)
    if goals.day == day and goals.week == week:
        return goals
    if goals.week == week:
        return msgspec.structs.replace(goals, day=day, daily=(), daily_out=())
    return msgspec.structs.replace(
        goals, day=day, daily=(), daily_out=(), week=week, weekly=(), weekly_out=(), chest=False
    )


def picked(missions: Missions, key: bytes, player_id: str, goals: Goals, period: Period, taps: int) -> list[Picked]:
    """A player's missions of the period that `goals` are of; `taps` are those that they began the week with.

    Claimed ones stay, whatever becomes of the catalogue; the others are of as many kinds as there are.
    """
    number, claimed, out = (
        (goals.day, goals.daily, goals.daily_out)
        if period is Period.DAY
        else (goals.week, goals.weekly, goals.weekly_out)
    )
    by_id = missions.of(period)
    kept = {one for one in claimed if one in by_id}
    free, metrics = missions.places - len(kept), {by_id[one].metric for one in kept}
    found = []
    for one in _order(tuple(by_id), key, period, player_id, number):
        if free <= 0 and not kept:
            break
        mission = by_id[one]
        if one in kept:
            kept.remove(one)
            found.append(Picked(mission, mission.band(taps) or mission.bands[0], claimed=True))
        elif free > 0 and not (mission.retired or mission.metric in metrics or one in out):
            band = mission.band(taps)
            if band:
                free -= 1
                metrics.add(mission.metric)
                found.append(Picked(mission, band, claimed=False))
    return found
