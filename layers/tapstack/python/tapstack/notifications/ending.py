"""What a player's goals give reason to come back for: what is ready, what is about to end, and what has begun.

Pure: it says what there is now, and whoever asks tells it once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tapstack.economy.rules import missions, seasons, streaks
from tapstack.inbox.model import Kind, Notice
from tapstack.platform import zones
from tapstack.platform.calendar import DAY_MS, Period

if TYPE_CHECKING:
    from tapstack.economy.catalogue.model import Catalogue
    from tapstack.economy.model import Goals

LAST_HOURS_MS = 12 * 3_600_000
"""How long before the end of a streak's last day it is told: the walk comes by several times in that."""

SHORTEST_STREAK = 2
"""In days: a shorter one is not worth a message."""

SEASON_DAYS = 3
"""The beginning of a season is told for so many days, and its end from so many days before it."""


def of_goals(goals: Goals, xp: int, catalogue: Catalogue, now_ms: int) -> list[Notice]:
    """The notices that a player's goals and lifetime XP, as they were last written, call for."""
    return [
        *_streak(goals, now_ms),
        *_chest(missions.begun(goals, now_ms), catalogue, now_ms),
        *_season(goals, xp, catalogue, now_ms),
    ]


def _streak(goals: Goals, now_ms: int) -> Iterator[Notice]:
    """A streak that ends with this day of the player's own, unless they check in: freezes are used up."""
    days, midnight_ms = streaks.running(goals, now_ms), zones.next_day_ms(now_ms, goals.zone)
    lasts = not streaks.may_check_in(goals, now_ms) or streaks.running(goals, midnight_ms) > 0
    if days >= SHORTEST_STREAK and not lasts and midnight_ms - now_ms <= LAST_HOURS_MS:
        yield Notice(Kind.STREAK, Period.DAY.label(zones.day_of(now_ms, goals.zone)), now_ms, {"count": days})


def _chest(goals: Goals, catalogue: Catalogue, now_ms: int) -> Iterator[Notice]:
    if len(goals.weekly) >= catalogue.missions.places and not goals.chest:
        yield Notice(Kind.CHEST, Period.WEEK.label(goals.week), now_ms)


def _season(goals: Goals, xp: int, catalogue: Catalogue, now_ms: int) -> Iterator[Notice]:
    """Tells who has not played since the season began that it has, and the others that it ends, if steps are left."""
    season = seasons.at(catalogue.seasons, now_ms)
    if season is None:
        return
    facts: dict[str, int | str] = {"season": season.id, "steps": len(season.steps)}
    if goals.season != season.id:
        if now_ms - seasons.starts_ms(season) < SEASON_DAYS * DAY_MS:
            yield Notice(Kind.SEASON, season.id, now_ms, {"what": "begun", **facts})
        return
    left_ms = seasons.ends_ms(season) - now_ms
    reached = sum(step.xp <= xp - goals.season_base for step in season.steps)
    if left_ms <= SEASON_DAYS * DAY_MS and reached < len(season.steps):
        left = {"count": -(-left_ms // DAY_MS), "step": reached}
        yield Notice(Kind.SEASON, f"{season.id}:ends", now_ms, {"what": "ends", **facts, **left})
