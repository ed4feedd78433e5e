"""A kept HTTP/1.1 connection: one request at a time, answered whole within its time or not at all.

`http.client` reads an answer's headers as those of an e-mail, which takes ten times as long as all that is here;
urllib3 adds as much again. A store is asked several times a request, and that is most of what asking it costs.
"""

from __future__ import annotations

import select
import socket
import ssl
import time
from typing import NamedTuple

MAX_HEAD_BYTES = 65_536
_CHUNK_BYTES = 262_144


class BrokenConnection(OSError):
    """No (whole) answer came; `unanswered` says that not one byte of it did."""

    def __init__(self, reason: str, *, unanswered: bool = False) -> None:
        super().__init__(reason)
        self.unanswered = unanswered


class Response(NamedTuple):
    status: int
    body: bytes


class HttpConnection:
    """A connection to one server; not for two threads at once. After an error it is closed for good."""

    def __init__(self, host: str, port: int, tls: ssl.SSLContext | None, connect_timeout_s: float) -> None:
        """Connects; raises OSError. Names are looked up and certificates verified as `tls` says."""
        raw = socket.create_connection((host, port), connect_timeout_s)
        try:
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket = tls.wrap_socket(raw, server_hostname=host) if tls else raw
        except BaseException:
            raw.close()
            raise
        self._buffer = bytearray()
        self._timeout_s = connect_timeout_s
        self.reusable = True
        """Whether there may be a next request: nothing has failed, and the server has not said that it closes."""

    @property
    def usable(self) -> bool:
        """Whether a next request may be sent now: there is nothing to read, as there is where the server has closed."""
        if not self.reusable:
            return False
        poll = select.poll()
        poll.register(self._socket, select.POLLIN)
        return not poll.poll(0)

    def close(self) -> None:
        self.reusable = False
        self._socket.close()

    def ask(self, request: bytes, silence_s: float, whole_s: float) -> Response:
        """Sends a request and returns its answer. Raises OSError (TimeoutError, BrokenConnection), and is then closed.

        The server may be silent for `silence_s`, and the whole answer has to be there within `whole_s`.
        """
        self.send(request, silence_s)
        return self.receive(silence_s, whole_s)

    def send(self, request: bytes, silence_s: float) -> None:
        """The first half of `ask`: whoever asks several servers at once sends to all, then receives from each."""
        try:
            self._wait_at_most(silence_s)
            self._socket.sendall(request)
        except BaseException:
            self.close()
            raise

    def receive(self, silence_s: float, whole_s: float) -> Response:
        """The second half of `ask`."""
        try:
            return self._read(silence_s, time.monotonic() + whole_s)
        except BaseException:
            self.close()
            raise

    def _read(self, silence_s: float, until_s: float) -> Response:
        buffer = self._buffer
        while (end := buffer.find(b"\r\n\r\n")) < 0:
            if len(buffer) > MAX_HEAD_BYTES:
                raise BrokenConnection("the answer's headers have no end")
            self._receive(silence_s, until_s)
        version, _, rest = bytes(buffer[:end]).lower().partition(b" ")
        del buffer[: end + 4]
        first, *lines = rest.split(b"\r\n")
        if not version.startswith(b"http/1.") or not first[:3].isdigit() or first[:1] == b"1":
            raise BrokenConnection("the answer is not HTTP/1.1")
        headers = {name: value.strip() for name, _, value in (line.partition(b":") for line in lines)}
        self.reusable = version == b"http/1.1" and headers.get(b"connection") != b"close"
        if first[:3] in (b"204", b"304"):
            body = b""
        elif headers.get(b"transfer-encoding") == b"chunked":
            body = self._read_chunks(silence_s, until_s)
        else:
            body = self._take(_number(headers.get(b"content-length", b""), 10), silence_s, until_s)
        return Response(int(first[:3]), body)

    def _read_chunks(self, silence_s: float, until_s: float) -> bytes:
        parts = []
        while size := _number(self._line(silence_s, until_s).partition(b";")[0].strip(), 16):
            parts.append(self._take(size, silence_s, until_s))
            self._line(silence_s, until_s)
        while self._line(silence_s, until_s):
            pass  # trailers
        return b"".join(parts)

    def _line(self, silence_s: float, until_s: float) -> bytes:
        while (end := self._buffer.find(b"\r\n")) < 0:
            if len(self._buffer) > MAX_HEAD_BYTES:
                raise BrokenConnection("a line of the answer has no end")
            self._receive(silence_s, until_s)
        return self._take(end + 2, silence_s, until_s)[:-2]

    def _take(self, size: int, silence_s: float, until_s: float) -> bytes:
        while len(self._buffer) < size:
            self._receive(silence_s, until_s)
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _receive(self, silence_s: float, until_s: float) -> None:
        left_s = until_s - time.monotonic()
        if left_s <= 0:
            raise TimeoutError("the answer takes too long")
        self._wait_at_most(min(silence_s, left_s))
        got = self._socket.recv(_CHUNK_BYTES)
        if not got:
            raise BrokenConnection("the server has closed the connection", unanswered=not self._buffer)
        self._buffer += got

    def _wait_at_most(self, timeout_s: float) -> None:
        if timeout_s != self._timeout_s:  # setting it is a system call
            self._socket.settimeout(timeout_s)
            self._timeout_s = timeout_s


def _number(text: bytes, base: int) -> int:
    """A length; raises BrokenConnection: where an answer ends must be certain."""
    try:
        if text.isalnum() and len(text) <= 10:
            return int(text, base)
    except ValueError:
        pass
    raise BrokenConnection("the answer does not say how long it is")
