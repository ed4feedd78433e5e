"""The streak: a check-in each day of the player's own time zone, and no way to gain a day by changing zones.

Two rules hold at once. A check-in needs a new day in the zone that counts now, and after a change also in the one that
counted before. And however the days lie, all check-ins together take a day each, the last of them excepted: so there
are never more than the days since the first, rounded up, and one (tests/unit/economy/rules/test_streaks.py).
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from tapstack.economy.model import Goals
from tapstack.platform import zones
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import Conflict

ZONE_EVERY_MS = 7 * DAY_MS
"""How often a zone may change."""


class CheckedIn(NamedTuple):
    """The goals after a check-in, and how many freezes it took."""

    goals: Goals
    frozen: int


def _zones(goals: Goals) -> set[str]:
    """The zones whose days count since the last check-in."""
    return {goals.zone, goals.zone_before} if goals.zone_at_ms >= goals.checked_at_ms else {goals.zone}


def days_since(goals: Goals, now_ms: int) -> int:
    """How many days have begun since the last check-in."""
    return min(zones.day_of(now_ms, zone) - zones.day_of(goals.checked_at_ms, zone) for zone in _zones(goals))


def may_check_in(goals: Goals, now_ms: int) -> bool:
    """Whether the next check-in is due, by the calendar."""
    if not goals.checked_at_ms:
        return True
    return days_since(goals, now_ms) > 0 and now_ms > goals.due_ms - DAY_MS


def next_at_ms(goals: Goals, now_ms: int) -> int:
    """When the next check-in may be made; a time that is over where it may be made now."""
    if not goals.checked_at_ms:
        return now_ms
    days = [zones.next_day_ms(goals.checked_at_ms, zone) for zone in _zones(goals)]
    return max(*days, goals.due_ms - DAY_MS + 1)


def running(goals: Goals, now_ms: int) -> int:
    """The days of the streak that a check-in today would continue, 0 for one that is broken."""
    return goals.streak if goals.streak and missed(goals, now_ms) <= goals.freezes else 0


def missed(goals: Goals, now_ms: int) -> int:
    """How many days without a check-in lie between the last one and today."""
    return max(0, days_since(goals, now_ms) - 1)


def checked_in(goals: Goals, now_ms: int, last_tap_ms: int) -> CheckedIn:
    """A check-in; a freeze stands for each missed day, if there are enough of them.

    Raises Conflict (`checked_in`, with when the next may be made, or `no_tap_today`).
    """
    if not may_check_in(goals, now_ms):
        raise Conflict("you have checked in today", code="checked_in", next_at_ms=next_at_ms(goals, now_ms))
    if zones.day_of(last_tap_ms, goals.zone) < zones.day_of(now_ms, goals.zone):
        raise Conflict("tap once first: that makes the day count", code="no_tap_today")
    going_on = running(goals, now_ms)
    frozen = missed(goals, now_ms) if going_on else 0
    after = msgspec.structs.replace(
        goals,
        streak=going_on + 1,
        best=max(goals.best, going_on + 1),
        freezes=goals.freezes - frozen,
        checked_at_ms=now_ms,
        due_ms=max(goals.due_ms, now_ms) + DAY_MS,
    )
    return CheckedIn(after, frozen)


def zone_free_at_ms(goals: Goals) -> int:
    """When the zone may be changed; the first choice is free at any time."""
    return goals.zone_at_ms + ZONE_EVERY_MS if goals.zone_at_ms else 0


def moved(goals: Goals, zone: str, now_ms: int) -> Goals:
    """The goals of who lives in another zone; raises BadRequest (`zone_unknown`) and Conflict (`zone_too_soon`)."""
    zones.check(zone)
    if zone == goals.zone:
        return goals
    free_at_ms = zone_free_at_ms(goals)
    if now_ms < free_at_ms:
        raise Conflict("a time zone can be changed once a week", code="zone_too_soon", free_at_ms=free_at_ms)
    return msgspec.structs.replace(goals, zone=zone, zone_before=goals.zone, zone_at_ms=now_ms)
