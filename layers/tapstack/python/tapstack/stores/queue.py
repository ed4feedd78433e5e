"""Messages to other functions, through SQS."""

from __future__ import annotations

from typing import Any, Literal

import boto3
import msgspec
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from tapstack.domain.state import Counter
from tapstack.errors import StoreUnavailable
from tapstack.stores.breaker import Breaker

_AWAY = "the queue is away for a moment"

Kind = Literal["sync", "rebuild", "board"]
"""Work for the sync function: save dirty players, rebuild the boards of an emptied Redis, publish the leaderboard."""


class SyncRequest(msgspec.Struct, frozen=True):
    """The body of a message in the sync queue."""

    kind: Kind


def sqs_client() -> Any:
    """An SQS client that gives up after seconds: the schedule is the safety net of every message."""
    limits = Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 1})
    return boto3.client("sqs", config=limits)


class _Queue:
    """A queue and its dead-letter queue; every call raises StoreUnavailable where SQS is away."""

    def __init__(self, client: Any, url: str, dead_letter_url: str) -> None:
        self.client = client
        self.url = url
        self.dead_letter_url = dead_letter_url
        self._breaker = Breaker(2.0)

    def _send(self, url: str, body: Any, delay_s: int = 0) -> None:
        if not self._breaker.lets_pass():
            raise StoreUnavailable(_AWAY, retry_after_s=2)
        try:
            text = msgspec.json.encode(body).decode()
            self.client.send_message(QueueUrl=url, MessageBody=text, DelaySeconds=delay_s)
        except (BotoCoreError, ClientError) as error:
            self._breaker.failed()
            raise StoreUnavailable(_AWAY, retry_after_s=2) from error
        self._breaker.worked()

    def _depth(self, url: str) -> int:
        name = "ApproximateNumberOfMessages"
        try:
            found = self.client.get_queue_attributes(QueueUrl=url, AttributeNames=[name])
        except (BotoCoreError, ClientError) as error:
            raise StoreUnavailable(_AWAY, retry_after_s=2) from error
        return int(found["Attributes"][name])


class OutboxQueue(_Queue):
    """Wakes the outbox function, and keeps what can never be sent."""

    def wake(self) -> None:
        """Asks the outbox function to send what waits."""
        self._send(self.url, {"kind": "wake"})

    def bury(self, call: dict[str, Any], reason: str) -> None:
        """Leaves a call that fails for good to an operator, with the reason."""
        self._send(self.dead_letter_url, {"call": call, "reason": reason})


class SyncQueue(_Queue):
    """Asks the sync function for work, and keeps what can never be saved."""

    def send(self, kind: Kind, *, delay_s: int = 0) -> None:
        """Asks for work, at once or after up to 900 s."""
        self._send(self.url, SyncRequest(kind), delay_s)

    def bury(self, counter: Counter, reason: str) -> None:
        """Leaves a counter that can't be saved to an operator, with the reason."""
        self._send(self.dead_letter_url, {"counter": counter, "reason": reason})

    def waiting(self) -> int:
        """About how many messages wait to be worked on."""
        return self._depth(self.url)

    def buried(self) -> int:
        """About how many messages have failed for good."""
        return self._depth(self.dead_letter_url)
