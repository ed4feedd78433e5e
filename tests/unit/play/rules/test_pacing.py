from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tapstack.play.rules.pacing import (
    BURST_S,
    FLUSH_MAX_MS,
    FLUSH_MIN_MS,
    dirty_of_bucket,
    flush_every_ms,
    heartbeat_every_ms,
)


@pytest.mark.parametrize(
    ("active", "wanted_ms"),
    [(0, 1_000), (1, 1_000), (1_000, 1_000), (1_001, 1_001), (5_000, 5_000), (15_000, 15_000), (10**6, 15_000)],
)
def test_flush_every_ms_follows_the_crowd_within_its_clamps(active: int, wanted_ms: int) -> None:
    assert flush_every_ms(active, 1_000) == wanted_ms


@given(st.integers(0, 10**9), st.integers(1, 10**6))
def test_flush_every_ms_keeps_the_crowd_within_the_budget(active: int, budget: int) -> None:
    every_ms = flush_every_ms(active, budget)
    assert FLUSH_MIN_MS <= every_ms <= FLUSH_MAX_MS
    if every_ms < FLUSH_MAX_MS:
        assert active * 1_000 <= budget * (every_ms + 1)


def test_burst_covers_the_longest_flush_interval() -> None:
    """Else honest taps of a slow client in a big crowd would be refused."""
    assert BURST_S * 1_000 > FLUSH_MAX_MS


@pytest.mark.parametrize("idle_s", [2, 60, 86_400])
def test_heartbeat_every_ms_lets_two_heartbeats_be_lost(idle_s: int) -> None:
    every_ms = heartbeat_every_ms(idle_s)
    assert 0 < every_ms
    assert 3 * every_ms <= idle_s * 1_000


@pytest.mark.parametrize(
    ("at_dirty", "buckets", "of_bucket"), [(100, 16, 6), (100, 1, 100), (5, 16, 1), (0, 16, 0), (0, 1, 0)]
)
def test_dirty_players_are_shared_out_among_the_buckets(at_dirty: int, buckets: int, of_bucket: int) -> None:
    """Nought stays nought, and is no bucket's share: it switches these syncs off."""
    assert dirty_of_bucket(at_dirty, buckets) == of_bucket
