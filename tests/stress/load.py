"""Keeps the cores busy with processes that end with their parent or when their time is up."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_BUSY = """
import os, sys, time
parent, ends_at_s = int(sys.argv[1]), time.monotonic() + float(sys.argv[2])
while os.getppid() == parent and time.monotonic() < ends_at_s:
    sum(range(200_000))
"""


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def busy(processes: int, at_most_s: float) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Runs busy processes for the duration of a with-block, within a time limit."""
    command = [sys.executable, "-c", _BUSY, str(os.getpid()), str(at_most_s)]
    started = [subprocess.Popen(command, stdin=subprocess.DEVNULL) for _ in range(processes)]  # noqa: S603
    try:
        yield started
    finally:
        for process in started:
            process.kill()
            process.wait()
