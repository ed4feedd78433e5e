"""A pipelined connection: answers to calls in their order, and what happens to calls where it breaks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import NoScriptError, ReadOnlyError
from redis.exceptions import TimeoutError as RedisTimeoutError
from tapstack.platform.redis_pipeline import Address, Connection, address_of
from tapstack.platform.settings import Settings

A_COMMAND = b"*1\r\n$4\r\nPING\r\n"


class Wire(asyncio.Transport):
    """What a connection has written; a test writes the server's part."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[bytes] = []
        self.aborted = False

    def write(self, data: Any) -> None:
        self.sent.append(bytes(data))

    def abort(self) -> None:
        self.aborted = True


def on_a_loop(test: Callable[[], Awaitable[None]]) -> Callable[[], None]:
    def run() -> None:
        async def main() -> None:
            await test()

        asyncio.run(main())

    run.__name__ = test.__name__
    return run


def connected(timeout_s: float = 60) -> tuple[Connection, Wire]:
    connection, wire = Connection(timeout_s), Wire()
    connection.connection_made(wire)
    return connection, wire


async def turn() -> None:
    """Lets the loop do what is due."""
    for _ in range(3):
        await asyncio.sleep(0)


@on_a_loop
async def test_calls_of_a_turn_are_sent_together_and_answered_in_their_order() -> None:
    connection, wire = connected()
    calls = [connection.send(b"%d" % n) for n in range(3)]
    await turn()
    assert wire.sent == [b"012"]
    connection.data_received(b":7\r\n$3\r\nabc\r\n*2\r\n:1\r\n$-1\r\n")
    assert [await call for call in calls] == [7, "abc", [1, None]]
    assert connection.in_flight == 0


@on_a_loop
async def test_answers_that_come_in_pieces_are_put_together() -> None:
    connection, _ = connected()
    calls = [connection.send(A_COMMAND) for _ in range(2)]
    for byte in b"*2\r\n:12\r\n:34\r\n$2\r\nhi\r\n":
        connection.data_received(bytes([byte]))
    assert [await call for call in calls] == [[12, 34], "hi"]


@on_a_loop
async def test_what_is_sent_before_the_connection_stands_goes_out_with_it() -> None:
    connection, wire = Connection(60), Wire()
    call = connection.send(A_COMMAND)
    await turn()
    connection.connection_made(wire)
    assert wire.sent == [A_COMMAND]
    connection.data_received(b"+PONG\r\n")
    assert await call == "PONG"


@on_a_loop
async def test_error_fails_the_call_that_it_answers_and_no_other() -> None:
    connection, wire = connected()
    first, second = connection.send(A_COMMAND), connection.send(A_COMMAND)
    connection.data_received(b"-NOSCRIPT No matching script.\r\n:1\r\n")
    with pytest.raises(NoScriptError):
        await first
    assert await second == 1
    assert not wire.aborted


@on_a_loop
async def test_call_that_nobody_waits_for_any_more_keeps_its_place() -> None:
    connection, _ = connected()
    gone, waits = connection.send(A_COMMAND), connection.send(A_COMMAND)
    gone.cancel()
    connection.data_received(b":1\r\n:2\r\n")
    assert await waits == 2


@on_a_loop
async def test_connection_that_breaks_fails_all_that_is_under_way() -> None:
    connection, wire = connected()
    calls = [connection.send(A_COMMAND) for _ in range(3)]
    connection.data_received(b":1\r\n:2")
    connection.connection_lost(None)
    assert await calls[0] == 1
    for call in calls[1:]:
        with pytest.raises(RedisConnectionError):
            await call
    assert connection.ended
    assert wire.aborted


@on_a_loop
async def test_garbage_breaks_the_connection() -> None:
    connection, wire = connected()
    call = connection.send(A_COMMAND)
    connection.data_received(b"HTTP/1.1 400 Bad Request\r\n")
    with pytest.raises(RedisConnectionError):
        await call
    assert wire.aborted


@on_a_loop
async def test_answer_that_nobody_asked_for_breaks_the_connection() -> None:
    connection, wire = connected()
    connection.data_received(b":1\r\n")
    assert connection.ended
    assert wire.aborted


@on_a_loop
async def test_call_without_an_answer_in_time_breaks_the_connection() -> None:
    connection, wire = connected(timeout_s=0.05)
    call = connection.send(A_COMMAND)
    with pytest.raises(RedisTimeoutError):
        await call
    assert connection.ended
    assert wire.aborted


@on_a_loop
async def test_server_that_takes_no_writes_gets_no_more_calls_but_answers_those_it_has() -> None:
    connection, wire = connected()
    refused, other = connection.send(A_COMMAND), connection.send(A_COMMAND)
    connection.data_received(b"-READONLY You can't write against a read only replica.\r\n")
    with pytest.raises(ReadOnlyError):
        await refused
    assert connection.ended
    assert not wire.aborted
    connection.data_received(b":1\r\n")
    assert await other == 1
    assert wire.aborted


@on_a_loop
async def test_script_that_a_replica_refuses_ends_the_connection_too() -> None:
    """Redis 6 wraps it in the error of the script."""
    connection, _ = connected()
    call = connection.send(A_COMMAND)
    connection.data_received(b"-ERR Error running script: @user_script:1: -READONLY You can't write\r\n")
    with pytest.raises(Exception, match="READONLY"):
        await call
    assert connection.ended


WORD = "made-up"


def settings(url: str, cluster: str = "0") -> Any:
    return Settings.from_env({"REDIS_URL": url, "REDIS_CLUSTER": cluster}).redis


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://cache:7000/0", Address("cache", 7000, "", ())),
        ("redis://cache", Address("cache", 6379, "", ())),
        (f"redis://:{WORD}%40@cache:1/2", Address("cache", 1, "", (("AUTH", f"{WORD}@"), ("SELECT", "2")))),
        (f"redis://ada:{WORD}@cache:1", Address("cache", 1, "", (("AUTH", "ada", WORD),))),
        ("unix:///run/redis.sock?db=3", Address("localhost", 6379, "/run/redis.sock", (("SELECT", "3"),))),
    ],
)
def test_single_node_is_found_with_what_it_asks_of_a_connection(url: str, expected: Address) -> None:
    assert address_of(settings(url)) == expected


@pytest.mark.parametrize(
    ("url", "cluster"),
    [("redis://cache:1", "1"), ("rediss://cache:1", "0"), ("redis://cache:1?socket_timeout=3", "0")],
)
def test_cluster_tls_and_options_are_left_to_the_other_client(url: str, cluster: str) -> None:
    assert address_of(settings(url, cluster)) is None
