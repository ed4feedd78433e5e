"""What goals give reason to come back for, and when."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from tapstack.economy.catalogue.built_in import built_in
from tapstack.economy.model import Goals, Holdings, Snapshot, Wallet
from tapstack.inbox.model import Kind
from tapstack.notifications.ending import of_goals
from tapstack.notifications.finding import found
from tapstack.notifications.model import Facts, Seen
from tapstack.notifications.wording import line
from tapstack.platform.calendar import Period
from tapstack.telegram.texts import LANGUAGES

CATALOGUE = built_in()
SEASON = msgspec.structs.replace(CATALOGUE.seasons[0], id="s9", starts=date(2026, 11, 20), ends=date(2026, 12, 20))
ONE_SEASON = msgspec.structs.replace(CATALOGUE, seasons=(SEASON,))
STEPS = len(SEASON.steps)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1_000)


def told(now: str, goals: Goals, kind: Kind, xp: int = 0) -> list[dict[str, Any]]:
    return [dict(one.facts) for one in of_goals(goals, xp, ONE_SEASON, at(now)) if one.kind == kind]


def streak(last: str, **goals: Any) -> Goals:
    return Goals(streak=9, best=9, checked_at_ms=at(last), due_ms=at(last), **goals)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-24 11:59", []),  # the day is long
        ("2026-11-24 12:01", [{"count": 9}]),
        ("2026-11-24 23:59", [{"count": 9}]),
        ("2026-11-25 13:00", []),  # it has ended
        ("2026-11-23 22:00", []),  # today has its check-in
    ],
)
def test_streak_is_told_of_in_the_last_hours_of_its_last_day(now: str, expected: list[dict[str, Any]]) -> None:
    assert told(now, streak("2026-11-23 20:00"), Kind.STREAK) == expected


@pytest.mark.parametrize(("now", "expected"), [("2026-11-24 18:00", 0), ("2026-11-25 18:00", 1)])
def test_freeze_that_is_left_keeps_the_streak_for_a_day(now: str, expected: int) -> None:
    assert len(told(now, streak("2026-11-23 20:00", freezes=1), Kind.STREAK)) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [("2026-11-24 02:00", 0), ("2026-11-24 04:00", 1), ("2026-11-24 14:59", 1), ("2026-11-24 15:01", 0)],
)
def test_days_of_a_streak_are_of_the_players_own_zone(now: str, expected: int) -> None:
    """Tokyo is nine hours ahead: the day after this check-in ends at 15:00 UTC."""
    goals = streak("2026-11-23 14:00", zone="Asia/Tokyo")
    assert len(told(now, goals, Kind.STREAK)) == expected


def test_first_day_is_no_streak_to_be_called_back_for() -> None:
    goals = msgspec.structs.replace(streak("2026-11-23 20:00"), streak=1)
    assert told("2026-11-24 20:00", goals, Kind.STREAK) == []


def test_chest_is_told_of_from_the_last_mission_until_it_is_claimed_or_its_week_is_over() -> None:
    week = Period.WEEK.number_at(at("2026-11-25 12:00"))
    places = ONE_SEASON.missions.places
    ready = Goals(week=week, weekly=tuple(f"m{number}" for number in range(places)))
    claimed = msgspec.structs.replace(ready, chest=True)
    short = msgspec.structs.replace(ready, weekly=ready.weekly[1:])
    found = [len(told("2026-11-25 12:00", goals, Kind.CHEST)) for goals in (ready, claimed, short)]
    assert found == [1, 0, 0]
    assert told("2026-11-30 00:00", ready, Kind.CHEST) == []


@pytest.mark.parametrize(("now", "expected"), [("2026-11-22 23:59", ["begun"]), ("2026-11-23 00:01", [])])
def test_new_season_is_told_in_its_first_days_to_who_has_not_been_there(now: str, expected: list[str]) -> None:
    assert [facts["what"] for facts in told(now, Goals(season="s8"), Kind.SEASON)] == expected
    assert told(now, Goals(season="s9"), Kind.SEASON) == []


@pytest.mark.parametrize(
    ("now", "left"), [("2026-12-16 23:59", []), ("2026-12-17 00:00", [3]), ("2026-12-19 12:00", [1])]
)
def test_end_of_a_season_is_told_with_the_days_left_and_the_step(now: str, left: list[int]) -> None:
    goals = Goals(season="s9", season_base=100)
    found = told(now, goals, Kind.SEASON, xp=100 + SEASON.steps[1].xp)
    assert [(facts["what"], facts["count"], facts["step"], facts["steps"]) for facts in found] == [
        ("ends", count, 2, STEPS) for count in left
    ]


def test_who_has_reached_all_of_a_season_is_left_in_peace() -> None:
    assert told("2026-12-19 12:00", Goals(season="s9"), Kind.SEASON, xp=SEASON.steps[-1].xp) == []


def test_beginning_and_end_of_a_season_are_two_notices_and_each_is_one() -> None:
    begun = [of_goals(Goals(), 0, ONE_SEASON, at(now))[0].key for now in ("2026-11-20 12:00", "2026-11-21 12:00")]
    ends = [
        of_goals(Goals(season="s9"), 0, ONE_SEASON, at(now))[0].key for now in ("2026-12-18 12:00", "2026-12-19 12:00")
    ]
    assert begun[0] == begun[1] != ends[0] == ends[1]


def test_walk_finds_it_in_the_wallet_and_without_one_finds_nothing() -> None:
    now_ms = at("2026-11-24 20:00")
    held = Snapshot(Holdings("p", Wallet(), goals=streak("2026-11-23 20:00", season="s9")))
    ports: Any = SimpleNamespace(
        wallets=SimpleNamespace(read={"p": held}.get), catalogues=SimpleNamespace(current=lambda: ONE_SEASON)
    )
    players = [Facts(now_ms, player_id, 9.0, 1, Seen(9, 1)) for player_id in ("p", "nobody")]
    assert [[notice.kind for notice in found(ports, facts)] for facts in players] == [[Kind.STREAK], []]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_said_in_words(language: str) -> None:
    notices = [
        *of_goals(streak("2026-11-23 20:00", season="s9"), 0, ONE_SEASON, at("2026-11-24 20:00")),
        *of_goals(Goals(), 0, ONE_SEASON, at("2026-11-20 12:00")),
        *of_goals(Goals(season="s9"), 0, ONE_SEASON, at("2026-12-19 12:00")),
    ]
    lines = [line(notice, {}, language) for notice in notices]
    assert len({text for text in lines if text and "{" not in text}) == 3
