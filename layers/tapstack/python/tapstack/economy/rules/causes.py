"""What rewards are claimed for: one name for each, for ever, which is the key of its entry in the ledger.

`c#mis#2026-11-21#tap_short` (a day's or a week's mission), `c#chest#2026-W47`, `c#ach#taps#2` (the second tier),
`c#sea#frost_2026#5` (the fifth step), `c#lea#2026-W47`,
`c#rally#0123456789abcdef`. A name has one spelling only.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tapstack.platform.calendar import Period
from tapstack.platform.errors import BadRequest, NotFound

REFERRAL = "c#ref#"
"""Before the id of an invited player: the cause of the mail to whoever invited them."""


class MissionCause(NamedTuple):
    period: Period
    number: int
    id: str


class ChestCause(NamedTuple):
    week: int


class AchievementCause(NamedTuple):
    id: str
    tier: int
    """From 1."""


class SeasonCause(NamedTuple):
    id: str
    step: int
    """From 1."""


class LeagueCause(NamedTuple):
    week: int


class RallyCause(NamedTuple):
    id: str


AnyCause = MissionCause | ChestCause | AchievementCause | SeasonCause | LeagueCause | RallyCause

_ID = "[a-z][a-z0-9_]{1,31}"
_MISSION = re.compile(rf"c#mis#([0-9W-]{{8,10}})#({_ID})")
_NUMBERED = re.compile(rf"c#(ach|sea)#({_ID})#([1-9][0-9]?)")
_RALLY = re.compile("c#rally#([0-9a-f]{16})")
_WEEKLY = re.compile(r"c#(chest|lea)#([0-9W-]{8})")


def mission(period: Period, number: int, mission_id: str) -> str:
    return f"c#mis#{period.label(number)}#{mission_id}"


def chest(week: int) -> str:
    return f"c#chest#{Period.WEEK.label(week)}"


def achievement(achievement_id: str, tier: int) -> str:
    return f"c#ach#{achievement_id}#{tier}"


def step(season_id: str, number: int) -> str:
    return f"c#sea#{season_id}#{number}"


def league(week: int) -> str:
    return f"c#lea#{Period.WEEK.label(week)}"


def rally(rally_id: str) -> str:
    return f"c#rally#{rally_id}"


@lru_cache(maxsize=512)
def parse(cause: str) -> AnyCause:
    """What a cause names; raises NotFound (`unknown_cause`) for what names nothing."""
    try:
        if found := _MISSION.fullmatch(cause):
            period = Period.WEEK if "W" in found[1] else Period.DAY
            return MissionCause(period, period.parse(found[1]), found[2])
        if found := _NUMBERED.fullmatch(cause):
            kind = AchievementCause if found[1] == "ach" else SeasonCause
            return kind(found[2], int(found[3]))
        if found := _RALLY.fullmatch(cause):
            return RallyCause(found[1])
        if found := _WEEKLY.fullmatch(cause):
            week = Period.WEEK.parse(found[2])
            return ChestCause(week) if found[1] == "chest" else LeagueCause(week)
    except BadRequest:
        pass
    raise unknown()


def unknown() -> NotFound:
    return NotFound("there is nothing to claim by this name", code="unknown_cause")
