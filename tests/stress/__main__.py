"""`make test-stress`: rounds of the suite in random order, alongside as many busy processes as there are cores.

All rounds are run, and a table at the end lists them; the exit code is 1 if a test failed in any. Nothing is retried:
a single failure is a bug in the game or in the test.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path

from stress.load import busy, cores
from stress.rounds import HEADER, ROUND_S, Round, run


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m stress", description=__doc__, allow_abbrev=False)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--busy", type=int, default=cores(), help="busy processes to run alongside")
    parser.add_argument("--seed", type=int, help="seed of the first round; each further round adds one")
    given, options = parser.parse_known_args(arguments)
    first = random.SystemRandom().getrandbits(31) if given.seed is None else given.seed
    done: list[Round] = []
    with tempfile.TemporaryDirectory(prefix="tapstack-stress-") as folder:
        for number in range(1, given.rounds + 1):
            seed = first + number - 1
            print(f"--- round {number} of {given.rounds}, --randomly-seed={seed}", flush=True)
            with busy(given.busy, ROUND_S + 60):
                done.append(run(number, seed, options, Path(folder)))
    print(table(done), flush=True)
    return 0 if len(done) == given.rounds and all(one.good for one in done) else 1


def table(done: list[Round]) -> str:
    failures = Counter(name for one in done for name in one.failed)
    lines = [HEADER, *(one.line() for one in done)]
    lines += [f"failed in {count} of {len(done)}: {name}" for name, count in failures.most_common()]
    return "\n".join(lines)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # otherwise child processes would keep running
    sys.exit(main(sys.argv[1:]))
