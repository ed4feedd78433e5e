"""The promise, against a real Redis: whatever happens in whatever order, clicks end equal to the taps made."""

from __future__ import annotations

import pytest
from hypothesis import Phase
from support.machine import BUCKETS, Counting, run
from tapstack.domain.identity import bucket_of
from tapstack.stores import keys


def test_counting_whatever_happens_ends_exact(redis_url: str) -> None:
    run(Counting, redis_url, stateful_step_count=40)


class Forgetful(Counting):
    """A server without watermarks: what it is told twice it counts twice."""

    def deliver(self, player: str, session: str, taps: int) -> None:
        key = keys.player(bucket_of(player, BUCKETS), player)
        if self.client.hexists(key, f"w:{session}"):
            self.client.hset(key, f"w:{session}", 0)
        super().deliver(player, session, taps)


def test_counting_without_watermarks_is_caught(redis_url: str) -> None:
    with pytest.raises(AssertionError):
        run(Forgetful, redis_url, phases=[Phase.generate], report_multiple_bugs=False)
