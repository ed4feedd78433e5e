"""Waits until a process is ready; one that ends or takes too long is an error that shows its output."""

import time
from collections.abc import Callable

from tapstack_local.errors import StartError
from tapstack_local.processes.process import Process

_EVERY_S = 0.03


def wait_until_ready(
    process: Process,
    ready: Callable[[], bool],
    within_s: float,
    *,
    abandoned: Callable[[], bool] = lambda: False,
    log_name: str = "",
) -> None:
    """Return when `ready` says so; raises StartError with the reason, and at once if the start is `abandoned`.

    `log_name` is the log file's name in the message.
    """
    deadline_s = time.monotonic() + within_s
    where = f" (its log is {log_name or process.log})"
    while not ready():
        if not process.running():
            raise StartError(f"{process.name} did not start{where}:\n{process.first_error()}")
        if abandoned():
            raise StartError("stopped while starting")
        if time.monotonic() > deadline_s:
            raise StartError(f"{process.name} is not ready after {within_s:.0f} s{where}:\n{process.tail()}")
        time.sleep(_EVERY_S)
