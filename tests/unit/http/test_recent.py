"""What a process keeps: for how long, how much, and never an error."""

from __future__ import annotations

import pytest
from support.racing import race
from tapstack.http.recent import Recent


def test_value_is_made_once_in_its_time() -> None:
    made: list[int] = []
    recent: Recent[int] = Recent(keep_ms=1_000, most=10)

    def make() -> int:
        made.append(1)
        return len(made)

    assert [recent.get("a", now_ms, make) for now_ms in (0, 1, 999, 1_000, 1_999, 2_000)] == [1, 1, 1, 2, 2, 3]
    assert recent.get("b", 2_000, make) == 4


def test_value_from_a_time_that_has_not_come_is_made_anew() -> None:
    recent: Recent[str] = Recent(keep_ms=1_000, most=10)
    recent.get("a", 3_600_000, lambda: "then")
    assert recent.get("a", 0, lambda: "now") == "now"


def test_no_more_is_kept_than_allowed_and_what_is_asked_for_stays() -> None:
    recent: Recent[int] = Recent(keep_ms=1_000_000, most=3)
    for n in range(100):
        recent.get("wanted", 0, lambda: -1)
        recent.get(n, 0, lambda n=n: n)  # type: ignore[misc]
    assert len(recent._values) == 3
    assert recent.get("wanted", 0, lambda: -2) == -1


def test_error_is_not_kept() -> None:
    recent: Recent[int] = Recent(keep_ms=1_000, most=3)
    with pytest.raises(ZeroDivisionError):
        recent.get("a", 0, lambda: 1 // 0)
    assert recent.get("a", 0, lambda: 7) == 7


def test_many_at_once_get_the_same() -> None:
    recent: Recent[int] = Recent(keep_ms=1_000, most=3)
    assert race(16, lambda n: [recent.get(k % 5, 0, lambda k=k: k % 5) for k in range(n, n + 50)]) == [  # type: ignore[misc]
        [k % 5 for k in range(n, n + 50)] for n in range(16)
    ]
