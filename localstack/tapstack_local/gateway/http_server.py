"""A worker's HTTP server: its connections on the event loop, what they may cost, and the application on threads.

No thread waits for a client, and no client waits for ever: a connection costs some memory, a body that does not come is
given up after `body_s`. Functions with an asynchronous entry are answered on the loop itself.
"""

import asyncio
import logging
import socket
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.utils import formatdate
from io import BytesIO
from typing import Any, BinaryIO

from tapstack_local.gateway.application import Start, Wsgi, error_response
from tapstack_local.gateway.event_loop import EventLoop
from tapstack_local.gateway.http_connection import TOO_LARGE, Connection, Content, Refusal
from tapstack_local.gateway.proxy import Environ, Headers, Received

logger = logging.getLogger("tapstack_local.gateway")

BACKLOG = 1024
_SMALL = 64 * 1024
_SWEEP_S = 0.5
_TURN_S = 0.05
_NAMES_KEPT = 500
_RETRY = (("Retry-After", "1"),)
_FULL = Refusal(503, "unavailable", "too many requests are waiting, try again", _RETRY)
_CROWDED = Refusal(503, "unavailable", "too many connections, try again", _RETRY)
_FAILED = Refusal(500, "internal_error", "internal error")


@dataclass(frozen=True)
class Limits:
    """What clients may cost one worker.

    A client is an address, possibly a proxy with thousands of players behind it: its requests are not limited, only
    its unfinished bodies are, once they have taken `grace_s`. Bodies over 64 KB share `large_bytes`. Each of a player's
    pages keeps a connection.
    """

    body_s: float = 10.0
    grace_s: float = 2.0
    stopping_s: float = 1.0
    per_client: int = 256
    large_bytes: int = 64 * 1024 * 1024
    connections: int = 16_384


class ServedFile:
    """A file as an answer: read as fast as the client accepts it, and no thread waits."""

    def __init__(self, file: BinaryIO, _block: int = 0) -> None:
        self._file = file

    def answer(self, headers: Headers) -> bytes | Content:
        """Return a small file's bytes, and a large one's length and how to read it; on a thread."""
        length = next((int(value) for name, value in headers if name.lower() == "content-length"), None)
        if length is None or length <= _SMALL:
            with self._file as file:
                return file.read()
        return Content(length, self._file.read, self._file.close)


