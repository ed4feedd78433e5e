"""One round: a run of the suite with its own seed, and its counts."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

ROUND_S = 3_600
"""A longer round counts as a hang."""

EXAMPLES = 4
"""How many times as many examples of each property as `make test` has."""

LATE_MS = (0, 1_500)
"""How late answers reach a browser's page at most, in odd rounds and in even ones."""


@dataclass(frozen=True)
class Round:
    """A run's counts; `failed` are the tests' names."""

    number: int
    seed: int
    passed: int
    failed: tuple[str, ...]
    skipped: int
    took_s: float
    exit_code: int

    @property
    def good(self) -> bool:
        """Whether everything ran and nothing failed, by pytest's exit code and by the counts."""
        return self.exit_code == 0 and not self.failed and self.passed > 0

    def line(self) -> str:
        return (
            f"{self.number:5} {self.seed:>12} {self.passed:>8,} {len(self.failed):>8} {self.skipped:>8}"
            f" {self.took_s:>7.0f} s{'' if self.good else f'  exit code {self.exit_code}'}"
        )


HEADER = f"{'round':>5} {'seed':>12} {'passed':>8} {'failed':>8} {'skipped':>8} {'took':>9}"


def run(number: int, seed: int, options: list[str], folder: Path) -> Round:
    """Runs pytest with a seed; its output goes to the console and the counts come from its report."""
    report = folder / f"round-{number}.xml"
    command = [sys.executable, "-m", "pytest", f"--randomly-seed={seed}", f"--junit-xml={report}", *options]
    environment = {"EXAMPLES": str(EXAMPLES), "LATE_MS": str(LATE_MS[(number - 1) % 2]), **os.environ}
    began_s = time.monotonic()
    try:
        exit_code = subprocess.run(command, env=environment, timeout=ROUND_S, check=False).returncode  # noqa: S603
    except subprocess.TimeoutExpired:
        exit_code = -1
    took_s = time.monotonic() - began_s
    passed, failed, skipped = counts(report)
    return Round(number, seed, passed, failed, skipped, took_s, exit_code)


def counts(report: Path) -> tuple[int, tuple[str, ...], int]:
    """Passed; the names of failed tests and of those with errors in fixtures; skipped."""
    if not report.exists():
        return 0, (), 0
    passed, failed, skipped = 0, [], 0
    for case in ET.parse(report).getroot().iter("testcase"):  # noqa: S314 - pytest's own file
        if case.find("failure") is not None or case.find("error") is not None:
            failed.append(f"{case.get('classname')}::{case.get('name')}")
        elif case.find("skipped") is not None:
            skipped += 1
        else:
            passed += 1
    return passed, tuple(failed), skipped
