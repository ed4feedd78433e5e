"""Runs of functions that are cut short or stand still before one of their calls to a store, wherever a test says."""

from __future__ import annotations

from collections.abc import Callable
from threading import Semaphore, Thread
from typing import Any, Protocol

STEADY = frozenset({"claim", "put"})
"""Calls that no run stands still before: those that follow a counted tap, and the write of counters, which comes at
once after a look at the time (play/saving.py says what is left of that)."""


class Killed(BaseException):
    """The function's process has ended here."""


class Hook(Protocol):
    def before(self, call: str) -> None: ...


class Fuse:
    """Ends the running function before its n-th call to a store."""

    def __init__(self, calls: int) -> None:
        self.left = calls

    def before(self, call: str) -> None:
        if self.left == 0:
            raise Killed(call)
        self.left -= 1


class _Hooked:
    """A store that says so before each of its calls."""

    def __init__(self, store: Any, hook: Hook) -> None:
        self._store, self._hook = store, hook

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        if not callable(found):
            return found

        def call(*args: Any, **kwargs: Any) -> Any:
            self._hook.before(name)
            return found(*args, **kwargs)

        return call


class HookedStores:
    """All stores of a game, those of Redis and of the counters with a hook."""

    HOOKED = ("leases", "play", "saving", "all_time_board", "period_boards", "published_boards", "counters")

    def __init__(self, stores: Any, hook: Hook) -> None:
        self._stores = stores
        for name in self.HOOKED:
            setattr(self, name, _Hooked(getattr(stores, name), hook))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stores, name)


class Stalled:
    """A function's run that stands still before its n-th call, until `go_on`; one with fewer calls has ended by then.

    With `at` only calls of that name are counted.

    It has a thread of its own, but only one thread ever runs: the order of things is the test's.
    """

    def __init__(self, stores: Any, calls: int, work: Callable[[Any, Callable[[], int]], Any], at: str = "") -> None:
        self.left, self.at = calls, at
        self.stood = self.ended = False
        self.outcome: Any = None
        self.error: BaseException | None = None
        self._still, self._go = Semaphore(0), Semaphore(0)
        self._thread = Thread(target=self._run, args=(HookedStores(stores, self), work), daemon=True)
        self._thread.start()
        self._still.acquire()

    def _run(self, stores: HookedStores, work: Callable[[Any, Callable[[], int]], Any]) -> None:
        try:
            self.outcome = work(stores, self.remaining_ms)
        except BaseException as error:  # noqa: BLE001
            self.error = error
        self.ended = True
        self._still.release()

    def before(self, call: str) -> None:
        if self.at and call != self.at:
            return
        if self.left == 0 and not self.stood and call not in STEADY:
            self.stood = True
            self._still.release()
            self._go.acquire()
        self.left = max(0, self.left - 1)

    def remaining_ms(self) -> int:
        """A run that stood still has used up its time."""
        self.before("remaining_ms")
        return -1 if self.stood else 60_000

    def go_on(self) -> Any:
        """Lets it run to its end: what came of it. Raises what it has raised."""
        if not self.ended:
            self._go.release()
            self._still.acquire()
        self._thread.join()
        if self.error:
            raise self.error
        return self.outcome
