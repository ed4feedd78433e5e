from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tapstack.notifications import rules
from tapstack.notifications.model import Facts, Seen
from tapstack.telegram.model import Chat

UNKNOWN = Chat(1)
"""Of somebody who has not said what their time is."""


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1_000)


@pytest.mark.parametrize(
    ("now", "quiet"),
    [("07:59", True), ("08:00", False), ("13:59", False), ("14:00", True), ("21:00", True)],
)
def test_russian_readers_hear_nothing_before_ten_in_the_west_and_after_nine_in_the_east(now: str, quiet: bool) -> None:
    assert rules.is_quiet(at(f"2026-11-24 {now}"), UNKNOWN, "ru", 0) is quiet


@pytest.mark.parametrize("language", ["en", "", "pt"])
@pytest.mark.parametrize(
    ("tapped", "now", "quiet"),
    [
        ("18:30", "18:30", False),
        ("18:30", "16:30", False),
        ("18:30", "20:31", True),
        ("18:30", "03:00", True),
        ("23:30", "01:00", False),
        ("00:30", "22:45", False),
    ],
)
def test_others_are_written_to_at_the_hour_at_which_they_play(
    language: str, tapped: str, now: str, quiet: bool
) -> None:
    assert rules.is_quiet(at(f"2026-11-24 {now}"), UNKNOWN, language, at(f"2026-11-22 {tapped}")) is quiet


@pytest.mark.parametrize(
    ("tapped", "expected"),
    [
        ("2026-11-24 11:00", False),  # still at it
        ("2026-11-23 12:00", True),
        ("2026-11-14 12:30", True),
        ("2026-11-14 11:30", False),  # gone
    ],
)
def test_only_who_has_stopped_playing_and_may_come_back_is_reminded(tapped: str, expected: bool) -> None:
    assert rules.may_remind(at("2026-11-24 12:00"), UNKNOWN, "en", at(tapped), None) is expected


def test_two_reminders_are_far_apart_across_midnight_too() -> None:
    tapped = at("2026-11-22 23:30")
    seen = Seen(10, 1, reminded_at_ms=at("2026-11-23 23:50"))
    assert not rules.may_remind(at("2026-11-24 00:10"), UNKNOWN, "en", tapped, seen)
    assert rules.may_remind(at("2026-11-24 23:30"), UNKNOWN, "en", tapped, seen)


def test_result_of_a_week_is_told_on_its_first_day_alone() -> None:
    days = [rules.is_first_day_of_week(at(f"2026-11-{day} 12:00")) for day in (22, 23, 24)]
    assert days == [False, True, False]


@pytest.mark.parametrize(("before", "expected"), [(3, True), (4, False), (5, False)])
def test_player_is_overtaken_by_a_worse_rank_than_before(before: int, expected: bool) -> None:
    assert rules.is_overtaken(Facts(0, "p", 9.0, 4, Seen(9, before))) is expected


@pytest.mark.parametrize(
    ("hours", "now", "quiet"),
    [
        ((21, 10), "18:59", False),
        ((21, 10), "19:00", True),
        ((21, 10), "07:59", True),
        ((21, 10), "08:00", False),
        ((9, 17), "07:00", True),
        ((9, 17), "15:00", False),
        ((9, 9), "07:00", False),
    ],
)
def test_who_has_said_what_their_time_is_has_the_quiet_hours_that_they_want(
    hours: tuple[int, int], now: str, quiet: bool
) -> None:
    chat = Chat(1, quiet_from_h=hours[0], quiet_to_h=hours[1], utc_offset_min=120)
    assert rules.is_quiet(at(f"2026-11-24 {now}"), chat, "ru", 0) is quiet


@pytest.mark.parametrize(
    ("now", "quiet"),
    [("2026-07-01 19:30", True), ("2026-07-01 18:59", False), ("2026-12-01 19:30", False), ("2026-12-01 20:00", True)],
)
def test_quiet_hours_follow_the_zone_of_the_streak_summer_and_winter(now: str, quiet: bool) -> None:
    """From 21:00 in Berlin, whatever offset was set before."""
    chat = Chat(1, utc_offset_min=0, zone="Europe/Berlin")
    assert rules.is_quiet(at(now), chat, "ru", 0) is quiet
