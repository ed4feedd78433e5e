"""The short form of `make soak`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bench.world import running

from soak.run import Plan, soak

PLAN = Plan(players=200, first=20, seconds=11, step_s=3, budget=50)


def test_crowd_that_grows_loses_no_tap_and_gets_no_error(tmp_path: Path) -> None:
    with running(tmp_path, PLAN.settings) as world:
        world.warm()
        outcome = asyncio.run(soak(world, PLAN, print))
    assert outcome.whole, outcome
    assert outcome.errors == 0, outcome
    assert sum(outcome.made.values()) > PLAN.players
    assert outcome.steps[-1].flush_s > 1  # the governor has noticed the crowd
