"""Scripts and reads without redis-py, which takes longer to load than all else that counts a tap.

A cluster is asked at the one address that the settings name. ElastiCache Serverless answers there for all slots. Where
a node says that a slot is another's, redis-py's client, which knows where each slot is, asks from then on.

hiredis, which redis-py builds on, packs the commands and reads the answers. What else a caller wants of Redis (any
other command, pipelines that write) is redis-py's, and so is every error, loaded when it is needed: callers see one
kind of client.
"""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

import hiredis

from tapstack.platform.redis_client import TIMEOUT_S, from_replica, read_all
from tapstack.platform.redis_scripts import ScriptUnknown

if TYPE_CHECKING:
    from tapstack.platform.settings import RedisSettings

_RECEIVED_AT_ONCE = 65_536


class Node(NamedTuple):
    """Where a node is, and what it asks of a new connection."""

    host: str
    port: int
    tls: bool
    greeting: tuple[tuple[str, ...], ...]


def node_of(settings: RedisSettings) -> Node | None:
    """The node that the settings name; None for a unix socket, and for options of redis-py's own client."""
    url = urlsplit(settings.url)
    database = url.path.removeprefix("/")
    plain = url.scheme in ("redis", "rediss") and url.hostname and not url.query and not url.fragment
    if not plain or not (database.isdecimal() or not database):
        return None
    greeting = []
    if url.password:
        user = [unquote(url.username)] if url.username else []
        greeting.append(("AUTH", *user, unquote(url.password)))
    if int(database or 0):
        greeting.append(("SELECT", database))
    return Node(unquote(url.hostname or ""), url.port or 6379, url.scheme == "rediss", tuple(greeting))


class Elsewhere(Exception):
    """Another node of the cluster has the slot; the command was not carried out."""


class DirectClient:
    """Thread-safe. Half of the connections that the settings allow are its own, the other half redis-py's."""

    def __init__(self, node: Node, settings: RedisSettings) -> None:
        self._node, self._settings = node, settings
        self._idle: deque[Connection] = deque()
        most = max(1, settings.max_connections // 2)
        self._free = BoundedSemaphore(most)
        self._others = max(1, settings.max_connections - most)
        self._lock = Lock()
        self._full: Any = None
        self._redirected = False

    def evalsha(self, sha: str, numkeys: int, *keys_and_args: Any) -> Any:
        """Runs a script; raises ScriptUnknown where the server does not know it."""
        return self._ask([("EVALSHA", sha, numkeys, *keys_and_args)])[0]

    def eval(self, script: str, numkeys: int, *keys_and_args: Any) -> Any:
        """Runs a script by its text, which the server then knows."""
        return self._ask([("EVAL", script, numkeys, *keys_and_args)])[0]

    def get(self, name: str) -> str | None:
        """A value; None where there is none."""
        value: str | None = self._ask([("GET", name)])[0]
        return value

    def read_all(self, commands: Sequence[tuple[str | int, ...]]) -> list[Any]:
        """The answers to commands that only read, in one round trip."""
        return self._ask(commands)

    def close(self) -> None:
        """Closes the connections that nobody uses just now."""
        while self._idle:
            self._idle.pop().close()
        if self._full:
            self._full.close()

    def __getattr__(self, name: str) -> Any:
        """All else is redis-py's."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._whole(), name)

    def _whole(self) -> Any:
        if self._full is None:
            with self._lock:
                if self._full is None:
                    from tapstack.platform.redis_pool import connect_pool

                    self._full = connect_pool(self._settings, self._others)
        return self._full

    def _ask(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """The answers to commands, by whoever knows where their slots are."""
        if not self._redirected:
            try:
                return self._ask_node(commands)
            except Elsewhere:
                self._redirected = True
        whole = self._whole()
        # Only reads come together: redis-py's pipeline for a cluster takes no scripts.
        return read_all(whole, commands) if len(commands) > 1 else [whole.execute_command(*commands[0])]

    def _ask_node(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """The answers to commands; on a connection that had gone stale they are sent once more, on a new one."""
        packed = b"".join(map(hiredis.pack_command, commands))
        if not self._free.acquire(timeout=TIMEOUT_S):
            raise _connection_error("no connection is free")
        try:
            connection = self._kept()
            if connection:
                try:
                    return self._ask_on(connection, packed, len(commands))
                except TimeoutError:
                    raise
                except OSError:
                    pass
            return self._ask_on(Connection(self._node), packed, len(commands))
        except TimeoutError as error:
            raise _timeout_error() from error
        except OSError as error:
            raise _connection_error(str(error)) from error
        finally:
            self._free.release()

    def _kept(self) -> Connection | None:
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _ask_on(self, connection: Connection, packed: bytes, count: int) -> list[Any]:
        try:
            answers = connection.ask(packed, count)
        except BaseException:
            # What is still to come of these answers must not be read as the next ones.
            connection.close()
            raise
        error = next((answer for answer in answers if isinstance(answer, Exception)), None)
        if error and not isinstance(error, ScriptUnknown | Elsewhere) and from_replica(error):
            connection.close()
        else:
            self._idle.append(connection)
        if error:
            raise error
        return answers


class Connection:
    """A connection that asks one thing at a time; raises OSError where it breaks, TimeoutError after TIMEOUT_S."""

    def __init__(self, node: Node) -> None:
        self._reader = hiredis.Reader(replyError=_error, encoding="utf-8")
        self._socket = socket.create_connection((node.host, node.port), TIMEOUT_S)
        try:
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            if node.tls:
                import ssl

                self._socket = ssl.create_default_context().wrap_socket(self._socket, server_hostname=node.host)
            for command in node.greeting:
                (answer,) = self.ask(hiredis.pack_command(command), 1)  # type: ignore[arg-type]
                if isinstance(answer, Exception):
                    raise answer
        except BaseException:
            self.close()
            raise

    def ask(self, packed: bytes, count: int) -> list[Any]:
        """The answers to that many commands, each maybe an error."""
        self._socket.sendall(packed)
        answers: list[Any] = []
        try:
            while len(answers) < count:
                answer = self._reader.gets()
                if answer is not False:
                    answers.append(answer)
                    continue
                received = self._socket.recv(_RECEIVED_AT_ONCE)
                if not received:
                    raise ConnectionResetError("the server has closed the connection")
                self._reader.feed(received)
        except hiredis.ProtocolError as error:
            raise ConnectionResetError(f"what came is no answer: {error}") from error
        return answers

    def close(self) -> None:
        with suppress(OSError):
            self._socket.close()

    def __del__(self) -> None:
        if hasattr(self, "_socket"):
            self.close()


def _error(line: str) -> Exception:
    """An error that a server answers, as redis-py has it."""
    if line.startswith("NOSCRIPT"):
        return ScriptUnknown(line)
    if line.startswith(("MOVED ", "ASK ")):
        return Elsewhere(line)
    from redis._parsers.base import BaseParser

    error: Exception = BaseParser.parse_error(line)  # type: ignore[no-untyped-call]
    return error


def _connection_error(text: str) -> Exception:
    from redis.exceptions import ConnectionError as RedisConnectionError

    return RedisConnectionError(text)


def _timeout_error() -> Exception:
    from redis.exceptions import TimeoutError as RedisTimeoutError

    return RedisTimeoutError("no answer in time")
