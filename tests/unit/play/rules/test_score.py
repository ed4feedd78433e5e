from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tapstack.platform.bounds import KEPT_CLICKS
from tapstack.platform.calendar import GAME_EPOCH_MS
from tapstack.play.rules.score import TIE_SPAN_MS, clicks_of, score_of

YEAR_MS = 365 * 86_400_000
MINUTE_MS = 60_000
TIMES = st.integers(GAME_EPOCH_MS + YEAR_MS, GAME_EPOCH_MS + 60 * YEAR_MS)


@given(st.integers(0, KEPT_CLICKS), TIMES)
def test_clicks_of_a_score_are_the_clicks_it_was_made_of(clicks: int, at_ms: int) -> None:
    assert clicks_of(score_of(clicks, at_ms)) == clicks


@given(st.integers(0, KEPT_CLICKS - 1), TIMES, TIMES)
def test_score_of_more_clicks_is_higher_whenever_they_came(clicks: int, one_ms: int, other_ms: int) -> None:
    assert score_of(clicks + 1, one_ms) > score_of(clicks, other_ms)


@pytest.mark.parametrize(("clicks", "apart_ms"), [(1, 1), (1_000, 1), (1_000_000, 1_000), (10**9, 5 * MINUTE_MS)])
@pytest.mark.parametrize("years", [1, 2, 10, 50])
def test_score_of_equal_clicks_is_higher_for_who_came_first(clicks: int, apart_ms: int, years: int) -> None:
    first_ms = GAME_EPOCH_MS + years * YEAR_MS
    assert score_of(clicks, first_ms) > score_of(clicks, first_ms + apart_ms)


@given(st.integers(0, KEPT_CLICKS), TIMES, TIMES)
def test_score_of_equal_clicks_never_puts_the_later_first(clicks: int, one_ms: int, other_ms: int) -> None:
    earlier, later = sorted((one_ms, other_ms))
    assert score_of(clicks, earlier) >= score_of(clicks, later)


def test_tie_break_lasts_for_decades() -> None:
    assert TIE_SPAN_MS > 69 * YEAR_MS
