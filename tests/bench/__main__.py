"""`python -m bench`: measures a game started for it. Also `compare [before.json]`, `growth` and `sockets`."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tapstack_local.settings import read_settings

from bench import cases, growth, packages, purchases, report, sockets
from bench.bare import bare_server
from bench.cases import Result
from bench.world import World, running


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    stored: int = 100_000
    active: int = 5_000
    rounds: int = 5
    seconds: float = 5.0
    """The length of a run: one window of saving, so that each run includes the same share of it."""


QUICK = Size(stored=5_000, active=1_000, rounds=1, seconds=1.0)


def main() -> None:
    arguments = _arguments()
    if arguments.what == "compare":
        after = report.latest(1)[0] if arguments.before else report.latest(2)[1]
        print(report.compare(arguments.before or report.latest(2)[0], after))
        return
    facts = report.machine()
    print(", ".join(f"{name} {value}" for name, value in facts.items()))
    print(report.heading(), flush=True)
    if arguments.what == "sockets":
        print(report.save(_shown(_sockets(arguments)), facts))
        return
    folder = Path(tempfile.mkdtemp(prefix="tapstack-bench-"))
    results = []
    try:
        with running(folder) as world:
            results += _shown(_measure(world, arguments))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if arguments.what == "growth":
        print(growth.verdict(results))
    else:
        print(report.save(results, facts))


def _shown(results: Iterable[Result]) -> list[Result]:
    """All results, each printed as soon as it is there."""
    found = []
    for result in results:
        found.append(result)
        print(report.line(result), flush=True)
    return found


def _sockets(arguments: argparse.Namespace) -> Iterable[Result]:
    return sockets.run(sockets.QUICK, 1) if arguments.quick else sockets.run(sockets.Size(), arguments.rounds)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("all", "growth", "sockets", "compare"), default="all")
    parser.add_argument(
        "before", nargs="?", type=Path, help="the earlier run to compare with; by default the one before last"
    )
    parser.add_argument("--quick", action="store_true", help="take a minute to show that all cases work")
    parser.add_argument(
        "--only", nargs="+", metavar="TEXT", help="measure only requests or purchases whose names contain one of these"
    )
    parser.add_argument("--rounds", type=int, default=5, help="runs of each case (%(default)s)")
    return parser.parse_args()


def _measure(world: World, arguments: argparse.Namespace) -> Iterable[Result]:
    if arguments.what == "growth":
        return growth.run(world, arguments.quick)
    return _all(world, QUICK if arguments.quick else Size(rounds=arguments.rounds), arguments.only or ())


def _all(world: World, size: Size, only: Sequence[str]) -> Iterator[Result]:
    in_dynamodb = size is not QUICK and not only
    store, activate = size.stored - size.active, size.active
    yield cases.memory(
        world, store, lambda: world.store(store, in_dynamodb=in_dynamodb), "Redis per stored, idle player"
    )
    world.warm()
    yield cases.memory(world, activate, lambda: world.activate(store, activate), "Redis per active player")
    active = world.activate(store, activate)
    world.stored += activate
    world.rewrite_log()
    settings = read_settings(world.game.root, world.game.settings)
    with bare_server(settings.workers, settings.threads) as bare_port:
        requests = cases.http_cases(world, active, bare_port)
        if only:
            requests = [one for one in requests if any(text in one.name for text in only)]
        yield from cases.run_http(world, requests, size.rounds, size.seconds)
    buyers = [player.id for player in active]
    if only:
        if any(text in purchases.NAME for text in only):
            yield from purchases.run(world, buyers, size.rounds, size.seconds)
        return
    yield cases.cold_leaderboard(world, size.rounds)
    yield cases.flush(world, active, size.rounds)
    yield from purchases.run(world, buyers, size.rounds, size.seconds)
    yield cases.rebuild(world, min(2, size.rounds))
    yield from cases.imports(size.rounds)
    yield from packages.sizes()
    yield from sockets.run(sockets.QUICK if size is QUICK else sockets.Size(), 1)


if __name__ == "__main__":
    main()
