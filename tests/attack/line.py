"""HTTP for attackers: arbitrary bytes, a source address, and a deadline for each answer."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DEADLINE_S = 10.0
"""A request that takes longer hangs."""

HERE = "127.0.0.1"
_ENDLESS = 1 << 24


class Unanswered(Exception):
    """There was no complete answer: the deadline passed (`hung`), or the connection was closed or refused."""

    def __init__(self, why: str, *, hung: bool) -> None:
        super().__init__(why)
        self.hung = hung


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    took_s: float = 0.0

    def json(self) -> Any:
        """The body as JSON; None if it is not JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def code(self) -> str:
        """The error code if the body is an error in the API's form, else empty."""
        body = self.json()
        error = body.get("error") if isinstance(body, dict) else None
        code = error.get("code") if isinstance(error, dict) else None
        return code if isinstance(code, str) else ""


class Line:
    """One keep-alive connection, opened when needed and reopened after a failure."""

    def __init__(self, port: int, source: str = HERE, deadline_s: float = DEADLINE_S) -> None:
        self._port, self._source, self._deadline_s = port, source, deadline_s
        self._socket: socket.socket | None = None
        self._buffer = b""

    def ask(self, method: str, path: str, body: Any = None, headers: Mapping[str, str | bytes] | None = None) -> Answer:
        """Sends a request and waits for the answer; raises Unanswered. Bytes are sent as is, all else as JSON."""
        return self.send(request(method, path, body, headers), head=method == "HEAD")

    def send(self, raw: bytes, *, head: bool = False) -> Answer:
        """Sends arbitrary bytes and reads one answer; raises Unanswered. Reopens a connection that has been closed."""
        kept = self._socket is not None
        try:
            return self._exchange(raw, head)
        except Unanswered as failure:
            if not kept or failure.hung:
                raise
        return self._exchange(raw, head)

    def close(self) -> None:
        if self._socket:
            self._socket.close()
        self._socket, self._buffer = None, b""

    def _exchange(self, raw: bytes, head: bool) -> Answer:
        began_s = time.monotonic()
        try:
            if self._socket is None:
                self._socket = connect(self._port, self._source, self._deadline_s)
            self._write(raw)
            return self._read(began_s, head)
        except TimeoutError as error:
            self.close()
            raise Unanswered(f"no answer within {self._deadline_s:.0f} s", hung=True) from error
        except (OSError, EOFError, ValueError) as error:
            self.close()
            raise Unanswered(type(error).__name__, hung=False) from error

    def _write(self, raw: bytes) -> None:
        assert self._socket
        try:
            self._socket.sendall(raw)
        except (BrokenPipeError, ConnectionResetError):
            pass  # rejected before all of it was read: there may be an answer

    def _read(self, began_s: float, head: bool) -> Answer:
        status_line, *lines = self._until(b"\r\n\r\n", began_s).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        status = int(status_line.split()[1])
        if status == 100:  # more is to come
            return self._read(began_s, head)
        if head or status in (204, 304):
            body = b""
        elif headers.get("transfer-encoding") == "chunked":
            body = self._chunks(began_s)
        else:
            body = self._exactly(int(headers.get("content-length", 0)), began_s)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, headers, body, time.monotonic() - began_s)

    def _chunks(self, began_s: float) -> bytes:
        body = b""
        while size := int(self._until(b"\r\n", began_s).split(b";")[0], 16):
            body += self._exactly(size, began_s)
            self._exactly(2, began_s)
        self._until(b"\r\n", began_s)
        return body

    def _until(self, end: bytes, began_s: float) -> bytes:
        while (at := self._buffer.find(end)) < 0:
            self._more(began_s)
        found, self._buffer = self._buffer[:at], self._buffer[at + len(end) :]
        return found

    def _exactly(self, size: int, began_s: float) -> bytes:
        while len(self._buffer) < size:
            self._more(began_s)
        found, self._buffer = self._buffer[:size], self._buffer[size:]
        return found

    def _more(self, began_s: float) -> None:
        assert self._socket
        left_s = self._deadline_s - (time.monotonic() - began_s)
        if left_s <= 0 or len(self._buffer) > _ENDLESS:
            raise TimeoutError
        self._socket.settimeout(left_s)
        got = self._socket.recv(65_536)
        if not got:
            raise EOFError
        self._buffer += got


def connect(port: int, source: str = HERE, timeout_s: float = DEADLINE_S) -> socket.socket:
    """A connection to a local port, from a given loopback address on systems that have several."""
    try:
        return socket.create_connection((HERE, port), timeout_s, (source, 0))
    except OSError as error:
        if source == HERE or isinstance(error, TimeoutError | ConnectionError):
            raise
        return socket.create_connection((HERE, port), timeout_s)


def request(method: str, path: str, body: Any = None, headers: Mapping[str, str | bytes] | None = None) -> bytes:
    """The bytes of a request; header names and values are not checked."""
    content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    given: dict[str, str | bytes] = {"Host": HERE, **(headers or {})}
    names = {name.lower() for name in given}
    if body is not None and "content-type" not in names:
        given["Content-Type"] = "application/json"
    if "content-length" not in names and "transfer-encoding" not in names:
        given["Content-Length"] = str(len(content))
    head = [f"{method} ".encode() + path.encode("utf-8", "surrogatepass") + b" HTTP/1.1"]
    for name, value in given.items():
        head.append(name.encode() + b": " + (value if isinstance(value, bytes) else value.encode()))
    return b"\r\n".join([*head, b"", content])
