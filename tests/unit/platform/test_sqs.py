"""Dead letters: bounded, whatever they hold, and never in anybody's way."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from hypothesis import given
from hypothesis import strategies as st
from tapstack.platform.sqs import MAX_DEAD_LETTER_BYTES, dead_letter
from tapstack.play.sqs_sync import SyncQueue
from tapstack.telegram.sqs_outbox import OutboxQueue


class Sqs:
    """Keeps what it is sent, or raises."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.sent: list[str] = []

    def send_message(self, *, QueueUrl: str, MessageBody: str, DelaySeconds: int) -> None:  # noqa: N803, ARG002
        if self.error:
            raise self.error
        self.sent.append(MessageBody)


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=300) | st.integers(-(2**63), 2**64 - 1), max_size=20))
def test_dead_letter_that_fits_holds_everything(parts: dict[str, Any]) -> None:
    text = dead_letter({}, parts)
    assert len(text.encode()) <= MAX_DEAD_LETTER_BYTES
    assert json.loads(text) == parts


def test_dead_letter_of_a_large_player_says_how_much_it_leaves_out() -> None:
    sqs = Sqs()
    fields = {f"e:{n:022d}": "ü" * 10_000 for n in range(14_000)}
    assert SyncQueue(sqs, lambda: "q", lambda: "d").dead_letter("p" * 10**6, "r" * 10**6, fields)
    (text,) = sqs.sent
    assert len(text.encode()) <= MAX_DEAD_LETTER_BYTES
    letter = json.loads(text)
    assert letter["left_out"] + len(letter) - 3 == 14_000


def test_dead_letter_of_a_huge_call_is_cut() -> None:
    sqs = Sqs()
    assert OutboxQueue(sqs, lambda: "q", lambda: "d").dead_letter({"text": "x" * 10**6}, "r" * 10**6)
    assert len(sqs.sent[0]) <= MAX_DEAD_LETTER_BYTES


@pytest.mark.parametrize(
    "error",
    [
        ClientError({"Error": {"Code": "InvalidParameterValue", "Message": "too long"}}, "SendMessage"),
        EndpointConnectionError(endpoint_url="http://sqs"),
        RuntimeError("a bug"),
    ],
)
def test_dead_letter_that_cannot_be_sent_raises_nothing(error: Exception) -> None:
    for queue in (SyncQueue(Sqs(error), lambda: "q", lambda: "d"), OutboxQueue(Sqs(error), lambda: "q", lambda: "d")):
        assert queue.send_dead_letter({"reason": "r"}, {}) is False


@pytest.mark.parametrize("value", [object(), "\ud800", 2**70, float("nan"), {1: object()}])
def test_dead_letter_of_what_is_no_json_raises_nothing(value: Any) -> None:
    assert SyncQueue(Sqs(), lambda: "q", lambda: "d").dead_letter("p", "r", {"x": value}) in (True, False)
