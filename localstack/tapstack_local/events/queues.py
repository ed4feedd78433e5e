"""SQS event source mappings: receive, invoke, delete messages that succeeded; SQS itself redrives the others.

https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
"""

import logging
import random
import threading
import time
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from tapstack_local.functions.pool import Pool
from tapstack_local.template.model import Queue, QueueMapping

logger = logging.getLogger("tapstack_local.events")
# Short enough that a stop does not cut off a receive: its messages would be invisible until they time out.
_POLL_S = 1
_RECEIVE_MAX = 10
_BACKOFF_MAX_S = 10.0


class QueuePoller:
    """Processes one mapping's messages, one batch at a time."""

    def __init__(self, mapping: QueueMapping, queue: Queue, region: str, pool: Pool, sqs: Any) -> None:
        self._mapping, self._queue, self._region, self._pool, self._sqs = mapping, queue, region, pool, sqs

    def run(self, stopping: threading.Event) -> None:
        """Poll until `stopping`; an unavailable queue is logged once and retried."""
        failures = 0
        while not stopping.is_set():
            try:
                self.once()
            except (BotoCoreError, ClientError) as error:
                failures += 1
                if failures == 1:
                    logger.warning("queue %s is unavailable, trying again: %s", self._queue.name, error)
                limit_s = min(_BACKOFF_MAX_S, 0.2 * 2 ** min(failures, 10))
                stopping.wait(random.uniform(limit_s / 2, limit_s))  # noqa: S311
                continue
            if failures:
                logger.warning("queue %s is available again", self._queue.name)
            failures = 0

    def once(self) -> int:
        """Receive and process one batch; return its number of messages."""
        messages = self._gather()
        if messages:
            failed = self._invoke(messages)
            done = [m for m in messages if m["MessageId"] not in failed]
            self._delete(done)
        return len(messages)

    def _gather(self) -> list[dict[str, Any]]:
        """Receive up to a batch, for at most the batching window after the first message."""
        messages = self._receive(min(self._mapping.batch_size, _RECEIVE_MAX), _POLL_S)
        deadline_s = time.monotonic() + self._mapping.window_s
        while messages and (missing := self._mapping.batch_size - len(messages)) > 0:
            left_s = deadline_s - time.monotonic()
            # Without a window, a batch is whatever is in the queue.
            more = self._receive(min(missing, _RECEIVE_MAX), max(0, min(int(left_s), _POLL_S)))
            messages += more
            if left_s <= 0 or (not more and not self._mapping.window_s):
                break
        return messages

    def _receive(self, count: int, wait_s: int) -> list[dict[str, Any]]:
        answer = self._sqs.receive_message(
            QueueUrl=self._queue.url,
            MaxNumberOfMessages=count,
            WaitTimeSeconds=wait_s,
            AttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        return list(answer.get("Messages", []))

    def _invoke(self, messages: list[dict[str, Any]]) -> set[str]:
        """Return the ids of the messages that did not succeed."""
        every = {message["MessageId"] for message in messages}
        records = [sqs_record(message, self._queue.arn, self._region) for message in messages]
        try:
            answer = self._pool.invoke({"Records": records})
        except Exception:
            logger.exception("%s failed on %d messages", self._pool.function.id, len(messages))
            return every
        return failed_ids(answer, every) if self._mapping.partial else set()

    def _delete(self, messages: list[dict[str, Any]]) -> None:
        for start in range(0, len(messages), _RECEIVE_MAX):
            entries = [
                {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"]}
                for number, message in enumerate(messages[start : start + _RECEIVE_MAX])
            ]
            self._sqs.delete_message_batch(QueueUrl=self._queue.url, Entries=entries)


def sqs_record(message: dict[str, Any], arn: str, region: str) -> dict[str, Any]:
    """Return a received message as a record of Lambda's event, whose names start with a lower-case letter."""
    attributes = message.get("MessageAttributes", {})
    record = {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": dict(message.get("Attributes", {})),
        "messageAttributes": {name: _attribute(value) for name, value in attributes.items()},
        "md5OfBody": message.get("MD5OfBody", ""),
        "eventSource": "aws:sqs",
        "eventSourceARN": arn,
        "awsRegion": region,
    }
    if "MD5OfMessageAttributes" in message:
        record["md5OfMessageAttributes"] = message["MD5OfMessageAttributes"]
    return record


def _attribute(value: dict[str, Any]) -> dict[str, Any]:
    named = {name[0].lower() + name[1:]: item for name, item in value.items()}
    return {"stringListValues": [], "binaryListValues": []} | named


def failed_ids(answer: Any, every: set[str]) -> set[str]:
    """Read a partial batch response; as on AWS, one that names an unknown message fails the whole batch.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    """
    if answer is None:
        return set()
    failures = answer.get("batchItemFailures") if isinstance(answer, dict) else []
    if failures is None:
        return set()
    if not isinstance(failures, list):
        return every
    ids = {failure.get("itemIdentifier") if isinstance(failure, dict) else None for failure in failures}
    return {str(id_) for id_ in ids} if ids <= every else every
