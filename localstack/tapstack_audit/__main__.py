"""python -m tapstack_audit secrets | packages: prints its findings; exits with 1 if any needs action."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tapstack_audit import packages, secrets

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Runs one audit; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tapstack_audit", description=__doc__)
    parser.add_argument("what", choices=["secrets", "packages"])
    what = parser.parse_args(arguments).what
    return secrets.main(ROOT) if what == "secrets" else packages.main(ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
