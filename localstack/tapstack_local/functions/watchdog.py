"""Ends invocations that exceed their function's timeout."""

import threading
import time
from collections.abc import Callable
from itertools import count

from tapstack_local.template.model import Function


class InvocationTimeout(BaseException):
    """Raised inside an invocation that exceeded its function's timeout; no handler should catch it."""


class Watchdog:
    """Calls `on_timeout(function, request id, thread id)` once for an invocation longer than its timeout."""

    _INTERVAL_S = 0.25

    def __init__(self, on_timeout: Callable[[Function, str, int], None]) -> None:
        self._on_timeout = on_timeout
        self._running: dict[int, tuple[float, Function, str, int]] = {}
        self._tokens = count()

    def start(self) -> None:
        """Start watching."""
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def enter(self, function: Function, request_id: str) -> int:
        """Record that an invocation begins on this thread; return the token that `leave` takes."""
        token = next(self._tokens)
        deadline_s = time.monotonic() + function.timeout_s
        self._running[token] = (deadline_s, function, request_id, threading.get_ident())
        return token

    def leave(self, token: int) -> None:
        """Record that an invocation has ended; one that the watchdog already ended gets InvocationTimeout here."""
        if self._running.pop(token, None) is None:
            # The watchdog may be about to raise in this thread: it must not do so later, in another invocation.
            for _ in range(200):
                time.sleep(0.01)
            raise InvocationTimeout

    def _watch(self) -> None:
        while True:
            time.sleep(self._INTERVAL_S)
            now_s = time.monotonic()
            # list() of a dict's items is one step under the interpreter lock.
            for token, (deadline_s, function, request_id, thread) in list(self._running.items()):
                if now_s > deadline_s and self._running.pop(token, None) is not None:
                    self._on_timeout(function, request_id, thread)
