"""The short form of `make faults`: few players, the most telling faults, the same count at the end."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from faults import table
from faults.faults import Fault, game_killed, redis_emptied, sync_killed
from faults.run import Plan, run, running_game
from faults.truth import Reading

FAULTS = [
    Fault("Redis killed, starts empty", redis_emptied),
    Fault("sync killed in the middle, 3x", sync_killed),
    Fault("game killed and restarted", game_killed),
]
PLAN = Plan(players=40, newcomers=4, load_s=3, whole_s=60, absent_s=(5, 8))


def test_every_tap_counts_once_whatever_dies(tmp_path: Path) -> None:
    with running_game(tmp_path, {"LOCAL_SCHEDULE_S": "10", "SESSION_IDLE_S": "4"}) as game:
        rows = asyncio.run(run(game, FAULTS, PLAN, lambda row: print(table.line(row))))
    bad = [table.trouble(row) for row in rows if not row.ok]
    assert not bad, "\n".join(bad)


MADE = {"ada": 5, "bob": 7}
WHOLE = Reading(made=MADE, boards=MADE, players={"bob": 7}, saved=MADE, total=12, rebuilding=False)
OFF = {"ada": 6, "bob": 6}


def test_reading_of_equal_counts_is_whole() -> None:
    assert WHOLE.whole


@pytest.mark.parametrize(
    "change",
    [{"boards": OFF}, {"players": OFF}, {"saved": OFF}, {"total": 11}, {"total": None}, {"rebuilding": True}],
)
def test_reading_with_one_tap_at_the_wrong_player_or_missing_is_not_whole(change: dict[str, object]) -> None:
    """Even if the sums agree."""
    assert not replace(WHOLE, **change).whole  # type: ignore[arg-type]
