"""The patience of the command line."""

from __future__ import annotations

import pytest
from tapstack.cli.retries import patient
from tapstack.platform.errors import NotFound, StoreUnavailable


def test_unavailable_store_is_asked_again_after_as_long_as_it_says() -> None:
    slept: list[float] = []
    answers = iter(
        (StoreUnavailable("unavailable", retry_after_s=2), StoreUnavailable("unavailable", retry_after_s=5), 7)
    )

    def act() -> int:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert patient(sleep=slept.append)(act) == 7
    assert slept == [2, 5]


def test_last_refusal_is_raised_as_it_is() -> None:
    slept: list[float] = []

    def act() -> int:
        raise StoreUnavailable("unavailable", retry_after_s=1)

    with pytest.raises(StoreUnavailable, match="unavailable"):
        patient(3, slept.append)(act)
    assert slept == [1, 1]


def test_other_errors_are_raised_at_once() -> None:
    def act() -> int:
        raise NotFound("nobody")

    with pytest.raises(NotFound):
        patient(sleep=lambda _: pytest.fail("it waited"))(act)
