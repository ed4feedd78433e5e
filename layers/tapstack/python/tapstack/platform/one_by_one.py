"""Jobs over many things: one that fails holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from time import monotonic
from typing import TypeVar

from tapstack.platform.errors import StoreUnavailable

log = logging.getLogger(__name__)

BUDGET_S = 8.0
"""A run begins nothing more after this, and the next one continues: several such jobs share a minute's function."""

LATER_MS = 600_000
"""So much later comes what is broken, or what is due after it would wait behind it in every run."""

Thing = TypeVar("Thing")


def one_by_one(
    things: Iterable[Thing],
    act: Callable[[Thing], int],
    name: Callable[[Thing], str],
    put_off: Callable[[Thing], object] = lambda _: None,
    *,
    budget_s: float = BUDGET_S,
) -> int:
    """Does something for each thing until the time is used up, for one at least; returns the sum of what came of it.

    What an outage stops is left to the next run. What is broken is put off: that is, where a store says by the code of
    its error that one thing can't be read, and for any error of another kind. Those are logged, and the first one is
    raised in the end.
    """
    done = 0
    failures: list[Exception] = []
    deadline_s = monotonic() + budget_s
    for thing in things:
        try:
            done += act(thing)
        except StoreUnavailable as error:
            log.warning("%s is left to a later run: %s", name(thing), error.message)
            if error.code != StoreUnavailable.default_code:
                _later(put_off, thing, name)
        except Exception as error:
            log.exception("%s failed", name(thing))
            failures.append(error)
            _later(put_off, thing, name)
        if monotonic() > deadline_s:
            break
    if failures:
        raise failures[0]
    return done


def _later(put_off: Callable[[Thing], object], thing: Thing, name: Callable[[Thing], str]) -> None:
    """Puts off what has failed, which is known already; where that fails too, the next run meets it again."""
    try:
        put_off(thing)
    except Exception:
        log.exception("%s could not be put off", name(thing))
