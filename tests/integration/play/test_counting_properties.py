"""The promise, against a real Redis: whatever happens in whatever order, clicks end equal to the taps made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import Phase
from hypothesis.stateful import initialize
from support.machine import BUCKETS, PLAYERS, SESSIONS, Counting, run, user
from support.stalling import Stalled
from tapstack.play import redis_keys as keys
from tapstack.play import sessions
from tapstack.play.cleanup import cleanup
from tapstack.play.saving import sync_all
from tapstack.players.rules.identity import bucket_of

ADA = PLAYERS[0]
FIRST, SECOND, *_ = SESSIONS


def test_counting_whatever_happens_ends_exact(redis_url: str) -> None:
    run(Counting, redis_url, stateful_step_count=40)


class Forgetful(Counting):
    """A server without watermarks: what it is told twice it counts twice."""

    def deliver(self, player: str, session: str, taps: int) -> None:
        key = keys.player(bucket_of(player, BUCKETS), player)
        if self.client.hexists(key, f"w:{session}"):
            self.client.hset(key, f"w:{session}", 0)
        super().deliver(player, session, taps)


class Untimely(Counting):
    """A server that brings into Redis what it has read in DynamoDB, however long ago."""

    @initialize()
    def start(self) -> None:
        super().start()
        load = self.stores.play.load
        self.stores.play.load = lambda counter, _: load(counter)


class Unasked(Counting):
    """A server that opens a session where its history says, however long ago it was looked up."""

    @initialize()
    def start(self) -> None:
        super().start()
        open_session = self.stores.play.open_session
        self.stores.play.open_session = lambda *args, **options: open_session(*args, **(options | {"ticket": ""}))


class Overwriting(Counting):
    """A history that takes whatever comes last."""

    @initialize()
    def start(self) -> None:
        super().start()
        counters = self.stores.counters

        def put_history(lines: Any) -> set[Any]:
            counters.lines |= {(line.player_id, line.session_key): line for line in lines}
            return set()

        counters.put_history = put_history


class Timeless(Counting):
    """Jobs that do not notice that their time is over."""

    def stall(self, calls: int, work: Any, at: str = "") -> Stalled:
        return super().stall(calls, lambda stores, remaining: work(stores, lambda: abs(remaining()) + 60_000), at)


def load_stalls(game: Counting) -> None:
    """Over a visit that ends with more than was read: the old count is not put back."""
    game.come_and_go(ADA, FIRST, 50)
    stalled = game.stall(0, lambda stores, _: sessions.open_session(stores, user(ADA), SECOND), "load")
    game.come_and_go(ADA, SECOND, 60)
    game.goes_on(stalled)


def opening_stalls(game: Counting) -> None:
    """Over a visit of that session, the player being there all the time: it is not opened below its watermark."""
    game.tap_and_send(ADA, FIRST, 10, 1)
    stalled = game.stall(1, lambda stores, _: sessions.open_session(stores, user(ADA), SECOND), "open_session")
    game.come_and_go(ADA, SECOND, 60)
    game.goes_on(stalled)


def cleanup_stalls(game: Counting) -> None:
    """With a session that is taken up and ended again meanwhile: the older watermark does not come out on top."""
    game.tap_and_send(ADA, SECOND, 10, 1)
    game.tap_and_send(ADA, FIRST, 50, 1)
    game.leave(ADA, FIRST)
    game.wait_until_nobody_is_kept()
    stalled = game.stall(0, cleanup, "put_history")
    game.end_leases()
    game.come_and_go(ADA, FIRST, 60)
    game.goes_on(stalled)


def sync_stalls(game: Counting) -> None:
    """Between its reading and its writing, beyond its leases: the older counter is not written over the newer."""
    game.tap_and_send(ADA, FIRST, 50, 1)
    stalled = game.stall(BUCKETS + 2, sync_all, "remaining_ms")
    game.end_leases()
    game.leave(ADA, FIRST)
    game.come_and_go(ADA, SECOND, 60)
    game.goes_on(stalled)


STORIES = [
    (load_stalls, Untimely),
    (opening_stalls, Unasked),
    (cleanup_stalls, Overwriting),
    (sync_stalls, Timeless),
]


def told(story: Callable[[Counting], None], machine: type[Counting], redis_url: str) -> None:
    game = type(machine.__name__, (machine,), {"redis_url": redis_url})()
    game.start()
    story(game)
    if not game.standing_still[0].stood:
        pytest.fail("nothing has stood still")
    game.teardown()


@pytest.mark.parametrize("story", [story for story, _ in STORIES])
def test_whoever_stands_still_over_a_visit_neither_loses_nor_doubles_taps(story: Any, redis_url: str) -> None:
    told(story, Counting, redis_url)


@pytest.mark.parametrize(("story", "mutant"), STORIES)
def test_whoever_stands_still_does_harm_without_the_guard(story: Any, mutant: Any, redis_url: str) -> None:
    with pytest.raises(AssertionError):
        told(story, mutant, redis_url)


@pytest.mark.parametrize("mutant", [Forgetful, Untimely, Unasked])
def test_search_finds_what_is_lost_and_doubled_without_the_guard(mutant: Any, redis_url: str) -> None:
    """Always on the same examples, as others need not find it."""
    options = {"max_examples": 400, "derandomize": True, "phases": [Phase.generate], "report_multiple_bugs": False}
    with pytest.raises(AssertionError):
        run(mutant, redis_url, **options)
