"""Sockets that send nothing, send slowly, do not read, or do not speak HTTP."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from attack.attempt import Attempt
from attack.line import Line, Unanswered, connect, request

IDLE_POSTS = 48
SLOW = 100
IDLE = 500
SLOW_READERS = 40
RAW_S = 6.0
"""How long a server may wait for the rest of a broken request before it answers or closes the connection."""


def idle_posts(attempt: Attempt) -> None:
    """48 connections promise 100 bytes of body, send one, and wait."""
    head = b"POST /clicks HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{"
    with _open(attempt, IDLE_POSTS) as lines:
        for line in lines:
            _say(attempt, line, head)
        _hold(attempt, lines, b"")


def slow_headers(attempt: Attempt) -> None:
    """100 connections send a header line a second, and never the last."""
    with _open(attempt, SLOW) as lines:
        for line in lines:
            _say(attempt, line, b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        _hold(attempt, lines, b"X-Slow: 1\r\n")


def idle_connections(attempt: Attempt) -> None:
    """500 connections are opened and send nothing; one more is served."""
    with _open(attempt, IDLE) as lines:
        _hold(attempt, lines, b"")


def slow_readers(attempt: Attempt) -> None:
    """40 connections request the longest answer repeatedly, and read none of it."""
    asked = request("GET", "/openapi.json") * 60
    with _open(attempt, SLOW_READERS, receive=4_096) as lines:
        for line in lines:
            line.setblocking(False)
            with suppress(OSError):
                attempt.note("sent")
                line.send(asked)
        _hold(attempt, lines, b"")


def raw_http(attempt: Attempt) -> None:
    """40 kinds of malformed HTTP: each is rejected or closed in time, and the game keeps serving."""
    for name, raw in KINDS.items():
        with _line(attempt) as line:
            try:
                answer = line.send(raw)
            except Unanswered as failure:
                attempt.note("hung" if failure.hung else "closed")
                if failure.hung and name not in WAITS:
                    attempt.problem(f"{name}: neither answered nor closed within {RAW_S:.0f} s")
                continue
            attempt.note(str(answer.status))
            attempt.expect(answer.status < 500, f"{name}: {answer.status} {answer.body[:80]!r}")
    _serves(attempt)


def _line(attempt: Attempt) -> _Closing:
    return _Closing(attempt)


class _Closing:
    """A connection for one exchange."""

    def __init__(self, attempt: Attempt) -> None:
        self._line = Line(attempt.target.port, attempt.source, attempt.patience_s(RAW_S))

    def __enter__(self) -> Line:
        return self._line

    def __exit__(self, *_: object) -> None:
        self._line.close()


@contextmanager
def _open(attempt: Attempt, count: int, receive: int = 0) -> Iterator[list[socket.socket]]:
    lines: list[socket.socket] = []
    try:
        for _ in range(count):
            with suppress(OSError):  # more than the server accepts from one address: just as good
                line = connect(attempt.target.port, attempt.source, 2.0)
                if receive:
                    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
                lines.append(line)
            if attempt.over:
                break
        attempt.note("opened")
        yield lines
    finally:
        for line in lines:
            line.close()


def _hold(attempt: Attempt, lines: list[socket.socket], drip: bytes) -> None:
    """Keeps them open until the time is over, and checks that the game serves others meanwhile."""
    while not attempt.over:
        for line in lines if drip else ():
            _say(attempt, line, drip)
        _serves(attempt)
        time.sleep(min(1.0, attempt.seconds / 3))


def _serves(attempt: Attempt) -> None:
    with attempt.line() as line:
        answer = attempt.ask(line, "GET", "/health")
    attempt.expect(answer and answer.status in (200, 429), f"the game does not serve meanwhile: {answer}")


def _say(attempt: Attempt, line: socket.socket, raw: bytes) -> None:
    attempt.note("sent")
    with suppress(OSError):  # closed by the game: just as good
        line.sendall(raw)


_HOST = b"Host: 127.0.0.1\r\n"
_GET = b"GET /health HTTP/1.1\r\n" + _HOST
_POST = b"POST /clicks HTTP/1.1\r\n" + _HOST
KINDS: dict[str, bytes] = {
    "nothing but an end": b"\r\n\r\n",
    "binary": bytes(range(256)) * 4 + b"\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200 + b"\r\n\r\n",
    "HTTP/0.9": b"GET /health\r\n\r\n",
    "HTTP/1.0 without Host": b"GET /health HTTP/1.0\r\n\r\n",
    "HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/9.9": b"GET /health HTTP/9.9\r\n" + _HOST + b"\r\n",
    "no Host": b"GET /health HTTP/1.1\r\n\r\n",
    "two Hosts": b"GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "space before the colon": _GET + b"X-A : 1\r\n\r\n",
    "folded header": _GET + b"X-A: 1\r\n 2\r\n\r\n",
    "header without a colon": _GET + b"X-A\r\n\r\n",
    "empty header name": _GET + b": 1\r\n\r\n",
    "NUL in a header": _GET + b"X-A: a\x00b\r\n\r\n",
    "bare line feeds": b"GET /health HTTP/1.1\nHost: 127.0.0.1\n\n",
    "bare carriage returns": b"GET /health HTTP/1.1\rHost: 127.0.0.1\r\r\n\r\n",
    "unknown method": b"BREW /health HTTP/1.1\r\n" + _HOST + b"\r\n",
    "long method": b"A" * 5_000 + b" / HTTP/1.1\r\n" + _HOST + b"\r\n",
    "absolute form": b"GET http://evil.example/health HTTP/1.1\r\n" + _HOST + b"\r\n",
    "authority form": b"CONNECT evil.example:443 HTTP/1.1\r\n" + _HOST + b"\r\n",
    "asterisk form": b"OPTIONS * HTTP/1.1\r\n" + _HOST + b"\r\n",
    "path out of the folder": b"GET /app/../../../../etc/passwd HTTP/1.1\r\n" + _HOST + b"\r\n",
    "path with encoded dots": b"GET /app/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + _HOST + b"\r\n",
    "path with bad bytes": b"GET /\xff\xfe%zz%00 HTTP/1.1\r\n" + _HOST + b"\r\n",
    "path of 100,000 bytes": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + _HOST + b"\r\n",
    "negative length": _POST + b"Content-Length: -1\r\n\r\n{}",
    "length that is no number": _POST + b"Content-Length: 0x10\r\n\r\n{}",
    "two lengths": _POST + b"Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}",
    "length of 10^30": _POST + b"Content-Length: 1" + b"0" * 30 + b"\r\n\r\n{}",
    "length and chunks": _POST
    + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
    "chunked twice": _POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "unknown coding": _POST + b"Transfer-Encoding: gzip\r\n\r\nabc",
    "obscured chunked": _POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "chunk of no size": _POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    "chunk of 2^64": _POST + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n0\r\n\r\n",
    "chunk with a long extension": _POST
    + b"Transfer-Encoding: chunked\r\n\r\n2;"
    + b"x" * 50_000
    + b"\r\n{}\r\n0\r\n\r\n",
    "trailer that is a header": _POST
    + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nAuthorization: Bearer x\r\n\r\n",
    "expectation": _POST + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
    "upgrade": _GET + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    "500 headers": _GET + b"".join(b"X-%d: 1\r\n" % n for n in range(500)) + b"\r\n",
}

WAITS = ("HTTP/0.9", "nothing but an end", "bare carriage returns", "HTTP/2 preface", "length of 10^30")
"""What a server may take for the beginning of a request and wait for the rest of, as long as it serves others."""
