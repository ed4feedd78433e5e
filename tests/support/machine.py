"""Players, a network and servers that do and suffer anything in any order, over a real Redis: for Hypothesis."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import redis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tapstack.domain import pacing
from tapstack.domain.state import Player
from tapstack.errors import SessionEnded, StoreUnavailable
from tapstack.services import live
from tapstack.services.cleanup import cleanup
from tapstack.services.rebuild import rebuild_if_cold
from tapstack.services.sync import sync_all
from tapstack.stores import keys
from tapstack.stores.hot import Refusal

from support.memory import RealRedisStores
from support.racing import ManualClock

BUCKETS = 2
PLAYERS = ["00000000000000a1", "00000000000000b2", "00000000000000c3"]
SESSIONS = [f"session-{n}" for n in range(3)]
PACED = 400
"""What a client sends at most in one go: within the burst, so that nothing is refused."""

UNSYNCED_MS = 10_000
"""Taps that wait longer than this are synced first, as the schedule would."""


class Killed(BaseException):
    """The function's process has ended here."""


class Fuse:
    """Ends the running function before its n-th call to a store."""

    def __init__(self, calls: int) -> None:
        self.left = calls

    def burn(self) -> None:
        if self.left == 0:
            raise Killed
        self.left -= 1


class Fused:
    """A store whose every call burns a fuse."""

    def __init__(self, store: Any, fuse: Fuse) -> None:
        self._store, self._fuse = store, fuse

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        if not callable(found):
            return found

        def call(*args: Any, **kwargs: Any) -> Any:
            self._fuse.burn()
            return found(*args, **kwargs)

        return call


class FusedStores:
    def __init__(self, stores: Any, fuse: Fuse) -> None:
        self.settings, self.clock, self.queue, self.players = (
            stores.settings,
            stores.clock,
            stores.queue,
            stores.players,
        )
        self.hot = Fused(stores.hot, fuse)
        self.hot_sync = Fused(stores.hot_sync, fuse)
        self.hot_board = Fused(stores.hot_board, fuse)
        self.hot_periods = Fused(stores.hot_periods, fuse)
        self.counters = Fused(stores.counters, fuse)
        self.player_index = stores.player_index


def remaining_ms() -> int:
    return 60_000


