"""The lean client of DynamoDB: whatever the other side does, a call ends with its answer or with a known error."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.credentials import RefreshableCredentials
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, ReadTimeoutError
from support.game import create_aws, make_settings
from support.racing import race
from support.scripted_server import (
    Deed,
    Request,
    ScriptedServer,
    answer,
    close,
    hang,
    head,
    raw,
    refuse,
    scripted,
    then_close,
)
from support.waiting import wait_until
from tapstack.platform import dynamo, dynamo_client
from tapstack.platform.batches import ItemsRefused
from tapstack.platform.dynamo import get_all, put_all
from tapstack.platform.dynamo_client import ATTEMPTS, DynamoClient
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.http_connection import HttpConnection

KEY = {"TableName": "things", "Key": {"id": {"S": "a"}}}
ITEM = {"id": {"S": "a"}, "badge": {"B": b"\x00\xff"}, "badges": {"BS": [b"\x01", b"\x02"]}}
FOUND = answer({"Item": {"id": {"S": "a"}}})
BROKEN: dict[str, Deed] = {
    "closed at once": close,
    "cut in its headers": raw(b"HTTP/1.1 200 OK\r\nContent-Le"),
    "cut in its body": raw(head(200, 100), b'{"Item": {"id"'),
    "cut in a chunk": raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b'20\r\n{"Item"'),
    "cut between chunks": raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"2\r\n{}\r\n"),
    "without a length": raw(b"HTTP/1.1 200 OK\r\n\r\n{}"),
    "with a length below zero": raw(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}"),
    "not HTTP": raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),
    "not JSON": answer(b"<html>"),
    "no object": answer([1]),
    "not UTF-8": answer(b'{"Item": "\xff"}'),
}
"""Answers that are none."""


@pytest.fixture(autouse=True)
def far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    # A busy machine may keep a server of this process from answering for seconds.
    monkeypatch.setattr(dynamo_client, "READ_TIMEOUT_S", 60)
    monkeypatch.setattr(dynamo_client, "ANSWER_TIMEOUT_S", 60)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """For servers that never answer."""
    monkeypatch.setattr(dynamo_client, "READ_TIMEOUT_S", 0.3)
    monkeypatch.setattr(dynamo_client, "ANSWER_TIMEOUT_S", 0.6)


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., tuple[ScriptedServer, DynamoClient]]]:
    """A server that does so, and a client of it that does not pause."""
    servers = []

    def begin(*deeds: Deed) -> tuple[ScriptedServer, DynamoClient]:
        running = scripted(*deeds)
        server = running.__enter__()
        servers.append(running)
        monkeypatch.setenv("AWS_ENDPOINT_URL", server.url)
        return server, DynamoClient(pause=lambda _: None)

    yield begin
    for running in servers:
        running.__exit__(None, None, None)


Talk = Callable[..., tuple[ScriptedServer, DynamoClient]]


def test_calls_one_after_another_share_a_connection(talk: Talk) -> None:
    server, client = talk(FOUND)
    for _ in range(5):
        assert client.call("GetItem", KEY) == {"Item": {"id": {"S": "a"}}}
    assert server.connections == [1] * 5
    assert server.operations == ["GetItem"] * 5
    assert server.requests[0].arguments == KEY
    assert server.requests[0].headers["authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")


def test_binary_values_are_bytes_in_both_directions(talk: Talk) -> None:
    encoded = {"id": {"S": "a"}, "badge": {"B": "AP8="}, "badges": {"BS": ["AQ==", "Ag=="]}}
    server, client = talk(answer({"Item": encoded}))
    assert client.call("PutItem", {"TableName": "things", "Item": ITEM}) == {"Item": ITEM}
    assert server.requests[0].arguments["Item"] == encoded


def test_chunked_answer_is_read(talk: Talk) -> None:
    body = b'5;x=y\r\n{"Ite\r\n10\r\nm": {"a": "b"}}  \r\n0\r\nTrailer: 1\r\n\r\n'
    chunked = raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", body, goes_on=True)
    server, client = talk(chunked)
    assert [client.call("GetItem", KEY) for _ in range(2)] == [{"Item": {"a": "b"}}] * 2
    assert server.connections == [1, 1]


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_broken_answer_is_asked_for_again(talk: Talk, broken: Deed) -> None:
    server, client = talk(broken, FOUND)
    assert client.call("GetItem", KEY)["Item"]
    assert server.operations == ["GetItem"] * 2


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_broken_answers_end_with_an_error_that_says_unavailable(talk: Talk, broken: Deed) -> None:
    server, client = talk(broken)
    with pytest.raises(StoreUnavailable):
        dynamo.get(client, "things", {"id": {"S": "a"}})
    assert len(server.requests) == ATTEMPTS


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_call_that_must_not_be_done_twice_is_sent_once(talk: Talk, broken: Deed) -> None:
    server, client = talk(broken, FOUND)
    with pytest.raises(BotoCoreError):
        client.call("UpdateItem", KEY, repeatable=False)
    assert len(server.requests) == 1


def test_connection_that_the_server_closed_meanwhile_is_not_used(talk: Talk) -> None:
    server, client = talk(then_close(FOUND), then_close(FOUND), FOUND)
    for _ in range(3):
        assert client.call("GetItem", KEY)["Item"]
    assert server.connections == [1, 2, 3]


def test_connection_knows_that_the_server_has_closed_it() -> None:
    """So that not even a call that must not be done twice fails for that."""
    with scripted(then_close(FOUND)) as server:
        connection = HttpConnection("127.0.0.1", int(server.url.rpartition(":")[2]), None, 10)
        assert connection.usable
        assert connection.ask(b"POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n", 60, 60).status == 200
        wait_until("the connection is closed", lambda: not connection.usable)
        connection.close()


def test_connection_that_the_server_says_it_closes_is_not_used(talk: Talk) -> None:
    server, client = talk(answer({}, 200, "Connection: close"))
    for _ in range(2):
        client.call("GetItem", KEY)
    assert server.connections == [1, 2]


def test_kept_connection_that_breaks_costs_no_attempt(talk: Talk) -> None:
    """Closed at the very moment: the request goes out once more on a new connection, and that one may fail, too."""
    server, client = talk(FOUND, close, refuse("InternalServerError", 500), FOUND)
    for _ in range(2):
        assert client.call("GetItem", KEY)["Item"]
    assert server.connections == [1, 1, 2, 2]


@pytest.mark.usefixtures("hasty")
def test_server_that_is_silent_is_given_up(talk: Talk) -> None:
    over = threading.Event()
    server, client = talk(hang(over))
    with pytest.raises(ReadTimeoutError):
        client.call("GetItem", KEY)
    over.set()
    assert len(server.requests) == ATTEMPTS


@pytest.mark.usefixtures("hasty")
def test_answer_that_comes_drop_by_drop_is_given_up(talk: Talk) -> None:
    """Each byte would begin the time of silence anew."""
    over = threading.Event()

    def drip(request: Request) -> bool:
        request.socket.sendall(head(200, 10_000))
        while not over.wait(0.05):
            try:
                request.socket.sendall(b" ")
            except OSError:
                break
        return False

    server, client = talk(drip)
    with pytest.raises(ReadTimeoutError):
        client.call("GetItem", KEY)
    over.set()
    assert len(server.requests) == ATTEMPTS


def test_nobody_listening_is_unavailable(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with pytest.raises(StoreUnavailable):
        dynamo.get(DynamoClient(pause=lambda _: None), "things", {"id": {"S": "a"}})


@pytest.mark.parametrize("code", ["ThrottlingException", "ProvisionedThroughputExceededException"])
def test_throttled_call_is_tried_again_even_if_it_must_not_be_done_twice(talk: Talk, code: str) -> None:
    server, client = talk(refuse(code), FOUND)
    assert client.call("UpdateItem", KEY, repeatable=False)["Item"]
    assert len(server.requests) == 2


def test_throttling_that_goes_on_is_unavailable(talk: Talk) -> None:
    _, client = talk(refuse("ThrottlingException"))
    with pytest.raises(StoreUnavailable):
        dynamo.get(client, "things", {"id": {"S": "a"}})


@pytest.mark.parametrize("failure", [refuse("InternalServerError", 500), answer(b"<html>", 503)])
def test_failure_inside_is_tried_again_where_that_is_safe(talk: Talk, failure: Deed) -> None:
    server, client = talk(failure, FOUND)
    assert client.call("GetItem", KEY)["Item"]
    server, client = talk(failure, FOUND)
    with pytest.raises(ClientError):
        client.call("UpdateItem", KEY, repeatable=False)
    assert len(server.requests) == 1


def test_refusal_is_told_at_once_with_its_code(talk: Talk) -> None:
    server, client = talk(refuse("ConditionalCheckFailedException"))
    with pytest.raises(ClientError) as refusal:
        client.call("UpdateItem", KEY)
    assert dynamo.is_conflict(refusal.value)
    assert len(server.requests) == 1


def test_batch_that_is_refused_is_named_and_one_left_over_is_sent_again(talk: Talk) -> None:
    left = {"UnprocessedItems": {"things": [{"PutRequest": {"Item": {"id": {"S": "b"}}}}]}}
    server, client = talk(answer(left), answer({"UnprocessedItems": {}}), refuse("ValidationException"))
    put_all(client, "things", [{"id": {"S": "a"}}, {"id": {"S": "b"}}], pause=lambda _: None)
    sent = [request.arguments["RequestItems"]["things"] for request in server.requests]
    assert [[one["PutRequest"]["Item"]["id"]["S"] for one in call] for call in sent] == [["a", "b"], ["b"]]
    with pytest.raises(ItemsRefused):
        put_all(client, "things", [{"id": {"S": "a"}}])


def test_keys_left_over_are_asked_for_again(talk: Talk) -> None:
    first = {
        "Responses": {"things": [{"id": {"S": "a"}}]},
        "UnprocessedKeys": {"things": {"Keys": [{"id": {"S": "b"}}]}},
    }
    second = {"Responses": {"things": [{"id": {"S": "b"}}]}, "UnprocessedKeys": {}}
    server, client = talk(answer(first), answer(second))
    keys = [{"id": {"S": name}} for name in "ab"]
    assert get_all(client, "things", keys, ("id", "name"), pause=lambda _: None) == keys
    asked = [request.arguments["RequestItems"]["things"] for request in server.requests]
    assert [call["Keys"] for call in asked] == [keys, keys[1:]]
    assert {call["ProjectionExpression"] for call in asked} == {"#0,#1"}


def test_32_threads_each_get_their_own_answer(talk: Talk) -> None:
    def echo(request: Request) -> bool:
        return answer({"Item": request.arguments["Key"]})(request)

    server, client = talk(echo)

    def ask(number: int) -> bool:
        keys = [{"id": {"S": f"{number}-{n}"}} for n in range(20)]
        return all(client.call("GetItem", {"TableName": "things", "Key": key})["Item"] == key for key in keys)

    assert all(race(32, ask))
    assert len(server.requests) == 32 * 20


# Credentials


class Session:
    """botocore's session, with credentials of the test's own."""

    def __init__(self, credentials: Any) -> None:
        import botocore.session

        self._session = botocore.session.get_session()
        self.credentials = credentials

    def get_credentials(self) -> Any:
        return self.credentials

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)


def key_of(request: Request) -> str:
    return request.headers["authorization"].partition("Credential=")[2].partition("/")[0]


def test_credentials_that_expire_are_renewed_before_they_do(talk: Talk) -> None:
    fetched = []

    def fetch() -> dict[str, str]:
        fetched.append("")
        end = "2000-01-01T00:00:00Z" if len(fetched) == 1 else "2100-01-01T00:00:00Z"
        return {"access_key": f"key{len(fetched)}", "secret_key": "s", "token": "t", "expiry_time": end}

    server, _ = talk(FOUND)
    credentials = RefreshableCredentials.create_from_metadata(fetch(), fetch, "test")
    client = DynamoClient(lambda: Session(credentials), pause=lambda _: None)
    for _ in range(2):
        client.call("GetItem", KEY)
    assert [key_of(request) for request in server.requests] == ["key2", "key2"]


def test_credentials_of_a_role_are_those_of_the_moment_with_their_token(talk: Talk) -> None:
    server, _ = talk(FOUND)
    session = Session(None)
    client = DynamoClient(lambda: session, pause=lambda _: None)
    for name in ("first", "second"):
        session.credentials = _static(name)
        client.call("GetItem", KEY)
    assert [key_of(request) for request in server.requests] == ["first", "second"]
    assert [request.headers["x-amz-security-token"] for request in server.requests] == [
        "token of first",
        "token of second",
    ]


def test_credentials_that_expired_in_between_are_replaced_by_newer_ones(talk: Talk) -> None:
    session = Session(_static("old"))

    def expire(request: Request) -> bool:
        session.credentials = _static("new")
        return refuse("ExpiredTokenException")(request)

    server, _ = talk(expire, FOUND)
    client = DynamoClient(lambda: session, pause=lambda _: None)
    assert client.call("UpdateItem", KEY, repeatable=False)["Item"]
    assert [key_of(request) for request in server.requests] == ["old", "new"]


def test_credentials_that_stay_expired_are_unavailable_and_not_tried_again(talk: Talk) -> None:
    server, client = talk(refuse("ExpiredTokenException"))
    with pytest.raises(StoreUnavailable):
        dynamo.get(client, "things", {"id": {"S": "a"}})
    assert len(server.requests) == 1


def test_credentials_that_come_late_are_found(talk: Talk) -> None:
    talk(FOUND)
    session = Session(None)
    client = DynamoClient(lambda: session, pause=lambda _: None)
    with pytest.raises(NoCredentialsError):
        client.call("GetItem", KEY)
    session.credentials = _static("late")
    assert client.call("GetItem", KEY)["Item"]


def _static(name: str) -> Any:
    from botocore.credentials import Credentials

    return Credentials(name, "secret", f"token of {name}")


# Where DynamoDB is


@pytest.mark.parametrize(
    ("region", "dual_stack", "url"),
    [
        ("eu-central-1", "false", "https://dynamodb.eu-central-1.amazonaws.com"),
        ("eu-central-1", "true", "https://dynamodb.eu-central-1.api.aws"),
        ("cn-north-1", "false", "https://dynamodb.cn-north-1.amazonaws.com.cn"),
    ],
)
def test_region_has_its_endpoint(monkeypatch: pytest.MonkeyPatch, region: str, dual_stack: str, url: str) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", region)
    monkeypatch.setenv("AWS_USE_DUALSTACK_ENDPOINT", dual_stack)
    assert DynamoClient().endpoint_url == url


def test_emulator_takes_what_the_client_signs(aws_endpoint: str) -> None:
    table = create_aws(make_settings("redis://unused")).tables.counters
    client = DynamoClient()
    item = {**ITEM, "n": {"N": "5"}, "m": {"M": {"x": {"L": [{"NULL": True}, {"BOOL": False}]}}}}
    put_all(client, table, [item])
    assert dynamo.get(client, table, {"id": {"S": "a"}}) == item
    assert dynamo.get(client, table, {"id": {"S": "b"}}) is None
    assert get_all(client, table, [{"id": {"S": name}} for name in "ab"], ("n",)) == [{"n": {"N": "5"}}]
