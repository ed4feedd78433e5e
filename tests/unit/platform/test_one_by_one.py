"""A job over many things: one that fails holds up no other, and is not forgotten."""

from __future__ import annotations

from contextlib import suppress
from itertools import count

import pytest
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.one_by_one import one_by_one


def test_what_an_outage_stops_is_left_to_the_next_run() -> None:
    def act(number: int) -> int:
        if number == 2:
            raise StoreUnavailable("away", retry_after_s=1)
        return number

    assert one_by_one([1, 2, 3], act, "thing {}".format) == 4


def test_broken_thing_stops_no_other_and_is_raised_in_the_end(caplog: pytest.LogCaptureFixture) -> None:
    done: list[int] = []

    def act(number: int) -> int:
        if number < 3:
            raise ValueError(f"broken {number}")
        done.append(number)
        return 1

    with pytest.raises(ValueError, match="broken 1"):
        one_by_one([1, 2, 3, 4], act, "thing {}".format)
    assert done == [3, 4]
    assert [record.message for record in caplog.records] == ["thing 1 failed", "thing 2 failed"]


def test_run_does_one_thing_at_least_and_none_after_its_time() -> None:
    numbers = count()
    assert one_by_one(numbers, lambda _: 1, "thing {}".format, budget_s=-1.0) == 1
    assert next(numbers) == 1


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ValueError("broken"), [1]),
        (StoreUnavailable("no wallet", retry_after_s=60, code="wallet_unreadable"), [1]),
        (StoreUnavailable("no store", retry_after_s=1), []),
    ],
)
def test_what_is_broken_is_put_off_and_what_an_outage_stops_is_not(error: Exception, expected: list[int]) -> None:
    put_off: list[int] = []

    def act(number: int) -> int:
        if number == 1:
            raise error
        return 1

    with suppress(ValueError):
        assert one_by_one([1, 2], act, "thing {}".format, put_off.append) == 1
    assert put_off == expected


def test_what_cannot_be_put_off_holds_up_no_other() -> None:
    done: list[int] = []

    def act(number: int) -> int:
        if number == 1:
            raise ValueError("broken")
        done.append(number)
        return 1

    def put_off(_: int) -> None:
        raise StoreUnavailable("no store", retry_after_s=1)

    with pytest.raises(ValueError, match="broken"):
        one_by_one([1, 2], act, "thing {}".format, put_off)
    assert done == [2]
