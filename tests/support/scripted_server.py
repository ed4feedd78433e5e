"""An HTTP server that does to each request what a test says: the far-away part that fails."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

Deed = Callable[["Request"], bool]
"""Deals with a request; False where the connection ends with that."""


@dataclass
class Request:
    """One request, on a connection of its own number."""

    connection: int
    headers: dict[str, str]
    body: bytes
    socket: socket.socket

    @property
    def operation(self) -> str:
        return self.headers["x-amz-target"].partition(".")[2]

    @property
    def arguments(self) -> Any:
        return json.loads(self.body)


@dataclass
class ScriptedServer:
    """Does the next deed to each request; the last one stays."""

    deeds: list[Deed]
    requests: list[Request] = field(default_factory=list)
    url: str = ""
    over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def operations(self) -> list[str]:
        return [request.operation for request in self.requests]

    @property
    def connections(self) -> list[int]:
        """The connection of each request."""
        return [request.connection for request in self.requests]

    def serve(self, connection: socket.socket, number: int) -> None:
        with connection, connection.makefile("rb") as lines:
            while request := _read(lines, connection, number):
                with self._lock:
                    self.requests.append(request)
                    deed = self.deeds.pop(0) if len(self.deeds) > 1 else self.deeds[0]
                if not deed(request):
                    return


def _read(lines: Any, connection: socket.socket, number: int) -> Request | None:
    try:
        if not lines.readline():
            return None
        headers: dict[str, str] = {}
        while (line := lines.readline().decode()) not in ("\r\n", ""):
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        return Request(number, headers, lines.read(int(headers["content-length"])), connection)
    except OSError:
        return None


@contextmanager
def scripted(*deeds: Deed) -> Iterator[ScriptedServer]:
    """Runs such a server for the time of a with-block; what waits for `over` ends with it."""
    server = ScriptedServer(list(deeds))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        threading.Thread(target=_accept, args=(server, listener), daemon=True).start()
        try:
            yield server
        finally:
            server.over.set()
            listener.shutdown(socket.SHUT_RDWR)


def _accept(server: ScriptedServer, listener: socket.socket) -> None:
    number = 0
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        number += 1
        threading.Thread(target=server.serve, args=(connection, number), daemon=True).start()


# What can be done to a request


def head(status: int, length: int, *more: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status} X", f"Content-Length: {length}", *more, "", ""]).encode()


def raw(*parts: bytes, goes_on: bool = False) -> Deed:
    """Sends bytes, then closes."""

    def deed(request: Request) -> bool:
        for part in parts:
            request.socket.sendall(part)
        return goes_on

    return deed


def answer(body: Any, status: int = 200, *headers: str) -> Deed:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return raw(head(status, len(content), *headers) + content, goes_on=True)


def refuse(code: str, status: int = 400) -> Deed:
    return answer({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "m"}, status)


def close(_: Request) -> bool:
    return False


def then_close(first: Deed) -> Deed:
    """Answers as if the connection stayed open, and closes it."""

    def deed(request: Request) -> bool:
        first(request)
        return False

    return deed


def hang(server_over: threading.Event) -> Deed:
    def deed(_: Request) -> bool:
        server_over.wait(30)
        return False

    return deed
