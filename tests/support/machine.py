"""Players, a network and servers that do and suffer anything in any order, over a real Redis: for Hypothesis."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import redis
from hypothesis import HealthCheck, core, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tapstack.platform.errors import SessionEnded, StoreUnavailable
from tapstack.play import leases, sessions
from tapstack.play import redis_keys as keys
from tapstack.play import taps as live
from tapstack.play.cleanup import cleanup
from tapstack.play.rules import pacing
from tapstack.play.saving import sync_all
from tapstack.players.model import Player
from tapstack.telegram.init_data import TelegramUser

from support.examples import examples
from support.fakes.ports import RealRedisPorts
from support.racing import ManualClock
from support.recovery import recover
from support.stalling import Fuse, HookedStores, Killed, Stalled

BUCKETS = 2
START_MS = 1_800_000_000_000
PLAYERS = ["00000000000000a1", "00000000000000b2", "00000000000000c3"]
SESSIONS = [f"session-{n}" for n in range(3)]
PACED = 400
"""What a client sends at most in one go: within the burst, so that nothing is refused."""

BEFORE = [(2, ""), (0, "load"), (1, "open_session")]
"""Where an opening stands still: between its readings in DynamoDB, or before what it does with them: old by then."""

ENERGY = {"ENERGY_FULL": "90", "ENERGY_EVERY_MS": "2000"}
"""Little enough to be used up."""

UNSYNCED_MS = 10_000
"""Taps that wait longer than this are synced first, as the schedule would."""


def remaining_ms() -> int:
    return 60_000


class Counting(RuleBasedStateMachine):
    """Clients that keep their counts, a network that loses, doubles and reorders, and servers that die."""

    redis_url = ""
    keeps_paid_taps = True
    in_flight = Bundle("in_flight")
    stalled = Bundle("stalled")

    @initialize()
    def start(self) -> None:
        self.client: Any = redis.Redis.from_url(self.redis_url, decode_responses=True)
        self.client.flushall()
        self.clock = ManualClock(START_MS)
        self.stores: Any = RealRedisPorts(self.client, self.clock, BUCKETS=str(BUCKETS), **ENERGY)
        self.settled = dict.fromkeys(PLAYERS, 0)
        self.made: dict[tuple[str, str], int] = {}
        self.synced_at_ms = self.clock()
        self.saved: dict[str, Any] = {}
        self.standing_still: list[Stalled] = []
        for player in PLAYERS:
            account = Player(player, user(player).id, None, "", player, "en", self.clock())
            self.stores.players.create(account)
        self.wait_a_burst()

    def wait_a_burst(self) -> None:
        self.clock.advance(pacing.BURST_S)

    def wait_until_nobody_is_kept(self) -> None:
        """Until cleanup may archive all sessions that have ended; those that are open go on."""
        self.clock.advance(self.stores.settings.play.session_idle_s + 1)
        for player, session in self.made:
            with suppress(SessionEnded):
                self.stores.play.heartbeat(player, session)

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
        self.clock.advance(taps / self.stores.settings.play.taps_per_s)
        request = player, session, self.made[player, session]
        for _ in range(copies):
            self.deliver(*request)
        return request

    @rule(request=in_flight)
    def arrives_late(self, request: tuple[str, str, int]) -> None:
        """After newer ones, or once more: the request stays in flight."""
        self.deliver(*request)

    @rule(player=st.sampled_from(PLAYERS), session=st.sampled_from(SESSIONS), taps=st.integers(1, 60))
    def come_and_go(self, player: str, session: str, taps: int) -> None:
        """A whole visit, up to where Redis has forgotten it; who else plays goes on."""
        self.tap_and_send(player, session, taps, 1)
        self.leave(player, session)
        self.wait_until_nobody_is_kept()
        cleanup(self.stores, remaining_ms)
        self.remember()

    @rule(player=st.sampled_from(PLAYERS), session=st.sampled_from(SESSIONS))
    def leave(self, player: str, session: str) -> None:
        self.stores.play.end_session(player, session)

    # Requests and jobs that stand still, and go on when nobody expects it any more

    @rule(target=stalled, player=st.sampled_from(PLAYERS), session=st.sampled_from(SESSIONS), calls=st.integers(0, 5))
    def opening_stalls(self, player: str, session: str, calls: int, at: str = "") -> Stalled:
        self.made.setdefault((player, session), 0)
        return self.stall(calls, lambda stores, _: sessions.open_session(stores, user(player), session), at)

    @rule(
        player=st.sampled_from(PLAYERS),
        session=st.sampled_from(SESSIONS),
        beside=st.booleans(),
        before=st.sampled_from(BEFORE),
        taps=st.integers(1, 60),
    )
    def opening_stalls_over_a_visit(
        self, player: str, session: str, beside: bool, before: tuple[int, str], taps: int
    ) -> None:
        """Whose request has no answer asks again, plays and goes; and then the first one goes on.

        The player may be at it `beside` that, in another session.
        """
        if beside:
            self.tap_and_send(player, SESSIONS[SESSIONS.index(session) - 1], 1, 1)
        opening = self.opening_stalls(player, session, *before)
        self.come_and_go(player, session, taps)
        self.goes_on(opening)

    @rule(target=stalled, request=in_flight, calls=st.integers(0, 5))
    def request_stalls(self, request: tuple[str, str, int], calls: int) -> Stalled:
        return self.stall(calls, lambda stores, _: live.record_taps(stores, *request))

    @rule(target=stalled, job=st.sampled_from([sync_all, cleanup, recover]), calls=st.integers(0, 25))
    def job_stalls(self, job: Any, calls: int) -> Stalled:
        """Beyond the end of its leases."""
        stalled = self.stall(calls, job)
        self.end_leases()
        return stalled

    @rule(stalled=consumes(stalled))
    def goes_on(self, stalled: Stalled) -> None:
        try:
            stalled.go_on()
        except (SessionEnded, StoreUnavailable):
            pass

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
        self.clock.advance(self.stores.settings.play.session_idle_s + 1)
        cleanup(self.stores, remaining_ms)
        self.remember()

    @rule(calls=st.integers(0, 25), idle=st.booleans())
    def cleanup_killed(self, calls: int, idle: bool) -> None:
        if idle:
            self.sync()
            self.clock.advance(self.stores.settings.play.session_idle_s + 1)
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
            recover(stores, remaining_ms)

    @rule()
    def rebuild(self) -> None:
        recover(self.stores, remaining_ms)

    # The promise

    @invariant()
    def nothing_counts_twice(self) -> None:
        for player, clicks in self.live_clicks().items():
            assert clicks <= self.taps_of(player), player
        for counter in self.stores.counters.saved.values():
            assert counter.clicks <= self.taps_of(counter.player_id)

    @invariant()
    def nothing_is_paid_twice(self) -> None:
        """Each step settles, as the economy does: a loss may leave fewer paid taps than that, and never brings more.

        All that was ever settled fits into the taps made, and into the energy of the time.
        """
        of = self.stores.settings.play
        most = of.energy_full + (self.clock() - START_MS) // of.energy_every_ms
        for player in PLAYERS:
            if found := self.stores.paid_taps.paid_taps(player):
                self.settled[player] = max(self.settled[player], found.paid_taps)
            assert self.settled[player] <= min(self.taps_of(player), most), player

    def saved_paid_taps(self) -> dict[str, int]:
        """What DynamoDB has of them."""
        return {c.player_id: c.paid_taps for c in self.stores.counters.saved.values()}

    def teardown(self) -> None:
        if not hasattr(self, "client"):
            return
        for stalled in self.standing_still:
            self.goes_on(stalled)
        for player, session in self.made:
            self.bring_everything(player, session)
        recover(self.stores, remaining_ms)
        self.sync()
        clicks = {p: c for p, c in self.live_clicks().items() if c}
        self.check(clicks)
        assert self.saved_clicks() == clicks
        for player in clicks if self.keeps_paid_taps else ():
            found = self.stores.paid_taps.paid_taps(player)
            assert not found or self.saved_paid_taps()[player] == found.paid_taps, player
        totals = [int(self.client.hget(keys.META[b], "total") or 0) for b in range(BUCKETS)]
        assert sum(totals) == sum(clicks.values())
        self.client.close()
        self.raw.close()

    def saved_clicks(self) -> dict[str, int]:
        """What DynamoDB has in the end."""
        return {c.player_id: c.clicks for c in self.stores.counters.saved.values() if c.clicks}

    def check(self, clicks: dict[str, int]) -> None:
        """What is to stand in the end, everything having been brought."""
        assert clicks == {player: self.taps_of(player) for player in PLAYERS if self.taps_of(player)}

    # How clients behave

    def open(self, player: str, session: str) -> None:
        self.made.setdefault((player, session), 0)
        sessions.open_session(self.stores, user(player), session)

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
            yield HookedStores(self.stores, Fuse(calls))
        except (Killed, StoreUnavailable):
            pass
        self.end_leases()

    def end_leases(self) -> None:
        """What time does to the leases of the dead."""
        self.client.delete(leases.RECOVERY, *keys.SYNC_LEASE[:BUCKETS])

    def stall(self, calls: int, work: Any, at: str = "") -> Stalled:
        self.standing_still.append(Stalled(self.stores, calls, work, at))
        return self.standing_still[-1]

    @property
    def raw(self) -> Any:
        if not hasattr(self, "_raw"):
            self._raw = redis.Redis.from_url(self.redis_url)
        return self._raw

    def remember(self) -> None:
        """What a Redis that comes back from its disk still has. Not the tickets: who read before that has lost it."""
        self.synced_at_ms = self.clock()
        self.saved = {key: self.raw.dump(key) for key in self.raw.keys("{b*") if b":ticket:" not in key}

    def taps_of(self, player: str) -> int:
        return sum(made for (who, _), made in self.made.items() if who == player)

    def live_clicks(self) -> dict[str, int]:
        return dict(self.stores.play.clicks_of(PLAYERS))


def user(player: str) -> TelegramUser:
    return TelegramUser(PLAYERS.index(player) + 1)


def run(machine: type[Counting], redis_url: str, **options: Any) -> None:
    """Tries a machine, on the same examples every time; with pytest's `--hypothesis-seed` on others.

    Everything in it goes by the machine's own data: clock, ids, the order of threads. What Redis's own clock ends
    (leases, claims, tickets) the machine ends itself, or it does not matter.
    """
    bound = type(machine.__name__, (machine,), {"redis_url": redis_url})
    chosen: dict[str, Any] = {
        "max_examples": examples(40),
        "deadline": None,
        "database": None,
        "derandomize": core.global_force_seed is None,
        "suppress_health_check": list(HealthCheck),
    }
    run_state_machine_as_test(bound, settings=settings(**(chosen | options)))
