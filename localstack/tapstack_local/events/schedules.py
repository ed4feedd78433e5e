"""Schedules: fires functions by the clock, never two firings of one schedule at a time.

As on AWS the first firing of a rate is one period after the start. A firing that is due while the last one is still
running is skipped.
"""

import json
import logging
import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from tapstack_local.functions.pool import Pool
from tapstack_local.template.model import Schedule
from tapstack_local.template.schedule_expression import parse_rate

logger = logging.getLogger("tapstack_local.events")
Clock = Callable[[], datetime]


def scheduled_event(schedule: Schedule, account: str, region: str, moment: datetime) -> Any:
    """Return the event: the schedule's constant input, or EventBridge's own.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html
    """
    if schedule.input is not None:
        return json.loads(schedule.input)
    event: dict[str, Any] = {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": f"aws.{schedule.source}",
        "account": account,
        "time": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": region,
        "resources": [schedule.arn],
        # EventBridge Scheduler really sends a string here, rules send an object.
        "detail": "{}" if schedule.source == "scheduler" else {},
    }
    return event


class Ticker:
    """Fires one schedule; `period_s` replaces its rate (for tests)."""

    def __init__(
        self, schedule: Schedule, account: str, region: str, pool: Pool, period_s: float | None = None
    ) -> None:
        self._schedule, self._account, self._region, self._pool = schedule, account, region, pool
        self._period = timedelta(seconds=period_s) if period_s else parse_rate(schedule.expression)

    def run(self, stopping: threading.Event, clock: Clock = lambda: datetime.now(UTC)) -> None:
        """Fire until `stopping`."""
        due = clock() + self._period
        while True:
            # Short waits: the machine may sleep, and its clock be set.
            if stopping.wait(max(0.0, min(1.0, (due - clock()).total_seconds()))):
                return
            if clock() >= due:
                self.fire(due)
                due = self._next(due, clock())

    def _next(self, due: datetime, now: datetime) -> datetime:
        """Return the schedule's first firing after `now`; missed ones are skipped."""
        missed = max(0, (now - due) // self._period)
        return due + (missed + 1) * self._period

    def fire(self, moment: datetime) -> None:
        """Invoke the function once; what it raises is logged."""
        try:
            self._pool.invoke(scheduled_event(self._schedule, self._account, self._region, moment))
        except Exception:
            logger.exception("%s failed on schedule %s", self._pool.function.id, self._schedule.id)
