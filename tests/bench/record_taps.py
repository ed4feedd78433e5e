"""What a tap costs in Redis: the current record_taps against an older commit's, alternating.

    python tests/bench/record_taps.py [commit] [calls a round] [rounds]

Prints microseconds per call, of the script alone (INFO commandstats), of the server's CPU, and of the whole round trip.
It judges nothing.
"""

from __future__ import annotations

import os
import platform
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "layers/tapstack/python")]

import redis  # noqa: E402
from support.servers import redis_server  # noqa: E402
from tapstack.platform import redis_scripts  # noqa: E402

PACKAGES = "layers/tapstack/python/tapstack"
BEFORE_INCLUDES = "d52364c"
OLD_FOLDER = "stores/lua"
"""The scripts' folder in older commits."""

PLAYERS = 6_250
ROUNDS = 9
SESSION = "s" * 22
RULES = (40_000, 20_000_000, 50, 5_000_000, 10**9, 5_000, 1_000)
ENERGY = (2_000, 6_000_000)
"""What a script takes that knows paid taps."""

PAID = {"pt": 900, "en": 0}


def fill(client: Any, prefix: str) -> None:
    now_ms = int(time.time() * 1_000)
    day = now_ms // 86_400_000
    pipe = client.pipeline()
    pipe.hset(prefix + "meta", mapping={"total": 0, "epoch": "x", "o_clicks": 5, "version": now_ms, "flush": 1_000})
    for n in range(PLAYERS):
        player_id = f"{n:016x}"
        player = {"c": 1_000, "spent": 0, "at": now_ms, "n": 1, f"w:{SESSION}": 0, f"b:{SESSION}": now_ms, **PAID}
        periods = {"day": day, "per": "900:800:10:0:0:0:0:0:0:0:0:0:682"}
        pipe.hset(f"{prefix}p:{player_id}", mapping={**player, **periods})
        pipe.zadd(prefix + "board", {player_id: 1_000 + n / 1e5})
        pipe.zadd(prefix + "sessions", {f"{player_id}:{SESSION}": now_ms})
    pipe.execute()


def cpu_us(client: Any) -> float:
    """What the server has used so far."""
    used = client.info("cpu")
    return float(used["used_cpu_user"] + used["used_cpu_sys"]) * 1e6


def one_round(
    client: Any, sha: str, prefix: str, order: list[str], taps: int, rules: tuple[int, ...]
) -> tuple[float, float, float]:
    client.config_resetstat()
    cpu, started = cpu_us(client), time.perf_counter()
    for n, player_id in enumerate(order, 1):
        keys = [prefix + name for name in (f"p:{player_id}", "meta", "board", "dirty", "sessions")]
        client.evalsha(sha, len(keys), *keys, 0, player_id, SESSION, taps + n, *rules)
    wall = (time.perf_counter() - started) / len(order) * 1e6
    cpu = (cpu_us(client) - cpu) / len(order)
    return client.info("commandstats")["cmdstat_evalsha"]["usec_per_call"], cpu, wall


def script_at(commit: str) -> str:
    """The script at a commit, with its includes."""

    def text(name: str) -> str:
        package, _, file = name.partition("/")
        for folder in (f"{package}/lua", OLD_FOLDER):
            shown = subprocess.run(  # noqa: S603
                ["/usr/bin/env", "git", "show", f"{commit}:{PACKAGES}/{folder}/{file}.lua"],
                cwd=ROOT,
                check=False,
                capture_output=True,
                text=True,
            )
            if shown.returncode == 0:
                return shown.stdout
        raise SystemExit(f"there is no script {name} at {commit}")

    return redis_scripts.INCLUDE.sub(lambda found: text(found[1]), text("play/record_taps"))


def main() -> None:
    commit = sys.argv[1] if len(sys.argv) > 1 else BEFORE_INCLUDES
    calls = int(sys.argv[2]) if len(sys.argv) > 2 else 4_000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else ROUNDS
    texts = {f"at {commit}": script_at(commit), "now": redis_scripts.script("play/record_taps").text}
    chance = random.Random(1)  # noqa: S311
    order = [f"{chance.randrange(PLAYERS):016x}" for _ in range(calls)]
    with redis_server() as url:
        client = redis.Redis.from_url(url)
        found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in texts}
        shas = {name: client.script_load(text) for name, text in texts.items()}
        for n in range(len(texts)):
            fill(client, f"{{b{n:02d}}}:")
        for round_ in range(rounds):
            for n, name in enumerate(texts):
                rules = RULES + ENERGY if "'pt'" in texts[name] else RULES
                found[name].append(one_round(client, shas[name], f"{{b{n:02d}}}:", order, round_ * calls, rules))
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for side, what in enumerate(("script", "server's CPU", "round trip")):
        old, new = ([row[side] for row in found[name]] for name in texts)
        ratios = [b / a for a, b in zip(old, new, strict=True)]
        print(
            f"{what}: us a call, median (least): before {statistics.median(old):.1f} ({min(old):.1f}), "
            f"now {statistics.median(new):.1f} ({min(new):.1f}), now/before {statistics.median(ratios):.3f}"
        )


if __name__ == "__main__":
    main()
