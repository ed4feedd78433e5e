"""The streak: no way to gain a day, in any time zone or by any change of zones."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tapstack.economy.model import Goals
from tapstack.economy.rules import streaks
from tapstack.platform import zones
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import BadRequest, Conflict

HOUR_MS = 3_600_000
START_MS = int(datetime(2026, 3, 20, tzinfo=UTC).timestamp()) * 1_000
ZONES = [
    "UTC",
    "Etc/GMT+12",
    "Etc/GMT-14",
    "Europe/Lisbon",
    "Asia/Kathmandu",
    "America/New_York",
    "Australia/Lord_Howe",
]
ZONES += [f"Etc/GMT{hours:+d}" for hours in (-13, -11, -10, -9, -6, -3, -1, 1, 3, 5, 8, 11)]


@dataclass
class Person:
    """Checks in whenever it is possible, and remembers when."""

    goals: Goals = field(default_factory=Goals)
    made: list[tuple[int, str]] = field(default_factory=list)

    def check_in(self, now_ms: int, last_tap_ms: int | None = None) -> streaks.CheckedIn:
        done = streaks.checked_in(self.goals, now_ms, now_ms if last_tap_ms is None else last_tap_ms)
        self.goals = done.goals
        self.made.append((now_ms, self.goals.zone))
        return done

    def move(self, zone: str, now_ms: int) -> None:
        self.goals = streaks.moved(self.goals, zone, now_ms)


def refused(call: object, code: str) -> Conflict:
    assert callable(call)
    with pytest.raises((Conflict, BadRequest)) as refusal:
        call()
    assert refusal.value.code == code
    assert isinstance(refusal.value, Conflict | BadRequest)
    return refusal.value  # type: ignore[return-value]


STEPS = st.one_of(
    st.integers(1, 3 * HOUR_MS),
    st.sampled_from([1, 1_000, HOUR_MS, DAY_MS - 1, DAY_MS, DAY_MS + 1, 2 * DAY_MS, 7 * DAY_MS]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(STEPS, st.sampled_from(["", "", *ZONES])), min_size=1, max_size=120))
def test_nobody_gains_a_day_by_any_changes_of_zones(steps: list[tuple[int, str]]) -> None:
    """Never more check-ins than the days that have gone by, rounded up, and one; never two in a day of either zone."""
    person, now_ms = Person(), START_MS
    for step_ms, zone in steps:
        now_ms += step_ms
        if zone:
            try:
                person.move(zone, now_ms)
            except Conflict as refusal:
                assert refusal.code == "zone_too_soon"
        try:
            person.check_in(now_ms)
        except Conflict as refusal:
            assert refusal.code == "checked_in"
            assert refusal.data["next_at_ms"] > now_ms
    assert_nothing_gained(person)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["", *ZONES]), st.integers(0, 1)), min_size=20, max_size=60))
def test_who_moves_as_soon_as_possible_and_is_there_at_each_midnight_gains_nothing_either(
    days: list[tuple[str, int]],
) -> None:
    person, now_ms = Person(), START_MS
    person.check_in(now_ms)
    for zone, away_ms in days:
        midnights = [zones.next_day_ms(now_ms, one) for one in (person.goals.zone, zone)]
        now_ms = max(now_ms + 1, min(midnights) + away_ms)
        if zone:
            with suppress(Conflict):
                person.move(zone, now_ms)
        with suppress(Conflict):
            person.check_in(now_ms)
    assert_nothing_gained(person)


def assert_nothing_gained(person: Person) -> None:
    for first in range(len(person.made)):
        for last in range(first + 1, len(person.made)):
            elapsed_ms = person.made[last][0] - person.made[first][0]
            assert last - first + 1 <= -(-elapsed_ms // DAY_MS) + 1
    for (one_ms, one_zone), (other_ms, other_zone) in pairwise(person.made):
        for zone in (one_zone, other_zone):
            assert zones.day_of(one_ms, zone) < zones.day_of(other_ms, zone)


@given(st.sampled_from(ZONES), st.integers(0, 400 * DAY_MS))
def test_the_next_check_in_may_be_made_when_it_is_said_to_be(zone: str, after_ms: int) -> None:
    person = Person(Goals(zone=zone))
    person.check_in(START_MS + after_ms)
    next_ms = streaks.next_at_ms(person.goals, START_MS + after_ms)
    assert not streaks.may_check_in(person.goals, next_ms - 1)
    assert streaks.may_check_in(person.goals, next_ms)


def test_who_checks_in_each_day_at_any_time_of_it_keeps_the_streak_through_both_changes_of_the_clocks() -> None:
    """A day of 23 hours can make somebody wait who has checked in just before and after midnight: for an hour."""
    person, zone, waits = Person(Goals(zone="America/New_York")), ZoneInfo("America/New_York"), []
    first = datetime(2026, 2, 1, tzinfo=zone).toordinal()
    for day in range(300):
        hour, minute = [(23, 59), (0, 1), (12, 0), (23, 0)][day % 4]
        local = datetime.fromordinal(first + day).replace(hour=hour, minute=minute, tzinfo=zone)
        now_ms = int(local.timestamp()) * 1_000
        waits.append(max(0, streaks.next_at_ms(person.goals, now_ms) - now_ms))
        person.check_in(now_ms + waits[-1])
    assert person.goals.streak == person.goals.best == 300
    assert max(waits) <= HOUR_MS
    assert sum(wait > 0 for wait in waits) <= 60


def test_freezes_stand_for_missed_days_as_long_as_there_are_enough() -> None:
    person = Person(Goals(freezes=2))
    person.check_in(START_MS)
    assert person.check_in(START_MS + 2 * DAY_MS).frozen == 1
    assert (person.goals.streak, person.goals.freezes) == (2, 1)
    assert person.check_in(START_MS + 5 * DAY_MS).frozen == 0
    assert (person.goals.streak, person.goals.best, person.goals.freezes) == (1, 2, 1)


def test_a_day_counts_by_a_tap_of_that_day() -> None:
    person = Person(Goals(zone="Asia/Kathmandu"))
    morning_ms = START_MS + 19 * HOUR_MS  # 00:45 in Kathmandu
    refused(lambda: person.check_in(morning_ms, morning_ms - HOUR_MS), "no_tap_today")
    person.check_in(morning_ms, morning_ms - 44 * 60_000)


def test_a_clock_that_jumps_back_brings_no_second_check_in() -> None:
    person = Person()
    person.check_in(START_MS + DAY_MS)
    for back_ms in (0, HOUR_MS, DAY_MS, 30 * DAY_MS):
        refused(lambda back_ms=back_ms: person.check_in(START_MS + DAY_MS - back_ms), "checked_in")
    person.check_in(START_MS + 2 * DAY_MS)
    assert person.goals.streak == 2


def test_a_zone_changes_once_a_week_the_first_time_at_once() -> None:
    person = Person()
    person.move("Europe/Lisbon", START_MS)
    person.move("Europe/Lisbon", START_MS + 1)
    refusal = refused(lambda: person.move("UTC", START_MS + 7 * DAY_MS - 1), "zone_too_soon")
    assert refusal.data["free_at_ms"] == START_MS + 7 * DAY_MS
    person.move("UTC", START_MS + 7 * DAY_MS)


@pytest.mark.parametrize(
    "zone",
    ["", "utc", "Europe", "Europe/Nowhere", "../etc/passwd", "/etc/localtime", "localtime", "posix/Europe/Lisbon"]
    + [
        "right/UTC",
        "Factory",
        "Europe/Lisbon\x00",
        "Europe//Lisbon",
        "A" * 300,
        "tzdata.zi",
        "Etc",
        "America/Argentina",
    ],
)
def test_what_is_no_zone_is_refused(zone: str) -> None:
    refused(lambda: Person().move(zone, START_MS), "zone_unknown")


def test_a_zone_that_is_not_known_any_more_counts_as_utc() -> None:
    assert zones.day_of(START_MS, "Atlantis/Capital") == START_MS // DAY_MS
