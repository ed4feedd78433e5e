"""`python -m faults`: kills servers under load and counts every tap. Exits with 1 if one tap differs."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path

from faults import table
from faults.faults import ALL
from faults.run import Plan, Row, run, running_game


def main() -> int:
    arguments = _arguments()
    chosen = [fault for fault in ALL if not arguments.only or arguments.only.lower() in fault.name.lower()]
    folder = Path(tempfile.mkdtemp(prefix="tapstack-faults-"))
    print(f"{os.cpu_count()} cores, {arguments.players} players, seed {arguments.seed}, state in {folder}")
    print(table.heading(), flush=True)
    plan = Plan(players=arguments.players, seed=arguments.seed)
    with running_game(folder, plan.settings) as game:
        try:
            rows = asyncio.run(run(game, chosen, plan, _show))
        except AssertionError as error:
            print(f"{error}\n{game.tail()}")
            return 1
        if not all(row.ok for row in rows):
            print(game.tail())
            return 1
    print(f"{rows[-1].made} taps by {rows[-1].players} players, each counted once")
    shutil.rmtree(folder)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument("--players", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1, help="determines what the players do")
    parser.add_argument("--only", default="", help="run only faults whose names contain this")
    return parser.parse_args()


def _show(row: Row) -> None:
    print(table.line(row), flush=True)
    if not row.ok:
        print(table.trouble(row), flush=True)


if __name__ == "__main__":
    sys.exit(main())