class Counting(RuleBasedStateMachine):
    """Clients that keep their counts, a network that loses, doubles and reorders, and servers that die."""

    redis_url = ""
    in_flight = Bundle("in_flight")

    @initialize()
    def start(self) -> None:
        self.client: Any = redis.Redis.from_url(self.redis_url, decode_responses=True)
        self.client.flushall()
        self.clock = ManualClock()
        self.stores: Any = RealRedisStores(self.client, self.clock, BUCKETS=str(BUCKETS))
        self.made: dict[tuple[str, str], int] = {}
        self.synced_at_ms = self.clock()
        self.saved: dict[str, Any] = {}
        for player in PLAYERS:
            account = Player(player, len(self.stores.players.accounts) + 1, None, "", player, "en", self.clock())
            self.stores.players.create(account)
        self.wait_a_burst()

    def wait_a_burst(self) -> None:
        self.clock.advance(pacing.BURST_S)

    # What players do

    @rule(
        target=in_flight,
        player=st.sampled_from(PLAYERS),
        session=st.sampled_from(SESSIONS),
        taps=st.integers(0, 60),
        copies=st.sampled_from([0, 1, 1, 2]),
    )
    def tap_and_send(self, player: str, session: str, taps: int, copies: int) -> tuple[str, str, int]:
        if self.clock() - self.synced_at_ms > UNSYNCED_MS:
            self.sync()
        if (player, session) not in self.made:
            self.open(player, session)
        self.made[player, session] += taps
        self.clock.advance(taps / self.stores.settings.taps_per_s)
        request = player, session, self.made[player, session]
        for _ in range(copies):
            self.deliver(*request)
        return request

    @rule(request=in_flight)
    def arrives_late(self, request: tuple[str, str, int]) -> None:
        """After newer ones, or once more: the request stays in flight."""
        self.deliver(*request)

    @rule(player=st.sampled_from(PLAYERS), session=st.sampled_from(SESSIONS))
    def leave(self, player: str, session: str) -> None:
        self.stores.hot.end_session(player, session)

    # What servers do

    @rule()
    def sync(self) -> None:
        sync_all(self.stores, remaining_ms)
        self.remember()

    @rule(calls=st.integers(0, 12))
    def sync_killed(self, calls: int) -> None:
        with self.killed(calls) as stores:
            sync_all(stores, remaining_ms)

    @rule()
    def everybody_idles(self) -> None:
        self.clock.advance(self.stores.settings.session_idle_s + 1)
        cleanup(self.stores, remaining_ms)
        self.remember()

    @rule(calls=st.integers(0, 25), idle=st.booleans())
    def cleanup_killed(self, calls: int, idle: bool) -> None:
        if idle:
            self.sync()
            self.clock.advance(self.stores.settings.session_idle_s + 1)
        with self.killed(calls) as stores:
            cleanup(stores, remaining_ms)

    @rule()
    def redis_is_wiped(self) -> None:
        self.client.flushall()

    @rule()
    def redis_is_rolled_back_to_the_last_sync(self) -> None:
        self.client.flushall()
        for key, value in self.saved.items():
            self.raw.restore(key, 0, value)

    @rule(calls=st.integers(0, 8))
    def rebuild_killed(self, calls: int) -> None:
        with self.killed(calls) as stores:
            rebuild_if_cold(stores, remaining_ms)

    @rule()
    def rebuild(self) -> None:
        rebuild_if_cold(self.stores, remaining_ms)

    # The promise

    @invariant()
    def nothing_counts_twice(self) -> None:
        for player, clicks in self.live_clicks().items():
            assert clicks <= self.taps_of(player), player
        for counter in self.stores.counters.saved.values():
            assert counter.clicks <= self.taps_of(counter.player_id)

    def teardown(self) -> None:
        if not hasattr(self, "client"):
            return
        for player, session in self.made:
            self.bring_everything(player, session)
        rebuild_if_cold(self.stores, remaining_ms)
        self.sync()
        clicks = {p: c for p, c in self.live_clicks().items() if c}
        self.check(clicks)
        saved = {c.player_id: c.clicks for c in self.stores.counters.saved.values() if c.clicks}
        assert saved == clicks
        totals = [int(self.client.hget(keys.META[b], "total") or 0) for b in range(BUCKETS)]
        assert sum(totals) == sum(clicks.values())
        self.client.close()
        self.raw.close()

    def check(self, clicks: dict[str, int]) -> None:
        """What is to stand in the end, everything having been brought."""
        assert clicks == {player: self.taps_of(player) for player in PLAYERS if self.taps_of(player)}

    # How clients behave

    def open(self, player: str, session: str) -> None:
        self.made.setdefault((player, session), 0)
        for _ in range(3):
            outcome = self.stores.hot.open_session(player, session)
            if outcome is Refusal.NOT_LOADED:
                live.load_player(self.stores, player)
            elif outcome is Refusal.SESSION_UNKNOWN:
                past = self.stores.counters.past_session(player, session)
                taps, started_ms = (past.taps, past.started_at_ms) if past else (0, 0)
                self.stores.hot.open_session(player, session, start_from=taps, started_at_ms=started_ms)
            else:
                return
        raise AssertionError("the session does not open")

    def deliver(self, player: str, session: str, taps: int) -> None:
        try:
            live.record_taps(self.stores, player, session, taps)
        except SessionEnded:
            self.open(player, session)
            live.record_taps(self.stores, player, session, taps)

    def bring_everything(self, player: str, session: str) -> None:
        """The client's paced way to send what it holds: nothing beyond the burst at once."""
        total = self.made[player, session]
        self.open(player, session)
        sent = 0
        while sent < total:
            sent = min(total, sent + PACED)
            self.deliver(player, session, sent)
            self.wait_a_burst()

    # Helpers

    @contextmanager
    def killed(self, calls: int) -> Iterator[Any]:
        try:
            yield FusedStores(self.stores, Fuse(calls))
        except (Killed, StoreUnavailable):
            pass
        # the lease of the dead runs out
        self.client.delete(keys.REBUILD_LEASE, *keys.SYNC_LEASE[:BUCKETS])

    @property
    def raw(self) -> Any:
        if not hasattr(self, "_raw"):
            self._raw = redis.Redis.from_url(self.redis_url)
        return self._raw

    def remember(self) -> None:
        self.synced_at_ms = self.clock()
        self.saved = {key: self.raw.dump(key) for key in self.raw.keys("{b*")}

    def taps_of(self, player: str) -> int:
        return sum(made for (who, _), made in self.made.items() if who == player)

    def live_clicks(self) -> dict[str, int]:
        return dict(self.stores.hot.clicks_of(PLAYERS))


def run(machine: type[Counting], redis_url: str, **options: Any) -> None:
    bound = type(machine.__name__, (machine,), {"redis_url": redis_url})
    checks = list(HealthCheck)
    run_state_machine_as_test(
        bound, settings=settings(max_examples=120, deadline=None, suppress_health_check=checks, **options)
    )
