from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.progress_examples import FILE, HIGHEST_SCORE, text
from tapstack.play.rules.levels import level_of, level_starts_at


@pytest.mark.parametrize(
    ("score", "level"),
    [(0, 1), (9, 1), (10, 2), (39, 2), (40, 3), (1_000, 11), (10_000, 32), (1_000_000, 317)],
)
def test_a_level_begins_at_ten_times_the_square_of_those_before_it(score: int, level: int) -> None:
    assert level_of(score) == level


@given(st.integers(0, HIGHEST_SCORE))
def test_a_score_lies_between_the_starts_of_its_level_and_the_next(score: int) -> None:
    level = level_of(score)
    assert level_starts_at(level) <= score < level_starts_at(level + 1)


def test_the_examples_of_the_mini_app_are_those_of_these_rules() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "PYTHONPATH=tests python -m support.progress_examples"
