"""The jobs that run every minute beside the game."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from tapstack.platform.errors import StoreUnavailable

log = logging.getLogger(__name__)


def run(jobs: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
    """Does each job, whatever becomes of the others; answers the result of each, None for one to be done later.

    Raises what the first failed job has raised, after all were tried, so that an alarm sees it. A job that finds a
    store unavailable has not failed: the next minute does it.
    """
    done: dict[str, Any] = dict.fromkeys(jobs)
    failures: list[Exception] = []
    for name, job in jobs.items():
        try:
            done[name] = job()
        except StoreUnavailable as error:
            log.warning("postponed", extra={"job": name, "reason": error.message})
        except Exception as error:
            log.exception("failed", extra={"job": name})
            failures.append(error)
    if failures:
        raise failures[0]
    return done
