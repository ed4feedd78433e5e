"""The cost of a click as the game grows: more players stored, more of them active."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from bench import load
from bench.cases import Result
from bench.load import Plan
from bench.world import Active, World

FULL = [(1_000, 90), (1_000, 5_000), (100_000, 90), (100_000, 5_000), (1_000_000, 5_000), (1_000_000, 20_000)]
QUICK = [(1_000, 90), (5_000, 500)]
CLICKS, ROUNDS, SECONDS = 3_000, 5, 5
WAIT_MS = 6
"""The pause between a connection's requests, so that even 90 players stay within the rate limit."""


def run(world: World, quick: bool) -> Iterator[Result]:
    """The script in Redis (us, by Redis's own figures), and the whole path over HTTP (us of CPU per click)."""
    world.warm()
    for stored, count in QUICK if quick else FULL:
        world.store(stored, in_dynamodb=False)
        active = world.activate(0, count)
        world.rewrite_log()
        name = f"{stored:,} stored, {count:,} active"
        yield _script(world, active, name)
        yield _http(world, active, name)


def verdict(results: Sequence[Result]) -> str:
    """The ratio of the highest to the lowest cost, for the script and for the path."""
    lines = []
    for kind in ("script", "HTTP"):
        rows = [result for result in results if result.name.startswith(kind)]
        ratio = rows[-1].median / rows[0].median
        lines.append(f"{kind}: {ratio:.2f} times the cost at {rows[-1].name} of that at {rows[0].name}")
    return "\n".join(lines)


def _script(world: World, active: Sequence[Active], name: str) -> Result:
    result = Result(f"script {name}", "us in Redis")
    for number in range(ROUNDS):
        world.stores.redis.config_resetstat()
        for n in range(CLICKS):
            who = active[(n + number * CLICKS) * 7_919 % len(active)]
            taps = int(time.time() * 1_000) % 2**39
            world.stores.play.record_taps(who.id, who.session_key, taps)
            if len(active) < 100 and n % 500 == 499:  # so few may not flood
                time.sleep(0.3)
        result.runs.append(world.stores.redis.info("commandstats")["cmdstat_evalsha"]["usec_per_call"])
    return result


def _http(world: World, active: Sequence[Active], name: str) -> Result:
    result = Result(f"HTTP {name}", "us of CPU")
    plan = Plan(
        int(world.game.settings["PORT"]),
        "POST",
        "/clicks",
        [(f"Authorization: Bearer {player.token}", '{"taps":@N}') for player in active],
        WAIT_MS,
    )
    outcomes = []
    for _ in range(ROUNDS):
        before = world.cpu_s()
        outcomes.append(load.run(plan, 8, SECONDS))
        used = world.cpu_s()
        cpu_s = used["server"] + used["redis"] - before["server"] - before["redis"]
        result.runs.append(cpu_s / outcomes[-1].requests * 1e6)
    middle = sorted(outcomes, key=lambda one: one.p99_ms)[ROUNDS // 2]
    result.details |= {"p50_ms": middle.p50_ms, "p99_ms": middle.p99_ms, "cpu_us": result.median}
    result.details["errors"] = sum(one.errors for one in outcomes)
    return result
