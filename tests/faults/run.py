"""Runs faults one after another on one game, and reports after each whether every tap is counted once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support.servers import ROOT
from tapstack_local.testing import Game

from faults.crowd import Crowd
from faults.faults import Fault
from faults.player import Tally
from faults.truth import Reading, wait_whole

ANSWERS = {200, 201, 410, 429, 503}
"""The only statuses a player may ever get: success, session over, slow down, a store is unavailable."""


@dataclass(frozen=True)
class Plan:
    """A run's parameters: players, how long they play before a fault, and how long recovery may take.

    `newcomers` sign in for the first time as each fault begins; `absent_s` is how long players may leave the page.
    """

    players: int = 200
    newcomers: int = 10
    load_s: float = 12.0
    whole_s: float = 150.0
    settings: Mapping[str, str] | None = None
    absent_s: tuple[float, float] = (20.0, 30.0)
    seed: int = 1


@dataclass(frozen=True)
class Row:
    """One fault's row of the table; the sums cover the whole run so far."""

    fault: str
    players: int
    tally: Tally
    reading: Reading
    fault_s: float
    whole_s: float

    @property
    def made(self) -> int:
        """All taps made so far."""
        return sum(self.reading.made.values())

    @property
    def strange(self) -> dict[int, int]:
        """Answers that no player should ever get, by status."""
        return {status: n for status, n in self.tally.statuses.items() if status not in ANSWERS}

    @property
    def ok(self) -> bool:
        return self.reading.whole and not self.strange


@contextmanager
def running_game(folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[Game]:
    """The real game from this checkout's template, without the Mini App's build, with its state in a folder."""
    root = folder / "root"
    root.mkdir(parents=True)
    for name in ("template.yaml", "functions", "layers"):
        (root / name).symlink_to(ROOT / name)
    with Game(root, folder / "state", {"LOCAL_RELOAD": "0", "SESSION_IDLE_S": "15", **(settings or {})}) as game:
        yield game


async def run(game: Game, faults: Sequence[Fault], plan: Plan, show: Callable[[Row], None]) -> list[Row]:
    """Injects every fault under load and waits for full recovery after each; `show` receives each row."""
    rows = []
    async with Crowd(game, plan.absent_s, plan.seed) as crowd:
        crowd.join(plan.players)
        for fault in faults:
            rows.append(await _one(game, crowd, fault, plan))
            show(rows[-1])
    return rows


async def _one(game: Game, crowd: Crowd, fault: Fault, plan: Plan) -> Row:
    crowd.reset()
    crowd.tap()
    await crowd.plays_for(plan.load_s)
    crowd.join(plan.newcomers)
    began_s = time.monotonic()
    await fault.do(game)
    ended_s = time.monotonic()
    await crowd.answered_since(ended_s, 0.7, 90)
    crowd.rest()
    await crowd.empties(90)
    reading, whole_s = await wait_whole(game, crowd, plan.whole_s)
    return Row(fault.name, len(crowd.players), crowd.tally, reading, ended_s - began_s, whole_s)
