"""Queue batches and schedules, without a queue or a clock."""

import itertools
import json
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from tapstack_local.events.queues import QueuePoller, failed_ids, sqs_record
from tapstack_local.events.schedules import Ticker, scheduled_event
from tapstack_local.functions.pool import Pool
from tapstack_local.functions.watchdog import Watchdog
from tapstack_local.template.model import App

ARN = "arn:aws:sqs:us-east-1:000000000000:q"
MOMENT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def message(id_: str) -> dict[str, Any]:
    return {
        "MessageId": id_,
        "ReceiptHandle": f"receipt-{id_}",
        "Body": id_,
        "MD5OfBody": "m",
        "Attributes": {"ApproximateReceiveCount": "1"},
        "MessageAttributes": {"kind": {"StringValue": "x", "DataType": "String"}},
    }


class FakeSqs:
    """Gives its messages once, up to what is asked for, and notes what is deleted."""

    def __init__(self, *ids: str) -> None:
        self.waiting = [message(id_) for id_ in ids]
        self.deleted: list[str] = []

    def receive_message(self, *, MaxNumberOfMessages: int, **_: Any) -> dict[str, Any]:
        taken, self.waiting = self.waiting[:MaxNumberOfMessages], self.waiting[MaxNumberOfMessages:]
        return {"Messages": taken} if taken else {}

    def delete_message_batch(self, *, Entries: list[dict[str, str]], **_: Any) -> None:
        self.deleted += [entry["ReceiptHandle"].removeprefix("receipt-") for entry in Entries]


class FakePool:
    def __init__(self, app: App, answer: Any = None) -> None:
        self.function = app.functions["WorkerFunction"]
        self.answer, self.events = answer, []  # type: ignore[var-annotated]

    def invoke(self, event: Any) -> Any:
        self.events.append(event)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def work(app: App, sqs: FakeSqs, answer: Any) -> FakePool:
    pool: Any = FakePool(app, answer)
    poller = QueuePoller(app.mappings[0], app.queues["WorkQueue"], "us-east-1", pool, sqs)
    while poller.once():
        pass
    return pool  # type: ignore[no-any-return]


def test_record_has_lambdas_names() -> None:
    record = sqs_record(message("a"), ARN, "us-east-1")
    assert record["messageId"] == "a"
    assert record["receiptHandle"] == "receipt-a"
    assert record["attributes"] == {"ApproximateReceiveCount": "1"}
    assert record["eventSource"] == "aws:sqs"
    assert record["eventSourceARN"] == ARN
    assert record["messageAttributes"]["kind"] == {
        "stringValue": "x",
        "dataType": "String",
        "stringListValues": [],
        "binaryListValues": [],
    }


def test_batches_have_at_most_the_batch_size_and_success_deletes_all(app: App) -> None:
    sqs = FakeSqs(*"abcdefgh")
    pool = work(app, sqs, None)
    assert [len(event["Records"]) for event in pool.events] == [5, 3]
    assert sqs.deleted == list("abcdefgh")


def test_partial_failure_keeps_only_the_failed(app: App) -> None:
    sqs = FakeSqs(*"abc")
    work(app, sqs, {"batchItemFailures": [{"itemIdentifier": "b"}]})
    assert sqs.deleted == ["a", "c"]


def test_a_raised_error_keeps_the_batch(app: App) -> None:
    sqs = FakeSqs(*"abc")
    work(app, sqs, RuntimeError("told to"))
    assert sqs.deleted == []


@pytest.mark.parametrize(
    ("answer", "failed"),
    [
        (None, set()),
        ({}, set()),
        ({"batchItemFailures": None}, set()),
        ({"batchItemFailures": []}, set()),
        ("anything", set()),
        ({"batchItemFailures": [{"itemIdentifier": "a"}]}, {"a"}),
        ({"batchItemFailures": [{"itemIdentifier": "unknown"}]}, {"a", "b"}),
        ({"batchItemFailures": [{"itemIdentifier": ""}]}, {"a", "b"}),
        ({"batchItemFailures": [{"wrong": "a"}]}, {"a", "b"}),
        ({"batchItemFailures": "a"}, {"a", "b"}),
    ],
)
def test_partial_answers_are_read_as_aws_reads_them(answer: Any, failed: set[str]) -> None:
    assert failed_ids(answer, {"a", "b"}) == failed


def test_events_of_rules_and_of_the_scheduler_and_constant_input(app: App) -> None:
    minute, nightly = app.schedules
    event = scheduled_event(minute, "000000000000", "us-east-1", MOMENT)
    assert event["source"] == "aws.events"
    assert event["detail-type"] == "Scheduled Event"
    assert event["time"] == "2026-03-04T12:00:00Z"
    assert event["resources"] == [minute.arn]
    assert scheduled_event(nightly, "0", "us-east-1", MOMENT) == {"nightly": True}


def test_ticker_fires_first_after_one_period_and_leaves_missed_firings_out(app: App) -> None:
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


def test_watchdog_reports_an_invocation_once_and_leaves_others_alone(app: App) -> None:
    reported: list[str] = []
    heard = threading.Event()

    def report(_function: Any, request_id: str, _thread: int) -> None:
        reported.append(request_id)
        heard.set()

    watchdog = Watchdog(report)
    quick = msgspec.structs.replace(app.functions["WorkerFunction"], timeout_s=60)
    late = msgspec.structs.replace(app.functions["WorkerFunction"], timeout_s=0)
    token = watchdog.enter(quick, "quick")
    watchdog.enter(late, "late")
    watchdog.start()
    assert heard.wait(60)
    watchdog.leave(token)
    assert reported == ["late"]


def test_pool_gives_an_instance_to_one_invocation_at_a_time(app: App, tmp_path: Any) -> None:
    """32 threads invoke a handler that notices a second visitor in its own module."""
    (tmp_path / "app.py").write_text(
        "import threading, time\n"
        "busy = threading.Lock()\n"
        "def handler(event, context):\n"
        "    assert busy.acquire(blocking=False), 'two invocations in one instance'\n"
        "    time.sleep(0.0005)\n"
        "    busy.release()\n"
        "    return context.aws_request_id\n",
        encoding="utf-8",
    )
    function = msgspec.structs.replace(app.functions["WorkerFunction"], id="Race", code_dir=str(tmp_path), timeout_s=60)
    pool = Pool(function, Watchdog(lambda *_: None))
    wrong: list[object] = []

    def many(name: int) -> None:
        try:
            for number in range(50):
                if pool.invoke({}, f"{name}-{number}") != f"{name}-{number}":
                    wrong.append(name)
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=many, args=(name,)) for name in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
