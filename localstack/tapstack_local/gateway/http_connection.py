"""HTTP/1.1 on one connection: requests parsed on the event loop, answers written in their order.

A body is received whole before its request is answered. Requests that come while one is being answered wait, and no
more is read meanwhile, nor from a client who does not read: one that only sends fills its own buffers. The parser is
llhttp, by httptools.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol, cast
from urllib.parse import unquote_to_bytes

import httptools

from tapstack_local.gateway.application import BODY_LIMIT
from tapstack_local.gateway.proxy import Headers, Received

logger = logging.getLogger("tapstack_local.gateway")

HEAD_BYTES = 64 * 1024
HEADERS = 100
"""What a request has at most of them."""

IDLE_S = 30.0
"""How long a request's head may take, and a connection wait for the next one: players send at least every 15 s."""

STALLED_S = 30.0
"""How long a client may read nothing of its answer."""

LINGER_S = 2.0
"""How long what a client still sends is read after the last answer: closed at once, it might never see that answer."""

_PIECES = 64
_PIECE_BYTES = 512
_RAW_BYTES = 2 * BODY_LIMIT
_NAMES_KEPT = 500
_STATUS_LINES = {status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n" for status in HTTPStatus}
_OURS = frozenset(("connection", "content-length", "date", "transfer-encoding"))
"""Headers of an answer that this server writes itself."""

_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_NAMES: dict[bytes, str] = {}


@dataclass(frozen=True, slots=True)
class Content:
    """A body of `length` bytes that is read in pieces; `read` and `close` are called on a thread."""

    length: int
    read: Callable[[int], bytes]
    close: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer without the application, after which the connection ends: the rest of a body may still be coming."""

    status: int
    code: str
    message: str
    headers: tuple[tuple[str, str], ...] = ()


TOO_LARGE = Refusal(413, "body_too_large", f"a body has at most {BODY_LIMIT} bytes, in few pieces")
_BAD = Refusal(400, "bad_request", "this is not a request of HTTP/1.1")
_BROKEN = Refusal(400, "bad_request", "the body did not come whole")
_NO_UPGRADE = Refusal(400, "bad_request", "a request with a body can't change the protocol")
_HEAD_TOO_LARGE = Refusal(431, "headers_too_large", f"{HEADERS} headers and {HEAD_BYTES} bytes at most")
_LATE = Refusal(408, "request_timeout", "the body did not come in time")
_BAD_ANSWER = Refusal(502, "internal_error", "internal error")


class Server(Protocol):
    """What a connection belongs to."""

    date: str
    """The line of the Date header."""

    stopping: bool
    """Whether connections end once they have been answered."""

    last_headers: Headers
    last_block: str
    """The headers of the last answer, but for its last one, and how they were sent."""

    def now_s(self) -> float: ...
    def opened(self, connection: "Connection") -> None: ...
    def closed(self, connection: "Connection") -> None: ...

    def await_body(self, connection: "Connection") -> float:
        """Count a body that has not come whole; when it has to be."""

    def reserve(self, connection: "Connection", size: int) -> bool:
        """Make room for a body of this size; False if there is none."""

    def forget_body(self, connection: "Connection") -> None:
        """Count its body no longer."""

    def answer(self, connection: "Connection", request: Received, body: bytes) -> None:
        """Answer a request: by `respond`, `send` or `refuse`, now or later, on the loop."""

    def render(self, refusal: Refusal) -> tuple[Headers, bytes]: ...


class Connection(asyncio.Protocol):
    """One client's connection."""

    __slots__ = (
        "_advancing", "_counted", "_deaf", "_drained", "_head", "_head_bytes", "_is_chunked", "_is_full", "_is_head",
        "_is_paused", "_keeps", "_last", "_length", "_lingers", "_parser", "_parts", "_port", "_raw_bytes", "_request",
        "_server", "_size", "_transport", "_unread", "_url", "_waiting", "client", "deadline_s", "is_answering",
        "is_fresh",
    )  # fmt: skip

    def __init__(self, server: Server) -> None:
        self._server = server
        self._parser: httptools.HttpRequestParser | None = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport
        self.client = self._port = ""
        self.deadline_s = 0.0
        """When `expire` is due, unless a request is being answered and its client reads."""
        self.is_fresh = True

        # What is parsed: a head until it is complete, then its request until the body has come.
        self._head: list[tuple[bytes, bytes]] | None = None
        self._head_bytes = 0
        self._url = b""
        self._request: Received | None = None
        self._keeps = True
        self._is_chunked = False
        self._length = self._size = self._raw_bytes = 0
        self._parts: list[bytes] = []
        self._counted = False
        self._deaf = False
        """Whether what comes is ignored, for the rest of the connection."""

        # What is answered.
        self.is_answering = False
        self._is_head = False
        self._last = False
        self._waiting: deque[tuple[Received, bytes, bool] | Refusal] = deque()
        self._advancing = False
        self._is_full = self._is_paused = self._lingers = False
        self._unread = 0
        self._drained: asyncio.Future[None] | None = None

    # What the loop calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for a request."""
        self._transport = cast(asyncio.Transport, transport)  # not every loop's inherit from it
        peer, own = transport.get_extra_info("peername"), transport.get_extra_info("sockname")
        self.client, self._port = str(peer[0]) if peer else "", str(own[1]) if own else ""
        self.deadline_s = self._server.now_s() + IDLE_S
        self._server.opened(self)

    def connection_lost(self, _error: Exception | None) -> None:
        """End what is going on; an answer still to come finds a closed transport."""
        self._deaf = True
        self._waiting.clear()
        self._forget_body()
        self._parser = None  # they refer to each other
        self._server.closed(self)
        self._wake()

    def eof_received(self) -> bool:
        """Stay open for the answers that are owed."""
        self._deaf = True
        if self._request is not None:
            self.reject(_BROKEN)
        return self.is_answering and not self._lingers

    def pause_writing(self) -> None:
        """Read nothing from a client who does not read."""
        self._is_full = True
        self._unread = self._transport.get_write_buffer_size()
        self.deadline_s = self._server.now_s() + STALLED_S
        self._pause()

    def resume_writing(self) -> None:
        """Go on."""
        self._is_full = False
        self._unread = 0
        self._wake()
        self._resume()

    def data_received(self, data: bytes) -> None:
        """Parse what has come; requests that are whole are answered on the way."""
        if self._deaf or self._parser is None:
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._deaf = True  # what follows is not HTTP; the request itself has been taken
            return
        except httptools.HttpParserError:
            if not self._deaf:  # else it is about what comes after the last request
                self.reject(_BAD)
            return
        if self._deaf:
            return
        if self._request is not None:
            self._count_body(len(data))
        elif self._head is not None:
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_BYTES:
                self.reject(_HEAD_TOO_LARGE)

    # What the parser calls

    def on_message_begin(self) -> None:
        """A request begins."""
        self._head = []
        self._url = b""

    def on_url(self, url: bytes) -> None:
        """Take a piece of the URL."""
        self._url = self._url + url if self._url else url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; what follows a chunked body is ignored."""
        if self._head is not None:
            self._head.append((name, value))

    def on_headers_complete(self) -> None:
        """Take the request, whose body may follow."""
        head, self._head, self._head_bytes = self._head, None, 0
        if self._deaf or head is None or self._parser is None:
            return
        if len(head) > HEADERS:
            self.reject(_HEAD_TOO_LARGE)
            return
        headers: dict[str, str] = {}
        for raw, value in head:
            name = _NAMES.get(raw)
            if name is None:
                name = _name(raw)
            if not name:
                continue
            if name in headers:
                headers[name] += f"{'; ' if name == 'cookie' else ', '}{value.decode('latin-1')}"
            else:
                headers[name] = value.decode("latin-1")
        parser = self._parser
        path, _, query = (self._url if self._url.startswith(b"/") else _origin_form(self._url)).partition(b"?")
        if b"%" in path:
            path = unquote_to_bytes(path)
        version = parser.get_http_version()
        if version not in _VERSIONS:
            self.reject(_BAD)
            return
        self._keeps = parser.should_keep_alive() and version == "1.1"
        self._is_chunked = "transfer-encoding" in headers
        self._length = int(headers.get("content-length") or 0)
        self._request = Received(
            parser.get_method().decode(), path.decode("utf-8", "replace"), query.decode("utf-8", "replace"), headers,
            self.client, f"HTTP/{version}", "http", self._port,
        )  # fmt: skip
        self._size = self._raw_bytes = 0
        if not (self._is_chunked or self._length):
            return
        if self._length > BODY_LIMIT:
            self.reject(TOO_LARGE)
        elif parser.should_upgrade():
            self.reject(_NO_UPGRADE)
        elif headers.get("expect", "").lower() == "100-continue" and not self.is_answering:
            self._transport.write(_CONTINUE)

    def on_body(self, piece: bytes) -> None:
        """Take a piece of the body."""
        if self._deaf:
            return
        self._parts.append(piece)
        self._size += len(piece)
        if self._size > BODY_LIMIT:
            self.reject(TOO_LARGE)

    def on_message_complete(self) -> None:
        """Answer the request, or keep it until those before it are answered."""
        request, self._request = self._request, None
        if self._deaf or request is None:
            return
        parts = self._parts
        body = b""
        if parts:
            body, self._parts = parts[0] if len(parts) == 1 else b"".join(parts), []
        if self._counted:
            self._forget_body()
        keeps = self._keeps
        if not keeps:
            self._deaf = True
        if self.is_answering:
            self._wait((request, body, keeps))
        else:
            self._start(request, body, keeps)

    # Bodies

    def _count_body(self, received: int) -> None:
        """Bound a body that is still coming: its duration, its memory, and what it costs to put it together."""
        if not self._counted:
            self._counted = True
            self.deadline_s = self._server.await_body(self)
        if self._deaf:
            return
        self._raw_bytes += received
        many = self._is_chunked and len(self._parts) > _PIECES + self._size // _PIECE_BYTES
        if many or self._raw_bytes > _RAW_BYTES:
            self.reject(TOO_LARGE)
        elif not self._server.reserve(self, self._length or self._size):
            self.reject(Refusal(503, "unavailable", "too many large bodies are arriving, try again", _RETRY))

    def _forget_body(self) -> None:
        if self._counted:
            self._counted = False
            self._server.forget_body(self)

    def expire(self) -> None:
        """End a connection whose client has taken too long; one who reads slowly has time as long as it reads."""
        unread = self._transport.get_write_buffer_size()
        if unread < self._unread:
            self._unread = unread
            self.deadline_s = self._server.now_s() + (STALLED_S if unread else LINGER_S)
        elif self._request is not None and not self.is_answering and not self._lingers:
            self.reject(_LATE)
        else:
            self._transport.abort()

    def stop(self, patience_s: float) -> None:
        """End soon: at once if nothing is owed, and if a request has been answered here; others get a moment."""
        if self.is_answering or self._lingers:
            return
        if self._request is not None or self._head is not None or self.is_fresh:
            self.deadline_s = min(self.deadline_s, self._server.now_s() + patience_s)
        else:
            self._end()

    def abort(self) -> None:
        """End at once."""
        self._transport.abort()

    @property
    def is_owed(self) -> bool:
        """Whether the client has not been sent all it gets."""
        return not self._lingers or self._transport.get_write_buffer_size() > 0

    @property
    def is_stalled(self) -> bool:
        """Whether the client leaves an answer unread."""
        return self._is_full

    # Answers

    def _wait(self, what: tuple[Received, bytes, bool] | Refusal) -> None:
        self._waiting.append(what)
        self._pause()

    def reject(self, refusal: Refusal) -> None:
        """Refuse what is coming, once what came before is answered."""
        self._deaf = True
        self._request, self._head, self._parts = None, None, []
        self._forget_body()
        if self.is_answering:
            self._wait(refusal)
        else:
            self.is_answering = True
            self.refuse(refusal)

    def _start(self, request: Received, body: bytes, keeps: bool) -> None:
        self.is_answering, self.is_fresh = True, False
        self._is_head = request.method == "HEAD"
        self._last = not keeps
        self._server.answer(self, request, body)

    def refuse(self, refusal: Refusal) -> None:
        """Answer the current request with a refusal, which ends the connection."""
        self._deaf = self._last = True
        headers, body = self._server.render(refusal)
        self.respond(refusal.status, headers, body)

    def respond(self, status: int, headers: Headers, body: bytes) -> None:
        """Answer the current request, and go on to the next one that waits."""
        transport = self._transport
        if self._lingers or transport.is_closing():
            return
        head = self._head_of(status, headers, None if self._is_head or status in _BARE else len(body))
        if head is None:
            logger.error("an answer's headers can't be sent: %.500r", headers)
            self._last = True
            status, (headers, body) = _BAD_ANSWER.status, self._server.render(_BAD_ANSWER)
            head = self._head_of(status, headers, len(body)) or b""
        transport.write(head if self._is_head or status in _BARE else head + body)
        self._answered()

    async def send(self, status: int, headers: Headers, content: Content, threads: Executor) -> None:
        """Answer the current request with content that is read, by `threads`, as fast as the client takes it."""
        loop = asyncio.get_running_loop()
        try:
            length = None if self._is_head else content.length
            head = None if self._transport.is_closing() else self._head_of(status, headers, length)
            if head is None:
                self._transport.abort()
                return
            self._transport.write(head)
            left = length or 0
            while left and not self._transport.is_closing():
                piece = await loop.run_in_executor(threads, content.read, min(left, _BLOCK))
                if not piece:  # the file has become shorter
                    self._transport.abort()
                    return
                left -= len(piece)
                if self._transport.is_closing():  # while the piece was read
                    return
                self._transport.write(piece)
                if self._is_full:
                    self._drained = loop.create_future()
                    await self._drained
            if not self._transport.is_closing():
                self._answered()
        finally:
            content.close()

    def _head_of(self, status: int, headers: Headers, length: int | None) -> bytes | None:
        """Return the head of an answer; None if its headers aren't HTTP's: a function has made them of anything."""
        server = self._server
        # Mostly all but the last, which is the request's id, are those of the answer before.
        most = headers[:-1]
        if most == server.last_headers and not self._is_head:
            block = server.last_block
        else:
            found = self._lines_of(most)
            if found is None:
                return None
            block = found
            if not (self._last or self._is_head):
                server.last_headers, server.last_block = most, block
        last = self._lines_of(headers[-1:])
        if last is None:
            return None
        end = "" if length is None else f"content-length: {length}\r\n"
        if self._last or server.stopping or (self._deaf and not self._waiting):
            self._last = True
            end += "connection: close\r\n"
        line = _STATUS_LINES.get(status) or f"HTTP/1.1 {status} \r\n"
        return f"{line}{server.date}{block}{last}{end}\r\n".encode("latin-1")

    def _lines_of(self, headers: Headers) -> str | None:
        """Return headers as lines; None if they would not be those that they are."""
        lines = []
        for name, value in headers:
            lower = name.lower()
            if lower not in _OURS or (lower == "content-length" and self._is_head):
                lines.append(f"{name}: {value}\r\n")
            elif lower == "connection" and value.lower() == "close":
                self._last = True
        text = "".join(lines)
        count = len(lines)
        if text.count("\n") != count or text.count("\r") != count or "\0" in text:
            return None
        try:
            text.encode("latin-1")
        except UnicodeEncodeError:
            return None
        return text

    def _answered(self) -> None:
        if self._last:
            self._end()
            return
        self.is_answering = False
        self.deadline_s = self._server.now_s() + IDLE_S
        if self._waiting:
            self._advance()
        if self._is_paused:
            self._resume()

    def _advance(self) -> None:
        """Answer what waits; one after the other, not one within the other."""
        if self._advancing:
            return
        self._advancing = True
        try:
            while self._waiting and not self.is_answering and not self._is_full:
                what = self._waiting.popleft()
                if isinstance(what, Refusal):
                    self.is_answering = True
                    self.refuse(what)
                else:
                    self._start(*what)
        finally:
            self._advancing = False

    def _end(self) -> None:
        """Say that no more answers come, and close when the client has done so."""
        self._deaf = self._lingers = True
        self.is_answering = False
        self._waiting.clear()
        self._unread = self._transport.get_write_buffer_size()
        self.deadline_s = self._server.now_s() + (STALLED_S if self._unread else LINGER_S)
        if self._transport.is_closing():
            return
        self._transport.write_eof()
        if self._is_paused:
            self._is_paused = False
            self._transport.resume_reading()

    def _pause(self) -> None:
        if not self._is_paused and not self._lingers and not self._transport.is_closing():
            self._is_paused = True
            self._transport.pause_reading()

    def _resume(self) -> None:
        if self._waiting and not self.is_answering:
            self._advance()
        if self._is_paused and not (self._is_full or self._waiting or self._transport.is_closing()):
            self._is_paused = False
            if self._request is not None:
                self.deadline_s = self._server.await_body(self)
            self._transport.resume_reading()

    def _wake(self) -> None:
        drained, self._drained = self._drained, None
        if drained and not drained.done():
            drained.set_result(None)


_VERSIONS = ("1.1", "1.0")
_BARE = frozenset((204, 304))
_BLOCK = 64 * 1024
_RETRY = (("Retry-After", "1"),)


def _name(raw: bytes) -> str:
    """Return the name of a header in lower case; "" if it is not passed on."""
    # X_Forwarded_For would be taken for X-Forwarded-For.
    name = "" if b"_" in raw else raw.decode("latin-1").lower()
    if len(_NAMES) < _NAMES_KEPT:  # they come from clients
        _NAMES[raw] = name
    return name


def _origin_form(url: bytes) -> bytes:
    """Return the path and query of a URL that names a host, as requests to a proxy do."""
    try:
        parsed = httptools.parse_url(url)
    except httptools.HttpParserInvalidURLError:
        return url
    path = parsed.path or b"/"
    return path + b"?" + parsed.query if parsed.query else path