class HttpServer:
    """A WSGI application, run by `threads`, apart from what an event loop answers.

    `error_headers` go with requests refused here.
    """

    def __init__(
        self,
        application: Wsgi,
        threads: ThreadPoolExecutor,
        loop: EventLoop,
        *,
        error_headers: Iterable[tuple[str, str]] = (),
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._application, self._threads, self._loop = application, threads, loop
        self._error_headers = tuple(error_headers)
        self._limits = limits or Limits()
        self.now_s = clock
        self.stopping = False
        self.date = _date_line()
        self.last_headers: Headers = []
        self.last_block = ""
        self._connections: dict[Connection, None] = {}
        self._unfinished: dict[str, dict[Connection, float]] = {}
        self._reserved: dict[Connection, int] = {}
        self._large = 0
        self._sending: set[asyncio.Task[None]] = set()
        self._names = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
        self._listening: asyncio.Server | None = None

    # From the worker's main thread

    def start(self, listener: socket.socket) -> None:
        """Start the event loop, and serve an open socket on it."""
        self._loop.start()
        asyncio.run_coroutine_threadsafe(self._listen(listener), self._loop.asyncio).result()

    def stop(self, ended: Callable[[], None]) -> None:
        """Accept nothing more, end when what has come is answered, then call `ended`; from any thread."""
        try:
            self._loop.asyncio.call_soon_threadsafe(self._stop, ended)
        except RuntimeError:  # the loop has ended by itself
            ended()

    # On the loop

    async def _listen(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        # The queue's length belongs to the socket, which other processes have, too.
        self._listening = await loop.create_server(lambda: Connection(self), sock=listener, backlog=BACKLOG)
        loop.call_later(_SWEEP_S, self._sweep_for_ever)

    def _stop(self, ended: Callable[[], None]) -> None:
        self.stopping = True
        if self._listening:
            self._listening.close()
        for connection in list(self._connections):
            connection.stop(self._limits.stopping_s)
        self._loop.asyncio.call_later(_TURN_S, self._end, ended)  # what was accepted just before comes first

    def _end(self, ended: Callable[[], None]) -> None:
        if self._loop.is_busy or any(connection.is_owed for connection in self._connections):
            self._loop.asyncio.call_later(_TURN_S, self._end, ended)
        else:
            self._loop.asyncio.stop()
            ended()

    def opened(self, connection: Connection) -> None:
        """Take a connection in; one too many is told so."""
        self._connections[connection] = None
        if len(self._connections) > self._limits.connections:
            connection.reject(_CROWDED)
        elif self.stopping:
            connection.stop(self._limits.stopping_s)

    def closed(self, connection: Connection) -> None:
        """Forget a connection."""
        self._connections.pop(connection, None)

    def _sweep_for_ever(self) -> None:
        self._loop.asyncio.call_later(_SWEEP_S, self._sweep_for_ever)
        try:
            self.sweep()
        except Exception:
            logger.exception("late connections could not be ended")

    def sweep(self) -> None:
        """End the connections whose clients have taken too long, and set the date."""
        now_s = self.now_s()
        self.date = _date_line()
        late = [one for one in self._connections if one.deadline_s < now_s and (one.is_stalled or not one.is_answering)]
        for connection in late:
            connection.expire()

    # Bodies

    def await_body(self, connection: Connection) -> float:
        """Count a body that has not come whole; when it has to be. A client with too many loses its oldest."""
        now_s = self.now_s()
        mine = self._unfinished.setdefault(connection.client, {})
        mine[connection] = now_s
        if len(mine) > self._limits.per_client:
            oldest, began_s = next(iter(mine.items()))
            if now_s - began_s > self._limits.grace_s:
                oldest.expire()
        return now_s + (self._limits.stopping_s if self.stopping else self._limits.body_s)

    def reserve(self, connection: Connection, size: int) -> bool:
        """Make room for a body; False if there is none. One up to 64 KB always has it."""
        if size <= _SMALL:
            return True
        more = size - self._reserved.get(connection, 0)
        if self._large + more > self._limits.large_bytes:
            return False
        self._large += more
        self._reserved[connection] = size
        return True

    def forget_body(self, connection: Connection) -> None:
        """Count its body no longer."""
        self._large -= self._reserved.pop(connection, 0)
        mine = self._unfinished.get(connection.client)
        if mine is not None:
            mine.pop(connection, None)
            if not mine:
                del self._unfinished[connection.client]

    # Answers

    def answer(self, connection: Connection, request: Received, body: bytes) -> None:
        """Answer on the loop where there is an entry for it, else on a thread."""
        try:
            endpoint = self._loop.find(request.method, request.path)
            if endpoint is None:
                environ = self._environ(request, body)
                self._threads.submit(self._run, environ, connection)
            elif len(body) > endpoint.body_limit:
                connection.refuse(Refusal(413, TOO_LARGE.code, f"a body has at most {endpoint.body_limit} bytes"))
            elif not self._loop.serve(endpoint, request, body, connection.respond):
                connection.refuse(_FULL)
        except Exception:
            logger.exception("%s %s could not be received", request.method, request.path)
            connection.refuse(_FAILED)

    def render(self, refusal: Refusal) -> tuple[Headers, bytes]:
        """Return the headers and the body of a refusal."""
        own = [("Connection", "close"), *refusal.headers, *self._error_headers]
        _, headers, body = error_response(refusal.status, refusal.code, refusal.message, own)
        return headers, body

    def _environ(self, request: Received, body: bytes) -> Environ:
        path = request.path
        environ: Environ = {
            "REQUEST_METHOD": request.method,
            # WSGI wants the path's bytes as Latin-1.
            "PATH_INFO": path if path.isascii() else path.encode().decode("latin-1"),
            "QUERY_STRING": request.query,
            "SERVER_PROTOCOL": request.protocol,
            "SERVER_PORT": request.port,
            "REMOTE_ADDR": request.source,
            "SCRIPT_NAME": "",
            "wsgi.url_scheme": request.scheme,
            "wsgi.file_wrapper": ServedFile,
            "wsgi.input": BytesIO(body),
        }
        names = self._names
        for name, value in request.headers.items():
            key = names.get(name)
            if key is None:
                key = "HTTP_" + name.upper().replace("-", "_")
                # Names come from clients: cache only so many.
                if len(names) < _NAMES_KEPT:
                    names[name] = key
            environ[key] = value
        return environ

    def _run(self, environ: Environ, connection: Connection) -> None:
        call = self._loop.asyncio.call_soon_threadsafe
        try:
            start = Start()
            content: Any = self._application(environ, start)
            answer = content.answer(start.headers) if isinstance(content, ServedFile) else b"".join(content)
        except BaseException:
            logger.exception("%s %s failed", environ["REQUEST_METHOD"], environ["PATH_INFO"])
            call(connection.refuse, _FAILED)
            return
        if isinstance(answer, Content):
            call(self._send, connection, start.status, start.headers, answer)
        else:
            call(connection.respond, start.status, start.headers, answer)

    def _send(self, connection: Connection, status: int, headers: Headers, content: Content) -> None:
        sending = self._loop.asyncio.create_task(self._send_pieces(connection, status, headers, content))
        self._sending.add(sending)  # the loop itself keeps no task
        sending.add_done_callback(self._sending.discard)

    async def _send_pieces(self, connection: Connection, status: int, headers: Headers, content: Content) -> None:
        try:
            await connection.send(status, headers, content, self._threads)
        except Exception:
            logger.exception("an answer could not be sent")
            connection.abort()


def _date_line() -> str:
    return f"date: {formatdate(usegmt=True)}\r\n"
