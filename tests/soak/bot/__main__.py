"""`make soak-bot`: 2,000 people tap in the chat for a minute; prints the result, and fails unless it is exact."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from soak.bot.run import soak


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--players", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=4.0, help="seconds between an answer and the next press")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        done = soak(Path(folder), players=given.players, seconds=given.seconds, pause_s=given.pause)
    print(done.table())
    return 0 if done.good else 1


if __name__ == "__main__":
    sys.exit(main())
