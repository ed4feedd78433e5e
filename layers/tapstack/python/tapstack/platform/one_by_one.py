"""Jobs over many things: one that fails holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from tapstack.platform.errors import StoreUnavailable

log = logging.getLogger(__name__)

Thing = TypeVar("Thing")


def one_by_one(things: Iterable[Thing], act: Callable[[Thing], int], name: Callable[[Thing], str]) -> int:
    """Does something for each thing; returns the sum of what came of it.

    What an outage stops is left to the next run. Any other error is logged, and the first one raised in the end.
    """
    done = 0
    failures: list[Exception] = []
    for thing in things:
        try:
            done += act(thing)
        except StoreUnavailable as error:
            log.warning("%s is left to the next run: %s", name(thing), error.message)
        except Exception as error:
            log.exception("%s failed", name(thing))
            failures.append(error)
    if failures:
        raise failures[0]
    return done
