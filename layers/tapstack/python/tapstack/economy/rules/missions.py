"""A player's missions: picked by HMAC for each player and period, the same whenever anybody asks.

Nothing is stored of a mission but that it was claimed or exchanged, and both only until its period ends.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import NamedTuple

import msgspec

from tapstack.economy.catalogue.model import Band, Mission, Missions
from tapstack.economy.model import Goals
from tapstack.platform.calendar import Period

PERIODS = (Period.DAY, Period.WEEK)


class Picked(NamedTuple):
    """A mission as it stands for a player."""

    mission: Mission
    band: Band
    claimed: bool


def begun(goals: Goals, now_ms: int) -> Goals:
    """The goals as they are at a time: nothing is claimed in a day or a week that has just begun."""
    day, week = (period.number_at(now_ms) for period in PERIODS)
    changes: dict[str, object] = {}
    if goals.day != day:
        changes |= {"day": day, "daily": (), "daily_out": ()}
    if goals.week != week:
        changes |= {"week": week, "weekly": (), "weekly_out": (), "chest": False}
    return msgspec.structs.replace(goals, **changes) if changes else goals


def picked(missions: Missions, key: bytes, player_id: str, goals: Goals, period: Period, taps: int) -> list[Picked]:
    """A player's missions of the period that `goals` are of; `taps` are those that they began the week with.

    Claimed ones stay, whatever becomes of the catalogue; the others are of as many kinds as there are.
    """
    number, claimed, out = (
        (goals.day, goals.daily, goals.daily_out)
        if period is Period.DAY
        else (goals.week, goals.weekly, goals.weekly_out)
    )
    own_key = hmac.digest(key, f"missions:{period}:{player_id}:{number}".encode(), "sha256")

    def place(mission: Mission) -> bytes:
        return hashlib.blake2b(mission.id.encode(), key=own_key, digest_size=8).digest()

    order = sorted((one for one in missions.templates if one.period == period), key=place)
    chosen = [one for one in order if one.id in claimed]
    metrics = {one.metric for one in chosen}
    for mission in order:
        if len(chosen) >= missions.places:
            break
        usable = not mission.retired and mission.id not in claimed and mission.id not in out and mission.band(taps)
        if usable and mission.metric not in metrics:
            chosen.append(mission)
            metrics.add(mission.metric)
    bands = ((one, one.band(taps) or one.bands[0]) for one in sorted(chosen, key=place))
    return [Picked(mission, band, mission.id in claimed) for mission, band in bands]
