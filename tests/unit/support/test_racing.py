"""Work beside a test ends with it, and is not silent when it fails."""

from __future__ import annotations

import threading

import pytest
from support.racing import beside
from support.waiting import wait_until


def test_work_goes_on_until_the_block_ends() -> None:
    done = {"one": 0, "two": 0}

    def one() -> None:
        done["one"] += 1

    def two() -> None:
        done["two"] += 1

    before = threading.active_count()
    with beside(one, two):
        wait_until("both have worked", lambda: min(done.values()) > 3)
    assert threading.active_count() == before


def test_work_that_fails_fails_the_test() -> None:
    def bad() -> None:
        raise ValueError("told to")

    with pytest.raises(ValueError, match="told to"), beside(bad):
        pass


def test_work_ends_where_the_test_fails() -> None:
    before = threading.active_count()
    with pytest.raises(ValueError, match="of the test"), beside(lambda: None):
        raise ValueError("of the test")
    assert threading.active_count() == before


def test_condition_that_never_holds_is_named_with_what_was_there_last() -> None:
    with pytest.raises(AssertionError, match="not within 0 s: rain; last: 0"):
        wait_until("rain", lambda: 0, within_s=0)
