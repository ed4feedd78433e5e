"""A soak: players join over the first third, play and stop; then every tap is checked in every store."""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import psutil  # type: ignore[import-untyped]
from bench.world import World, first_clicks
from tapstack.play import redis_keys as keys
from tapstack.play.rules.score import clicks_of

from soak.miniapp.player import Player, Tally

SAVED_WITHIN_S = 60
JOINING = 500
"""Players who may join between two looks at the clock, twice a second."""


@dataclass(frozen=True)
class Plan:
    """A run's parameters: initial and final players, duration, interval of printed lines, and the request budget."""

    players: int = 5_000
    first: int = 100
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


async def soak(world: World, plan: Plan, show: Callable[[object], None]) -> Outcome:
    """Runs the plan; `show` receives each line of the timeline."""
    tally, total, crowded, ended = Tally(), Tally(), Tally(), asyncio.Event()
    players: list[Player] = []
    tasks: list[asyncio.Task[None]] = []
    port, chance = int(world.game.settings["PORT"]), random.Random(plan.seed)  # noqa: S311
    steps: list[Step] = []
    began_s = shown_s = time.monotonic()
    while (at_s := time.monotonic() - began_s) < plan.seconds:
        share = min(1.0, at_s / (plan.seconds / 3))
        wanted = plan.first + round((plan.players - plan.first) * share)
        joining = await asyncio.to_thread(world.activate, len(players), min(wanted - len(players), JOINING))
        for who in joining:
            players.append(Player(who, port, tally, random.Random(chance.random())))  # noqa: S311
            tasks.append(asyncio.create_task(players[-1].play(ended)))
        await asyncio.sleep(0.5)
        if time.monotonic() - shown_s >= plan.step_s:
            seen, took_s, shown_s = tally.take(), time.monotonic() - shown_s, time.monotonic()
            steps.append(_step(world, at_s, players, seen, took_s))
            _add(total, seen)
            if steps[-1].players == plan.players and len(steps) > 1 and steps[-2].players == plan.players:
                _add(crowded, seen)
            show(steps[-1])
    ended.set()
    for player in players:
        player.wake()
    await asyncio.gather(*tasks)
    _add(total, tally.take())
    outcome = Outcome(steps, total, crowded)
    outcome.made = {p.who.id: p.taps for p in players}
    outcome.credited = {p.who.id: p.credited for p in players}
    stopped_s = time.monotonic()
    while not outcome.whole and time.monotonic() - stopped_s < SAVED_WITHIN_S:
        await asyncio.to_thread(_read, world, outcome)
        outcome.saved_after_s = time.monotonic() - stopped_s
    return outcome


def _step(world: World, at_s: float, players: list[Player], seen: Tally, took_s: float) -> Step:
    redis_mb = world.stores.redis.info("memory")["used_memory"] / 1e6
    web: list[psutil.Process] = world.processes()["server"]
    web_mb = sum(process.memory_info().rss for process in web) / 1e6
    flush_s = statistics.median(player.flush_s for player in players)
    rate = len(seen.latencies_s) / took_s
    return Step(at_s, len(players), rate, seen.late(0.5), seen.late(0.99), seen.errors, flush_s, redis_mb, web_mb)


def _add(total: Tally, seen: Tally) -> None:
    total.latencies_s += seen.latencies_s
    total.statuses += seen.statuses
    total.cut += seen.cut


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
