"""Batch writing: what is left over is sent again, what is refused is named, what is unavailable is put off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from hypothesis import given
from hypothesis import strategies as st
from tapstack.platform.batches import ItemsRefused, batches
from tapstack.platform.dynamo import ATTEMPTS, available, put_all
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.versions import Item


def row(of: str) -> Item:
    return {"id": {"S": of}}


class FakeClient:
    """Answers BatchWriteItem with what it was told to, in order; the last answer stays."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.calls: list[list[str]] = []

    def call(self, operation: str, arguments: Mapping[str, Any], /) -> Any:
        assert operation == "BatchWriteItem"
        requests = arguments["RequestItems"]["rows"]
        self.calls.append([request["PutRequest"]["Item"]["id"]["S"] for request in requests])
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        left = [request for request in requests if request["PutRequest"]["Item"]["id"]["S"] in answer]
        return {"UnprocessedItems": {"rows": left}} if left else {"UnprocessedItems": {}}


def put(client: FakeClient, *ids: str) -> list[float]:
    """Writes rows; returns the pauses it made."""
    pauses: list[float] = []
    put_all(client, "rows", [row(i) for i in ids], pause=pauses.append)
    return pauses


def refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "m"}}, "BatchWriteItem")


def test_put_all_sends_again_only_what_was_left_over() -> None:
    client = FakeClient(["b", "c"], ["c"], [])
    pauses = put(client, "a", "b", "c")
    assert client.calls == [["a", "b", "c"], ["b", "c"], ["c"]]
    assert len(pauses) == 2


def test_put_all_waits_longer_each_time_and_gives_up_in_the_end() -> None:
    client = FakeClient(["a"])
    pauses: list[float] = []
    with pytest.raises(StoreUnavailable) as refusal:
        put_all(client, "rows", [row("a")], pause=pauses.append)
    assert refusal.value.data["left"] == 1
    assert len(client.calls) == ATTEMPTS
    assert pauses == sorted(pauses)
    assert sum(pauses) < 5


def test_put_all_refused_as_a_whole_says_so_at_once() -> None:
    client = FakeClient(refused("ValidationException"))
    with pytest.raises(ItemsRefused):
        put(client, "a")
    assert len(client.calls) == 1


@pytest.mark.parametrize(
    "code", ["ThrottlingException", "ProvisionedThroughputExceededException", "InternalServerError"]
)
def test_put_all_throttled_is_put_off(code: str) -> None:
    with pytest.raises(StoreUnavailable):
        put(FakeClient(refused(code)), "a")


def test_put_all_without_permission_is_a_bug_that_shows() -> None:
    with pytest.raises(ClientError):
        put(FakeClient(refused("AccessDeniedException")), "a")


def test_available_turns_an_absent_dynamodb_into_store_unavailable() -> None:
    with pytest.raises(StoreUnavailable), available():
        raise EndpointConnectionError(endpoint_url="http://nowhere.invalid")


@given(st.lists(st.integers()), st.integers(1, 30))
def test_batches_keep_every_item_in_order(items: list[int], size: int) -> None:
    made = list(batches(items, size))
    assert [item for batch in made for item in batch] == items
    assert all(0 < len(batch) <= size for batch in made)
