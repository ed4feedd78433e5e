"""Queues of SQS, each with a dead-letter queue."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

import boto3
import msgspec
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from tapstack.platform.breaker import Breaker
from tapstack.platform.errors import StoreUnavailable

log = logging.getLogger(__name__)

UNAVAILABLE = "the queue is unavailable for a moment"

MAX_DEAD_LETTER_BYTES = 200_000
"""Of a dead letter's JSON: below what SQS has ever taken, which was 256 KiB before it was 1 MiB."""

MAX_PART = 500
"""Characters of one value in a dead letter."""


def sqs_client() -> Any:
    """An SQS client that gives up after seconds: the schedule is the safety net of every message."""
    limits = Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 1})
    return boto3.client("sqs", config=limits)


def dead_letter(head: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    """A dead letter as JSON of at most MAX_DEAD_LETTER_BYTES: the head, and the parts as far as they fit.

    `left_out` says how many did not.
    """
    shown, size = dict(head), len(msgspec.json.encode(head)) + 100
    left_out = 0
    for name, value in parts.items():
        bytes_more = len(msgspec.json.encode({name: value}))
        if size + bytes_more > MAX_DEAD_LETTER_BYTES:
            left_out += 1
        else:
            shown[name] = value
            size += bytes_more
    return msgspec.json.encode(shown | ({"left_out": left_out} if left_out else {})).decode()


def short(value: Any) -> Any:
    return value[:MAX_PART] if isinstance(value, str) else value


class Queue:
    """A queue and its dead-letter queue; calls raise StoreUnavailable where SQS is not there, but for dead letters."""

    def __init__(self, client: Any, url: Callable[[], str], dead_letter_url: Callable[[], str]) -> None:
        """Addresses are asked for when they are needed: not every function holds both."""
        self.client = client
        self._url = url
        self._dead_letter_url = dead_letter_url
        self._breaker = Breaker(2.0)

    @property
    def url(self) -> str:
        return self._url()

    @property
    def dead_letter_url(self) -> str:
        return self._dead_letter_url()

    def send_text(self, url: str, text: str, delay_s: int = 0) -> None:
        if not self._breaker.lets_pass():
            raise StoreUnavailable(UNAVAILABLE, retry_after_s=2)
        try:
            self.client.send_message(QueueUrl=url, MessageBody=text, DelaySeconds=delay_s)
        except (BotoCoreError, ClientError) as error:
            self._breaker.failed()
            raise StoreUnavailable(UNAVAILABLE, retry_after_s=2) from error
        self._breaker.worked()

    def send_dead_letter(self, head: Mapping[str, Any], parts: Mapping[str, Any]) -> bool:
        """Sends what can't be done to the dead-letter queue, with as many of its parts as fit; says whether it did.

        Never raises: what goes wrong with one must not keep anybody else waiting. It is logged instead.
        """
        try:
            self.send_text(self.dead_letter_url, dead_letter(head, parts))
        except Exception:
            log.exception("no dead letter could be sent: %.500s", head)
            return False
        return True

    def depth(self, url: str, name: str = "ApproximateNumberOfMessages") -> int:
        try:
            found = self.client.get_queue_attributes(QueueUrl=url, AttributeNames=[name])
        except (BotoCoreError, ClientError) as error:
            raise StoreUnavailable(UNAVAILABLE, retry_after_s=2) from error
        return int(found["Attributes"][name])
