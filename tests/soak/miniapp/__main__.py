"""`python -m soak.miniapp`: exits with 1 where a request failed or a tap is missing somewhere."""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from pathlib import Path

from bench.report import machine
from bench.world import running

from soak.miniapp.run import HEADING, Plan, soak

SPARE_FILES = 500
"""What a process of the soak opens besides its players' connections."""


def main() -> int:
    arguments = _arguments()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # a connection of a player is an open file
    crowd = Plan.crowd if most == resource.RLIM_INFINITY else min(Plan.crowd, most - SPARE_FILES)
    plan = Plan(players=arguments.players, seconds=arguments.seconds, budget=arguments.budget, crowd=crowd)
    print(", ".join(f"{name} {value}" for name, value in machine().items()))
    print(HEADING, flush=True)
    with tempfile.TemporaryDirectory(prefix="tapstack-soak-") as folder:
        with running(Path(folder), plan.settings) as world:
            world.warm()
            outcome = soak(world, plan, lambda line: print(line, flush=True))
            print(outcome)
            if outcome.whole and not outcome.errors:
                return 0
            print(outcome.tally.statuses, f"{outcome.tally.cut} without an answer", world.game.tail(), sep="\n")
            return 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m soak.miniapp", description=__doc__)
    parser.add_argument("--players", type=int, default=Plan.players)
    parser.add_argument("--seconds", type=float, default=Plan.seconds)
    parser.add_argument("--budget", type=int, default=Plan.budget, help="REQUESTS_PER_S_BUDGET")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
