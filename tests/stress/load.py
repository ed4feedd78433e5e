"""Both cores kept busy: processes that compute, and end with whoever started them or when their time is up."""

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
    """So many computing processes for the time of a with-block, and never longer than said."""
    command = [sys.executable, "-c", _BUSY, str(os.getpid()), str(at_most_s)]
    started = [subprocess.Popen(command, stdin=subprocess.DEVNULL) for _ in range(processes)]  # noqa: S603
    try:
        yield started
    finally:
        for process in started:
            process.kill()
            process.wait()
