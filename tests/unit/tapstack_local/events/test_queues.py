"""Queue batches, without a queue."""

from typing import Any

import pytest
from tapstack_local.events.queues import QueuePoller, failed_ids, sqs_record
from tapstack_local.template.model import App

ARN = "arn:aws:sqs:us-east-1:000000000000:q"


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
    """Gives its messages once, up to what is asked for, and records what is deleted."""

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
