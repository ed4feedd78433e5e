"""`python -m attack`: attacks a game while honest players (innocents) use it. Exits with 1 if one is harmed.

ATTACK_URL names a game running on this machine, ATTACK_STATE its state folder; without them a game is started.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tapstack_local.testing import Game

from attack import table
from attack.catalogue import ALL
from attack.run import Plan, Row, run
from attack.target import NotOurs, named_game, own_game


def main() -> int:
    arguments = _arguments()
    chosen = [attack for attack in ALL if not arguments.only or arguments.only.lower() in attack.name]
    if arguments.list:
        for attack in chosen:
            print(f"{attack.name:28}{attack.tries}")
        return 0
    if not chosen:
        print(f"no attack matches {arguments.only!r}: see --list", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the game ends with this
    plan = Plan(seconds=arguments.seconds, pages=arguments.innocents)
    try:
        with _game() as (game, own):
            print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {plan.pages + plan.chatters} innocents")
            print(table.heading(), flush=True)
            rows = asyncio.run(run(game, chosen, plan, _show))
    except NotOurs as error:
        print(error, file=sys.stderr)
        return 2
    bad = [row.name for row in rows if not row.ok]
    if bad:
        print(f"failed: {', '.join(bad)}; the game's state and logs are in {game.state_dir}")
        return 1
    print(f"{len(chosen)} attacks, no honest player harmed")
    if own:
        shutil.rmtree(own)
    return 0


@contextmanager
def _game() -> Iterator[tuple[Game, Path | None]]:
    """The game that ATTACK_URL names, or a new one and the folder that it is in."""
    if url := os.environ.get("ATTACK_URL"):
        yield named_game(url, Path(os.environ.get("ATTACK_STATE", ".local")).resolve()), None
        return
    folder = Path(tempfile.mkdtemp(prefix="tapstack-attack-"))
    port = {"PORT": os.environ["PORT"]} if "PORT" in os.environ else {}
    with own_game(folder, port) as game:
        yield game, folder


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m attack", description=__doc__)
    parser.add_argument("--only", default="", help="run only attacks whose names contain this")
    parser.add_argument("--list", action="store_true", help="list the attacks and exit")
    parser.add_argument("--seconds", type=float, default=Plan.seconds, help="the duration of each attack")
    parser.add_argument("--innocents", type=int, default=Plan.pages, help="honest players in the Mini App")
    return parser.parse_args()


def _show(row: Row) -> None:
    print(table.line(row), flush=True)
    if not row.ok:
        print(table.trouble(row), flush=True)


if __name__ == "__main__":
    sys.exit(main())
