"""What the game does by itself every minute beside playing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tapstack.admin import metrics
from tapstack.leaderboards.archive import close_due
from tapstack.moderation import moderation
from tapstack.platform.errors import StoreUnavailable
from tapstack.players import referrals
from tapstack.privacy import erasure

if TYPE_CHECKING:
    from tapstack.ports import Stores

log = logging.getLogger(__name__)


def run_snapshot(stores: Stores) -> dict[str, Any]:
    """Does each job, whatever becomes of the others; answers what each did, None for one that was put off.

    Raises what the first one that failed has raised, after all were tried, so that an alarm sees it.
    """
    jobs: dict[str, Callable[[Stores], Any]] = {
        "closed": close_due,
        "credited": referrals.credit_due,
        "erased": erasure.finish_due,
        "flagged": moderation.watch,
        "measured": metrics.record,
    }
    done: dict[str, Any] = dict.fromkeys(jobs)
    failures: list[Exception] = []
    for name, job in jobs.items():
        try:
            done[name] = job(stores)
        except StoreUnavailable as error:
            log.warning("put off", extra={"job": name, "reason": error.message})
        except Exception as error:
            log.exception("failed", extra={"job": name})
            failures.append(error)
    if failures:
        raise failures[0]
    return done
