"""Recent answers, kept in the process: for what anybody may read and what seldom changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """At most `most` values, each for `keep_ms`; the least recently used is dropped first."""

    def __init__(self, *, keep_ms: int, most: int) -> None:
        self._keep_ms, self._most = keep_ms, most
        self._values: OrderedDict[Hashable, tuple[int, T]] = OrderedDict()
        self._lock = Lock()

    def get(self, name: Hashable, now_ms: int, make: Callable[[], T]) -> T:
        """The value of a name, made anew if it is too old, or from the future; raises what `make` does.

        Several callers may make one at once: with a lock they would wait for the slowest store.
        """
        with self._lock:
            found = self._values.get(name)
            if found and 0 <= now_ms - found[0] < self._keep_ms:
                self._values.move_to_end(name)
                return found[1]
        value = make()
        with self._lock:
            self._values[name] = now_ms, value
            self._values.move_to_end(name)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value
