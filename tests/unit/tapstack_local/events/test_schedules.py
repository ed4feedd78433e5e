"""Schedules, without a clock."""

import itertools
import json
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

from tapstack_local.events.schedules import Ticker, scheduled_event
from tapstack_local.template.model import App

MOMENT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


class FakePool:
    def __init__(self, app: App, answer: Any = None) -> None:
        self.function = app.functions["WorkerFunction"]
        self.answer, self.events = answer, []  # type: ignore[var-annotated]

    def invoke(self, event: Any) -> Any:
        self.events.append(event)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_events_of_rules_and_of_the_scheduler_and_constant_input(app: App) -> None:
    minute, nightly = app.schedules
    event = scheduled_event(minute, "000000000000", "us-east-1", MOMENT)
    assert event["source"] == "aws.events"
    assert event["detail-type"] == "Scheduled Event"
    assert event["time"] == "2026-03-04T12:00:00Z"
    assert event["resources"] == [minute.arn]
    assert scheduled_event(nightly, "0", "us-east-1", MOMENT) == {"nightly": True}


def test_ticker_fires_first_after_one_period_and_skips_missed_firings(app: App) -> None:
    """Each look at the clock moves it on by 40 s, so that firings are missed and none is doubled."""

    class Impatient(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:  # noqa: ARG002
            return self.is_set()

    stopping = Impatient()
    moments = (MOMENT + timedelta(seconds=40 * step) for step in itertools.count())
    pool: Any = FakePool(app)
    fired = pool.events

    class Clock:
        def __call__(self) -> datetime:
            now = next(moments)
            if now > MOMENT + timedelta(minutes=10):
                stopping.set()
            return now

    Ticker(app.schedules[0], "0", "us-east-1", pool).run(stopping, Clock())
    times = [event["time"] for event in fired]
    assert times[0] == "2026-03-04T12:01:00Z"
    assert times == sorted(set(times))
    assert all(time.endswith(":00Z") for time in times)


def test_ticker_survives_a_failing_function(app: App) -> None:
    pool: Any = FakePool(app, RuntimeError("told to"))
    Ticker(app.schedules[0], "0", "us-east-1", pool).fire(MOMENT)
    assert len(pool.events) == 1


def test_constant_input_is_json(app: App) -> None:
    assert json.loads(app.schedules[1].input or "") == {"nightly": True}
