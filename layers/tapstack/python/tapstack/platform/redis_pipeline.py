"""One connection to a single Redis node for a whole event loop: calls that are made meanwhile share its round trips.

redis.asyncio takes a connection from its pool for each call and waits for its answer there (docs/performance.md has
what that costs). Here a call is appended to what is sent next, and answers belong to calls in their order. No cluster
and no TLS: `pipeline_to` says where it can't be used.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any, NamedTuple, cast

import hiredis
from redis._parsers.base import BaseParser
from redis.connection import parse_url
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import NoScriptError
from redis.exceptions import TimeoutError as RedisTimeoutError

from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.redis_client import RETRY_AFTER_S, TIMEOUT_S, available, from_replica
from tapstack.platform.redis_scripts import ScriptCall, script
from tapstack.platform.settings import RedisSettings

MAX_IN_FLIGHT = 4_096
"""Calls without an answer, a few KB each: what a Redis that hangs may hold of a process's memory."""

_KNOWN = frozenset(("host", "port", "path", "connection_class", "db", "username", "password"))


class Address(NamedTuple):
    """Where a node is, and what it asks of a new connection; `path` is a unix socket's."""

    host: str
    port: int
    path: str
    greeting: tuple[tuple[str, ...], ...]


def address_of(settings: RedisSettings) -> Address | None:
    """The node that the settings name; None for a cluster, for TLS, and for options of redis-py's own client."""
    if settings.cluster or settings.url.startswith("rediss:"):
        return None
    found = parse_url(settings.url)  # type: ignore[no-untyped-call]
    if not found.keys() <= _KNOWN:
        return None
    greeting = []
    if "password" in found:
        greeting.append(("AUTH", *([found["username"]] if "username" in found else []), found["password"]))
    if found.get("db"):
        greeting.append(("SELECT", str(found["db"])))
    return Address(found.get("host", "localhost"), int(found.get("port", 6379)), found.get("path", ""), tuple(greeting))


def pipeline_to(settings: RedisSettings) -> Pipeline | None:
    """A pipeline to the node of the settings; None where they name something else (address_of)."""
    address = address_of(settings)
    return Pipeline(address) if address else None


class Pipeline:
    """Calls on one connection, which is made when it is needed. All of one event loop; nothing here is thread-safe."""

    def __init__(self, address: Address, *, timeout_s: float = TIMEOUT_S, max_in_flight: int = MAX_IN_FLIGHT) -> None:
        self._address = address
        self._timeout_s, self._max_in_flight = timeout_s, max_in_flight
        self._connection: Connection | None = None

    async def run(self, call: ScriptCall) -> Any:
        """A script's answer. Raises StoreUnavailable where Redis is unavailable, or where too many calls wait for it.

        A connection that breaks fails the calls that were under way on it, which may have been carried out.
        """
        found = script(call.name)
        with available():
            try:
                return await self._ask(_packed("EVALSHA", found.sha, len(call.keys), *call.keys, *call.args))
            except NoScriptError:
                return await self._ask(_packed("EVAL", found.text, len(call.keys), *call.keys, *call.args))

    async def close(self) -> None:
        """Closes the connection, once what is under way has been answered."""
        if self._connection:
            self._connection.retire()

    def _ask(self, command: bytes) -> asyncio.Future[Any]:
        connection = self._connection
        if connection is None or connection.ended:
            connection = self._connection = Connection(self._timeout_s)
            connection.open(self._address)
        if connection.in_flight >= self._max_in_flight:
            raise StoreUnavailable("too many calls wait for the counters", retry_after_s=RETRY_AFTER_S)
        return connection.send(command)


def _packed(*command: str | int) -> bytes:
    packed: bytes = hiredis.pack_command(command)  # type: ignore[arg-type] # its stub is of a tuple of one
    return packed


def _heeded(greeting: asyncio.Future[Any]) -> None:
    """Says that nobody waits for this answer: where it is an error, the connection has ended by it."""
    if not greeting.cancelled():
        greeting.exception()


