"""Log lines that callers can cause: the first of each kind in a minute are written, the others are counted."""

from __future__ import annotations

import logging
import weakref
from collections import Counter
from collections.abc import Mapping
from threading import Lock

from tapstack.platform.clock import Clock, system_clock

LINES_A_MINUTE = 5
"""Lines of a kind that a process writes one by one; those beyond them share one more line."""

_MINUTE_MS = 60_000

Kind = tuple[int, str, tuple[tuple[str, str], ...]]
"""A level, a message, and the fields that tell kinds of it apart. There have to be few."""


class SampledLog:
    """Writes at most LINES_A_MINUTE lines of a kind in each minute of the clock, and one that counts the others.

    That line has the kind's fields and `suppressed`: lines plus the sum of `suppressed` is how often it happened. It is
    written by the first call in a later minute, or when the process ends. Where AWS ends an environment that it has
    frozen, the count of its last minute is lost; the metrics of API Gateway and of function URLs count every refusal.
    """

    def __init__(self, log: logging.Logger, clock: Clock = system_clock) -> None:
        self._log = log
        self._clock = clock
        self._lock = Lock()
        self._minute = 0
        self._seen: Counter[Kind] = Counter()
        weakref.finalize(self, _write_suppressed, log, self._seen)

    def write(
        self, level: int, message: str, kind: Mapping[str, str], extra: Mapping[str, str], *, exc_info: bool = False
    ) -> None:
        """Writes a line with the fields of its kind and further ones, or counts it."""
        key = level, message, tuple(kind.items())
        with self._lock:
            over = self._roll()
            self._seen[key] += 1
            written = self._seen[key] <= LINES_A_MINUTE
        _write_suppressed(self._log, over)
        if written:
            self._log.log(level, message, extra={**kind, **extra}, exc_info=exc_info)

    def flush(self) -> None:
        """Writes what earlier minutes have suppressed: for every call, as a flood may end with a refusal."""
        if self._seen:
            with self._lock:
                over = self._roll()
            _write_suppressed(self._log, over)

    def _roll(self) -> Mapping[Kind, int]:
        """Starts a minute; returns the counts of the one before, or nothing if it isn't over."""
        minute = self._clock() // _MINUTE_MS
        if minute == self._minute:
            return {}
        over, self._minute = dict(self._seen), minute
        self._seen.clear()
        return over


def _write_suppressed(log: logging.Logger, seen: Mapping[Kind, int]) -> None:
    for (level, message, fields), count in seen.items():
        if count > LINES_A_MINUTE:
            log.log(level, message, extra={**dict(fields), "suppressed": count - LINES_A_MINUTE})
