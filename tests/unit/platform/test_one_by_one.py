"""A job over many things: one that fails holds up no other, and is not forgotten."""

from __future__ import annotations

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
