"""What the game does by itself every minute beside playing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tapstack.errors import StoreUnavailable
from tapstack.logs import logger
from tapstack.services import erasure, metrics, moderation, referrals
from tapstack.services.closing import close_due

if TYPE_CHECKING:
    from tapstack.services.stores import Stores


def run_snapshot(stores: Stores) -> dict[str, Any]:
    """Does each job, whatever becomes of the others; answers what each did, None for one that was put off."""
    jobs: dict[str, Callable[[Stores], Any]] = {
        "closed": close_due,
        "credited": referrals.credit_due,
        "erased": erasure.finish_due,
        "flagged": moderation.watch,
        "measured": metrics.record,
    }
    return {name: _outcome(stores, name, job) for name, job in jobs.items()}


def _outcome(stores: Stores, name: str, job: Callable[[Stores], Any]) -> Any:
    try:
        return job(stores)
    except StoreUnavailable as error:
        logger().warning("put off", job=name, reason=error.message)
        return None
