"""A store that hangs is asked by one caller at a time."""

from __future__ import annotations

from tapstack.platform.breaker import Breaker


class Clock:
    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_breaker_lets_everybody_pass_until_a_failure_and_after_an_answer() -> None:
    breaker = Breaker(2, Clock())
    assert [breaker.lets_pass() for _ in range(3)] == [True] * 3
    breaker.failed()
    assert [breaker.lets_pass() for _ in range(3)] == [False] * 3
    breaker.worked()
    assert [breaker.lets_pass() for _ in range(3)] == [True] * 3


def test_open_breaker_lets_one_caller_try_at_a_time() -> None:
    clock = Clock()
    breaker = Breaker(2, clock)
    breaker.failed()
    for _ in range(3):
        clock.now_s += 2
        assert [breaker.lets_pass() for _ in range(3)] == [True, False, False]
