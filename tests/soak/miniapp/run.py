"""A soak: players join over the first third, play and stop; then every tap is checked in every store."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import psutil  # type: ignore[import-untyped]
from bench.world import World, first_clicks
from tapstack.play import redis_keys as keys
from tapstack.play.rules.score import clicks_of

from soak.miniapp.crowd import Crowd, Seen
from soak.miniapp.player import Tally

SAVED_WITHIN_S = 60
JOINING = 500
"""Players who may join between two looks at the clock, twice a second."""


@dataclass(frozen=True)
class Plan:
    """A run's parameters: initial and final players, duration, interval of printed lines, and the request budget.

    At most `crowd` players are one process.
    """

    players: int = 5_000
    first: int = 100
    crowd: int = 10_000
    seconds: float = 180.0
    step_s: float = 10.0
    budget: int = 1_000
    seed: int = 1

    @property
    def settings(self) -> Mapping[str, str]:
        return {"REQUESTS_PER_S_BUDGET": str(self.budget)}


@dataclass(frozen=True)
class Step:
    """A line of the timeline."""

    at_s: float
    players: int
    rate: float
    p50_ms: float
    p99_ms: float
    errors: int
    flush_s: float
    redis_mb: float
    web_mb: float

    def __str__(self) -> str:
        return (
            f"{self.at_s:>6.0f}{self.players:>9}{self.rate:>9.0f}{self.p50_ms:>9.1f}{self.p99_ms:>9.1f}"
            f"{self.errors:>8}{self.flush_s:>9.1f}{self.redis_mb:>10.1f}{self.web_mb:>9.0f}{os.getloadavg()[0]:>7.1f}"
        )


HEADING = (
    f"{'s':>6}{'players':>9}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}"
    f"{'errors':>8}{'flush s':>9}{'Redis MB':>10}{'web MB':>9}{'load':>7}"
)


@dataclass
class Outcome:
    """Each player's score in each store, less the initial score."""

    steps: list[Step]
    tally: Tally
    crowded: Tally = field(default_factory=Tally)
    """What was experienced once all had joined."""
    made: dict[str, int] = field(default_factory=dict)
    credited: dict[str, int] = field(default_factory=dict)
    in_redis: dict[str, int] = field(default_factory=dict)
    in_dynamodb: dict[str, int] = field(default_factory=dict)
    saved_after_s: float = 0.0

    @property
    def whole(self) -> bool:
        """Whether every tap counted once, everywhere."""
        return self.made == self.credited == self.in_redis == self.in_dynamodb

    @property
    def errors(self) -> int:
        return self.tally.errors

    def __str__(self) -> str:
        sums = [sum(clicks.values()) for clicks in (self.made, self.credited, self.in_redis, self.in_dynamodb)]
        t, c = self.tally, self.crowded
        return (
            f"{len(t.latencies_s)} requests, p50 {t.late(0.5):.1f} ms, p99 {t.late(0.99):.1f} ms, "
            f"{self.errors} errors\n"
            f"with all {len(self.made)} players: {len(c.latencies_s)} requests, p50 {c.late(0.5):.1f} ms, "
            f"p99 {c.late(0.99):.1f} ms\n"
            f"taps made {sums[0]}, counted {sums[1]}, in Redis {sums[2]}, in DynamoDB {sums[3]} "
            f"(all saved {self.saved_after_s:.1f} s after the last): {'whole' if self.whole else 'NOT WHOLE'}"
        )


def soak(world: World, plan: Plan, show: Callable[[object], None]) -> Outcome:
    """Runs the plan; `show` receives each line of the timeline."""
    port = int(world.game.settings["PORT"])
    crowds = [Crowd(n, port, f"{plan.seed}.{n}") for n in range(-(-plan.players // plan.crowd))]
    outcome = Outcome([], Tally())
    ids: list[str] = []
    _seen(crowds)  # they answer once they have started
    began_s = shown_s = time.monotonic()
    while (at_s := time.monotonic() - began_s) < plan.seconds:
        share = min(1.0, at_s / (plan.seconds / 3))
        wanted = plan.first + round((plan.players - plan.first) * share)
        joining = world.activate(len(ids), min(wanted - len(ids), JOINING))
        for n, crowd in enumerate(crowds):  # player n belongs to crowd n, modulo their number
            crowd.join(joining[(n - len(ids)) % len(crowds) :: len(crowds)])
        ids += [who.id for who in joining]
        time.sleep(0.5)
        if time.monotonic() - shown_s >= plan.step_s:
            seen = _seen(crowds)
            took_s, shown_s = time.monotonic() - shown_s, time.monotonic()
            outcome.steps.append(_step(world, at_s, len(ids), seen, took_s))
            outcome.tally.add(seen.tally)
            if [step.players for step in outcome.steps[-2:]] == [plan.players] * 2:
                outcome.crowded.add(seen.tally)
            show(outcome.steps[-1])
    _end(crowds, ids, outcome)
    stopped_s = time.monotonic()
    while not outcome.whole and time.monotonic() - stopped_s < SAVED_WITHIN_S:
        _read(world, outcome)
        outcome.saved_after_s = time.monotonic() - stopped_s
    return outcome


def _seen(crowds: Sequence[Crowd]) -> Seen:
    """What all players have experienced since the last time."""
    for crowd in crowds:
        crowd.ask()
    all_seen = Seen(Tally())
    for crowd in crowds:
        seen = crowd.seen()
        all_seen.tally.add(seen.tally)
        all_seen.flush_s.update(seen.flush_s)
    return all_seen


def _end(crowds: Sequence[Crowd], ids: Sequence[str], outcome: Outcome) -> None:
    """Has all players stop, and takes what they have tapped, in the order in which they joined."""
    for crowd in crowds:
        crowd.stop()
    made: dict[str, int] = {}
    credited: dict[str, int] = {}
    for crowd in crowds:
        ended = crowd.ended()
        outcome.tally.add(ended.tally)
        made |= ended.made
        credited |= ended.credited
    outcome.made = {who: made[who] for who in ids}
    outcome.credited = {who: credited[who] for who in ids}


def _step(world: World, at_s: float, players: int, seen: Seen, took_s: float) -> Step:
    redis_mb = world.stores.redis.info("memory")["used_memory"] / 1e6
    web: list[psutil.Process] = world.processes()["server"]
    web_mb = sum(process.memory_info().rss for process in web) / 1e6
    tally, flush_s = seen.tally, statistics.median(seen.flush_s.elements())
    rate = len(tally.latencies_s) / took_s
    return Step(at_s, players, rate, tally.late(0.5), tally.late(0.99), tally.errors, flush_s, redis_mb, web_mb)


def _read(world: World, outcome: Outcome) -> None:
    pipe = world.stores.redis.pipeline(transaction=False)
    for bucket in range(world.stores.settings.play.buckets):
        pipe.zrange(keys.SCORES[bucket], 0, -1, withscores=True)
    boards = {who: clicks_of(score) for rows in pipe.execute() for who, score in rows}
    page, cursor = world.stores.counters.scan_page(None)
    saved = {counter.player_id: counter.clicks for counter in page}
    while cursor:
        page, cursor = world.stores.counters.scan_page(cursor)
        saved |= {counter.player_id: counter.clicks for counter in page}
    for clicks, found in ((outcome.in_redis, boards), (outcome.in_dynamodb, saved)):
        clicks.update({who: found[who] - first_clicks(n) for n, who in enumerate(outcome.made) if who in found})
