"""Signals: each fires on what it is for, says why, and stays quiet for people."""

from __future__ import annotations

from itertools import accumulate

from tapstack.moderation.rules import HOUR_MS, WATCHED_MIN, reasons

NOW = 1_800_000_000_000


def noted(paces: list[int]) -> list[int]:
    return list(accumulate(paces, initial=0))


def found(paces: list[int], sessions: list[tuple[int, int]]) -> list[str]:
    return reasons(noted(paces), sessions, now_ms=NOW, taps_per_s=25)


def test_person_raises_nothing() -> None:
    paces = [300, 420, 0, 380, 510, 290, 333, 470] * 4
    assert found(paces, [(NOW - 3 * HOUR_MS, NOW - 2 * HOUR_MS), (NOW - HOUR_MS, NOW)]) == []


def test_sustained_rate_at_the_limit_is_named() -> None:
    paces = [1_500, 1_430, 1_495, 1_440] * 5
    (why,) = found(paces, [])
    assert "limit is 25" in why


def test_one_slow_minute_is_no_sustained_rate() -> None:
    assert found([1_500, 1_430] * 9 + [1_500, 700], []) == []


def test_clockwork_is_named() -> None:
    (why,) = found([600, 601, 599, 600] * 5, [])
    assert why.startswith("600 taps in each of 20 minutes")


def test_few_minutes_tell_nothing() -> None:
    assert found([600] * (WATCHED_MIN - 1), []) == []


def test_two_days_without_a_night_are_named() -> None:
    sessions = [(NOW - h * HOUR_MS, NOW - (h - 7) * HOUR_MS) for h in range(7, 56, 8)]
    (why,) = found([], sessions)
    assert "48 hours" in why
    assert found([], sessions[:2] + sessions[3:]) == []
