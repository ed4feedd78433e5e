from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tapstack.play.rules.milestones import last_milestone, next_milestone


@pytest.mark.parametrize(
    ("score", "last", "following"),
    [
        (0, 0, 100),
        (99, 0, 100),
        (100, 100, 1_000),
        (999, 100, 1_000),
        (1_000, 1_000, 10_000),
        (2**53 - 1, 10**15, 10**16),
    ],
)
def test_milestones_are_the_powers_of_ten_from_100(score: int, last: int, following: int) -> None:
    assert (last_milestone(score), next_milestone(score)) == (last, following)


@given(st.integers(0, 2**53 - 1))
def test_a_score_lies_between_its_last_milestone_and_the_next(score: int) -> None:
    assert last_milestone(score) <= score < next_milestone(score)
