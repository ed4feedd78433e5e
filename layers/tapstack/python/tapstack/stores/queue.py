"""Messages to other functions, through SQS."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, Literal

import boto3
import msgspec
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from tapstack.breaker import Breaker
from tapstack.domain.bounds import MAX_REASON
from tapstack.errors import StoreUnavailable

log = logging.getLogger(__name__)

_UNAVAILABLE = "the queue is unavailable for a moment"

MAX_DEAD_LETTER_BYTES = 200_000
"""Of a dead letter's JSON: below what SQS has ever taken, which was 256 KiB before it was 1 MiB."""

MAX_PART = 500
"""Characters of one value in a dead letter."""

RECEIVED_AT_ONCE = 10
DEAD_LOOKED_AT = 2_000
HIDDEN_WHILE_LOOKING_S = 30

Kind = Literal["sync", "rebuild", "board"]
"""Work for the sync function: save dirty players, rebuild the boards of an emptied Redis, publish the leaderboard."""


class SyncRequest(msgspec.Struct, frozen=True):
    """The body of a message in the sync queue."""

    kind: Kind


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


def _short(value: Any) -> Any:
    return value[:MAX_PART] if isinstance(value, str) else value


class _Queue:
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

    def _send(self, url: str, text: str, delay_s: int = 0) -> None:
        if not self._breaker.lets_pass():
            raise StoreUnavailable(_UNAVAILABLE, retry_after_s=2)
        try:
            self.client.send_message(QueueUrl=url, MessageBody=text, DelaySeconds=delay_s)
        except (BotoCoreError, ClientError) as error:
            self._breaker.failed()
            raise StoreUnavailable(_UNAVAILABLE, retry_after_s=2) from error
        self._breaker.worked()

    def _dead_letter(self, head: Mapping[str, Any], parts: Mapping[str, Any]) -> bool:
        """Sends what can't be done to the dead-letter queue, with as many of its parts as fit; says whether it did.

        Never raises: what goes wrong with one must not keep anybody else waiting. It is logged instead.
        """
        try:
            self._send(self.dead_letter_url, dead_letter(head, parts))
        except Exception:
            log.exception("no dead letter could be sent: %.500s", head)
            return False
        return True

    def _depth(self, url: str, name: str = "ApproximateNumberOfMessages") -> int:
        try:
            found = self.client.get_queue_attributes(QueueUrl=url, AttributeNames=[name])
        except (BotoCoreError, ClientError) as error:
            raise StoreUnavailable(_UNAVAILABLE, retry_after_s=2) from error
        return int(found["Attributes"][name])


class OutboxQueue(_Queue):
    """Wakes the outbox function, and keeps what can never be sent."""

    def wake(self) -> None:
        """Asks the outbox function to send what waits."""
        self._send(self.url, '{"kind":"wake"}')

    def dead_letter(self, call: dict[str, Any], reason: str) -> bool:
        """Leaves a call that fails for good to an operator, with the reason; says whether that worked."""
        return self._dead_letter({"reason": reason[:MAX_REASON]}, {"call": call})


class SyncQueue(_Queue):
    """Asks the sync function for work, and keeps what can never be saved."""

    def send(self, kind: Kind, *, delay_s: int = 0) -> None:
        """Asks for work, at once or after up to 900 s."""
        self._send(self.url, msgspec.json.encode(SyncRequest(kind)).decode(), delay_s)

    def dead_letter(self, player_id: str, reason: str, fields: Mapping[str, Any]) -> bool:
        """Leaves a player who can't be saved to an operator, with the reason and what Redis has of them.

        Of a large player only the first fields, and `left_out` says how many more there are. Says whether that worked.
        """
        head = {"player_id": player_id[:MAX_PART], "reason": reason[:MAX_REASON]}
        return self._dead_letter(head, {name[:MAX_PART]: _short(value) for name, value in fields.items()})

    def forget_dead(self, player_ids: set[str]) -> int:
        """Drops the dead letters about players; how many it was. The others come back to an operator after a while.

        Looks at DEAD_LOOKED_AT of them at most. Raises StoreUnavailable while somebody else looks at some.
        """
        if self._depth(self.dead_letter_url, "ApproximateNumberOfMessagesNotVisible"):
            raise StoreUnavailable("somebody is looking at the dead letters", retry_after_s=HIDDEN_WHILE_LOOKING_S)
        dropped = 0
        for _ in range(DEAD_LOOKED_AT // RECEIVED_AT_ONCE):
            found = self._receive_dead()
            for message in found:
                if any(player_id in message["Body"] for player_id in player_ids):
                    self._delete_dead(message["ReceiptHandle"])
                    dropped += 1
            if not found:
                break
        return dropped

    def _receive_dead(self) -> list[dict[str, Any]]:
        try:
            found = self.client.receive_message(
                QueueUrl=self.dead_letter_url,
                MaxNumberOfMessages=RECEIVED_AT_ONCE,
                VisibilityTimeout=HIDDEN_WHILE_LOOKING_S,
                WaitTimeSeconds=0,
            )
        except (BotoCoreError, ClientError) as error:
            raise StoreUnavailable(_UNAVAILABLE, retry_after_s=2) from error
        return list(found.get("Messages", []))

    def _delete_dead(self, receipt: str) -> None:
        try:
            self.client.delete_message(QueueUrl=self.dead_letter_url, ReceiptHandle=receipt)
        except (BotoCoreError, ClientError) as error:
            raise StoreUnavailable(_UNAVAILABLE, retry_after_s=2) from error

    def waiting(self) -> int:
        """About how many messages wait to be worked on."""
        return self._depth(self.url)

    def dead_letters(self) -> int:
        """About how many messages have failed for good."""
        return self._depth(self.dead_letter_url)
