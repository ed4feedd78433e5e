"""Fails fast while a store hangs: who waits for one that does not answer holds up who needs another."""

from __future__ import annotations

import time
from collections.abc import Callable


class Breaker:
    """Opens when a store has not answered; then one caller per `open_s` tries, and the others are told at once."""

    def __init__(self, open_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._open_s, self._clock = open_s, clock
        self._until_s: float | None = None

    def lets_pass(self) -> bool:
        """Whether the caller may ask the store; it then says `worked` or `failed`."""
        if self._until_s is None:
            return True
        now_s = self._clock()
        if now_s < self._until_s:
            return False
        self._until_s = now_s + self._open_s
        return True

    def worked(self) -> None:
        """The store has answered, whatever it said."""
        self._until_s = None

    def failed(self) -> None:
        """The store has not answered."""
        self._until_s = self._clock() + self._open_s