class Connection(asyncio.Protocol):
    """A connection and the calls that wait for an answer on it, in order."""

    def __init__(self, timeout_s: float) -> None:
        self.ended = False
        """Whether it takes no more calls: it has broken, or leads to a server that takes no writes any more."""
        self._loop = asyncio.get_running_loop()
        self._timeout_s = timeout_s
        self._transport: asyncio.Transport | None = None
        self._opening: asyncio.Task[None] | None = None
        self._waiting: deque[tuple[asyncio.Future[Any], float]] = deque()
        self._unsent: list[bytes] = []
        self._timer: asyncio.TimerHandle | None = None
        self._to_greet = 0
        """Answers to come first that belong to no call."""
        self._reader = hiredis.Reader(replyError=BaseParser.parse_error, encoding="utf-8")

    @property
    def in_flight(self) -> int:
        return len(self._waiting)

    def open(self, address: Address) -> None:
        """Starts to connect; calls may be sent at once."""
        for command in address.greeting:
            self.send(_packed(*command)).add_done_callback(_heeded)
        self._to_greet = len(address.greeting)
        self._opening = self._loop.create_task(self._open(address))

    async def _open(self, address: Address) -> None:
        try:
            if address.path:
                await self._loop.create_unix_connection(lambda: self, address.path)
            else:
                await self._loop.create_connection(lambda: self, address.host, address.port)
        except OSError as error:
            self._break(RedisConnectionError(str(error)))

    def send(self, command: bytes) -> asyncio.Future[Any]:
        """Sends a packed command, together with what else is sent in this turn of the loop."""
        answered: asyncio.Future[Any] = self._loop.create_future()
        now_s = self._loop.time()
        self._waiting.append((answered, now_s))
        if self._timer is None:
            self._timer = self._loop.call_at(now_s + self._timeout_s, self._check)
        if self._transport and not self._unsent:
            self._loop.call_soon(self._flush)
        self._unsent.append(command)
        return answered

    def _flush(self) -> None:
        if self._transport and self._unsent:
            commands, self._unsent = self._unsent, []
            self._transport.write(b"".join(commands))

    def retire(self) -> None:
        """Takes no more calls, and closes when the last is answered."""
        self.ended = True
        if not self._waiting:
            self._break(RedisConnectionError("the connection was closed"))

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport = cast(asyncio.Transport, transport)  # not every loop's transports inherit from it
        if self.ended:  # it took too long
            transport.abort()
        self._flush()

    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        try:
            while (answer := self._reader.gets()) is not False:
                self._answered(answer)
        except (hiredis.ProtocolError, IndexError) as error:
            self._break(RedisConnectionError(f"what came is no answer: {error}"))
        if self.ended and not self._waiting:
            self._break(RedisConnectionError("the connection was closed"))

    def _answered(self, answer: Any) -> None:
        if self._to_greet:
            self._to_greet -= 1
            if isinstance(answer, Exception):
                self._break(answer)
                return
        future, _ = self._waiting.popleft()
        if not isinstance(answer, Exception):
            if not future.done():
                future.set_result(answer)
            return
        if from_replica(answer):
            self.ended = True
        if not future.done():
            future.set_exception(answer)

    def connection_lost(self, error: Exception | None) -> None:
        self._break(RedisConnectionError(str(error or "the server has closed the connection")))

    def _check(self) -> None:
        """Breaks a connection whose oldest call has waited too long: an answer later would be one to no call."""
        self._timer = None
        if not self._waiting:
            return
        due_s = self._waiting[0][1] + self._timeout_s
        if due_s <= self._loop.time():
            self._break(RedisTimeoutError("no answer in time"))
        else:
            self._timer = self._loop.call_at(due_s, self._check)

    def _break(self, error: BaseException) -> None:
        """Ends the connection; each call that waits gets an error of its own."""
        self.ended = True
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._transport:
            self._transport.abort()
        if self._opening and self._opening is not asyncio.current_task():
            self._opening.cancel()
        waiting, self._waiting, self._unsent = self._waiting, deque(), []
        for future, _ in waiting:
            if not future.done():
                future.set_exception(type(error)(str(error)))
