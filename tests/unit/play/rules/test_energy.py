from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tapstack.play.rules.energy import Energy, energy_at

NOW_MS = 1_800_000_000_000


@pytest.mark.parametrize(
    ("tat_ms", "left", "full_in_ms"),
    [
        (0, 30, 0),
        (NOW_MS - 60_000, 30, 0),
        (NOW_MS - 59_999, 29, 1),
        (NOW_MS - 58_000, 29, 2_000),
        (NOW_MS - 57_999, 28, 2_001),
        (NOW_MS - 2_000, 1, 58_000),
        (NOW_MS - 1_999, 0, 58_001),
        (NOW_MS, 0, 60_000),
        (NOW_MS + 86_400_000, 0, 60_000),
    ],
)
def test_energy_is_what_its_tat_leaves(tat_ms: int, left: int, full_in_ms: int) -> None:
    assert energy_at(NOW_MS, tat_ms, full=30, every_ms=2_000) == Energy(left, 30, 2_000, full_in_ms)


@given(st.integers(1, 100_000), st.integers(100, 3_600_000), st.integers(-(10**12), 10**12))
def test_energy_stays_within_its_bounds_and_is_full_when_it_says(full: int, every_ms: int, ago_ms: int) -> None:
    found = energy_at(NOW_MS, NOW_MS - ago_ms, full=full, every_ms=every_ms)
    assert 0 <= found.left <= full
    assert (found.left == full) == (found.full_in_ms == 0)
    if ago_ms >= 0:
        later = energy_at(NOW_MS + found.full_in_ms, NOW_MS - ago_ms, full=full, every_ms=every_ms)
        assert later == Energy(full, full, every_ms, 0)
