"""`make test-stress`: rounds of the suite in random order, with as many busy processes beside them as there are cores.

Every round is run, and a table at the end counts them; the exit code is 1 where a test failed in any. Nothing is run
again: what fails once is a defect, of the game or of the test.
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
    parser.add_argument("--busy", type=int, default=cores(), help="processes that compute beside it")
    parser.add_argument("--seed", type=int, help="of the first round; the next ones count on from it")
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
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # else what was started would go on
    sys.exit(main(sys.argv[1:]))
