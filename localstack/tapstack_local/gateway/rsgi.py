"""Receives HTTP requests: no thread waits for a body that has not arrived yet, and no request waits forever.

The server (granian) speaks RSGI here. It receives a body in its own runtime and calls back, on its one Python thread,
once the body is complete: so neither the worker's event loop nor a thread of the WSGI application ever waits for a
client. That thread itself waits for nothing. These are bounded: a body's size and duration, a client's unfinished
bodies, and the memory of large bodies. An idle connection costs no thread; the server itself drops one whose headers do
not arrive.

https://github.com/emmett-framework/granian/blob/master/docs/spec/RSGI.md
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any, BinaryIO

from granian._granian import CallbackScheduler

from tapstack_local.gateway.application import BODY_LIMIT, Start, StartResponse, Wsgi, error_answer
from tapstack_local.gateway.event_loop import Endpoint, EventLoop
from tapstack_local.gateway.proxy import Environ, Headers, Received, of_scope

logger = logging.getLogger("tapstack_local.gateway")

_SMALL = 64 * 1024
_PIECES = 64
_PIECE_BYTES = 512
_NAMES_KEPT = 500
_SWEEP_S = 0.5


@dataclass(frozen=True)
class Limits:
    """What unfinished requests may cost one worker.

    A client is an address, possibly a proxy with thousands of players behind it: its requests are not limited, only
    its unfinished bodies are, once they have taken `grace_s`. Bodies over 64 KB share `large_bytes`.
    """

    body_s: float = 10.0
    grace_s: float = 2.0
    stopping_s: float = 1.0
    per_client: int = 256
    large_bytes: int = 64 * 1024 * 1024


class ServedFile:
    """A file as a response: the server reads it as fast as the client accepts it, and no thread waits."""

    def __init__(self, file: BinaryIO, _block: int = 0) -> None:
        self._file = file

    def send(self, proto: Any, status: int, headers: Headers) -> None:
        """Respond with the file and close it; a partial file is read now."""
        with self._file as file:
            if isinstance(name := getattr(file, "name", None), str):
                proto.response_file(status, headers, name)
            else:
                proto.response_bytes(status, headers, file.read())


@dataclass(eq=False, slots=True)
class _Unfinished:
    """A request whose body is still arriving."""

    client: str
    answer: Callable[[bytes], None]
    proto: Any
    began_s: float
    reserved: int
    future: Any = None
    parts: list[bytes] | None = None
    size: int = 0


class RsgiBridge:
    """A WSGI application behind the server, run by `threads`, apart from what an event loop answers.

    `error_headers` go with requests rejected here.
    """

    def __init__(
        self,
        application: Wsgi,
        threads: Executor,
        *,
        loop: EventLoop | None = None,
        error_headers: Iterable[tuple[str, str]] = (),
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._application = application
        self._threads = threads
        self._loop = loop
        self._error_headers = list(error_headers)
        self._limits = limits or Limits()
        self._clock = clock
        self._names = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
        self._lock = threading.Lock()
        self._unfinished: dict[str, dict[_Unfinished, None]] = {}
        self._large = 0
        self._patience_s = self._limits.body_s

    def start(self) -> None:
        """Start the event loop, and ending requests whose bodies do not arrive."""
        if self._loop:
            self._loop.start()
        threading.Thread(target=self._sweep_for_ever, name="unfinished-requests", daemon=True).start()

    def stop(self) -> None:
        """Wait at most a second for bodies: the server ends when the last request has ended."""
        self._patience_s = self._limits.stopping_s

    def take(self, watcher: Any) -> None:
        """Start a request, on a worker thread; one without a body is answered at once."""
        try:
            self._take(watcher.scope, watcher.proto)
        except BaseException:
            logger.exception("a request could not be received")
            self._refuse(watcher.proto, 500, "internal_error", "internal error")

    def _take(self, scope: Any, proto: Any) -> None:
        if self._loop and (endpoint := self._loop.find(scope.method, scope.path)):
            request = of_scope(scope)
            length, is_chunked = request.headers.get("content-length"), "transfer-encoding" in request.headers
            client, answer = request.source, partial(self._serve, self._loop, endpoint, request, proto)
        else:
            environ = self._environ(scope)
            length, is_chunked = environ.get("CONTENT_LENGTH"), "HTTP_TRANSFER_ENCODING" in environ
            client, answer = environ["REMOTE_ADDR"], partial(self._later, environ, proto)
        if is_chunked:
            # Its size is unknown: received in pieces, which are counted.
            self._wait_for(_Unfinished(client, answer, proto, self._clock(), 0, parts=[]))
            return
        size = int(length or 0)
        if not size:
            answer(b"")
        elif size > BODY_LIMIT:
            self._refuse_too_large(proto)
        else:
            reserved = size if size > _SMALL else 0
            self._wait_for(_Unfinished(client, answer, proto, self._clock(), reserved))

    def _environ(self, scope: Any) -> Environ:
        path = scope.path
        environ: Environ = {
            "REQUEST_METHOD": scope.method,
            # WSGI wants the path's bytes as Latin-1.
            "PATH_INFO": path if path.isascii() else path.encode().decode("latin-1"),
            "QUERY_STRING": scope.query_string,
            "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
            "SERVER_PORT": scope.server.rpartition(":")[2],
            "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
            "SCRIPT_NAME": "",
            "wsgi.url_scheme": scope.scheme,
            "wsgi.file_wrapper": ServedFile,
        }
        names = self._names
        for name, value in scope.headers.items():
            key = names.get(name)
            if key is None:
                if "_" in name:
                    # X_Forwarded_For would be taken for X-Forwarded-For.
                    continue
                key = "HTTP_" + name.upper().replace("-", "_")
                # Names come from clients: cache only so many.
                if len(names) < _NAMES_KEPT:
                    names[name] = key
            if key in environ:
                value = f"{environ[key]}{'; ' if name == 'cookie' else ', '}{value}"
            environ[key] = value
        return environ

    # Bodies

    def _wait_for(self, request: _Unfinished) -> None:
        dropped, is_full = None, False
        with self._lock:
            if request.reserved and self._large + request.reserved > self._limits.large_bytes:
                is_full = True
            else:
                self._large += request.reserved
                mine = self._unfinished.setdefault(request.client, {})
                mine[request] = None
                if len(mine) > self._limits.per_client:
                    dropped = next(iter(mine))
        if is_full:
            self._refuse_full(request.proto)
            return
        if dropped is not None and request.began_s - dropped.began_s > self._limits.grace_s:
            self._give_up(dropped)
        self._gather(request)

    def _gather(self, request: _Unfinished) -> None:
        if request.parts is None:
            request.future = future = request.proto()
            future.add_done_callback(partial(self._gathered, request), context=None)
        else:
            request.future = future = request.proto.__aiter__().__anext__()
            future.add_done_callback(partial(self._piece, request), context=None)

    def _gathered(self, request: _Unfinished, future: Any) -> None:
        if not self._forget(request):
            return
        body = _result(future)
        if body is None:
            self._refuse(request.proto, 400, "bad_request", "the body did not come whole")
        else:
            request.answer(body)

    def _piece(self, request: _Unfinished, future: Any) -> None:
        """Take one piece of a chunked body; an empty one is the end."""
        piece = _result(future)
        assert request.parts is not None  # noqa: S101
        if not piece:
            if self._forget(request):
                request.answer(b"".join(request.parts))
            return
        request.parts.append(piece)
        request.size += len(piece)
        if request.size > BODY_LIMIT or len(request.parts) > _PIECES + request.size // _PIECE_BYTES:
            if self._forget(request):
                self._refuse_too_large(request.proto)
        elif not self._reserve(request):
            if self._forget(request):
                self._refuse_full(request.proto)
        elif (proto := request.proto) is not None:
            request.future = future = proto.__anext__()
            future.add_done_callback(partial(self._piece, request), context=None)

    def _reserve(self, request: _Unfinished) -> bool:
        """Count a chunked body that has become large; False if there is no room."""
        if request.size <= _SMALL:
            return True
        with self._lock:
            more = request.size - request.reserved
            if self._large + more > self._limits.large_bytes:
                return False
            self._large += more
            request.reserved += more
        return True

    def _forget(self, request: _Unfinished) -> bool:
        """Remove a request from the unfinished ones; False if another thread has done so."""
        with self._lock:
            mine = self._unfinished.get(request.client)
            if mine is None or request not in mine:
                return False
            del mine[request]
            if not mine:
                del self._unfinished[request.client]
            self._large -= request.reserved
        # It refers to its callback, which refers to the request: a cycle would wait for the garbage collector.
        request.future = None
        return True

    def _give_up(self, request: _Unfinished) -> None:
        future = request.future
        if self._forget(request):
            if future is not None:
                future.cancel()
            self._refuse(request.proto, 408, "request_timeout", "the body did not come in time")
            # The connection stays open as long as something refers to it.
            request.proto = None

    def sweep(self) -> int:
        """End the requests whose bodies have taken too long; return their number."""
        latest_s = self._clock() - self._patience_s
        with self._lock:
            late = [one for mine in self._unfinished.values() for one in mine if one.began_s < latest_s]
        for request in late:
            self._give_up(request)
        return len(late)

    def _sweep_for_ever(self) -> None:
        while True:
            time.sleep(_SWEEP_S)
            try:
                self.sweep()
            except Exception:
                logger.exception("unfinished requests could not be ended")

    # Answers

    def _serve(self, loop: EventLoop, endpoint: Endpoint, request: Received, proto: Any, body: bytes) -> None:
        if len(body) > endpoint.body_limit:
            self._refuse_too_large(proto, endpoint.body_limit)
        elif not loop.serve(endpoint, request, body, proto.response_bytes):
            self._refuse_full(proto, "too many requests are waiting, try again")

    def _later(self, environ: Environ, proto: Any, body: bytes) -> None:
        self._threads.submit(self._run, environ, proto, body)

    def _run(self, environ: Environ, proto: Any, body: bytes) -> None:
        environ["wsgi.input"] = BytesIO(body)
        start = Start()
        try:
            content = self._application(environ, start)
            if isinstance(content, ServedFile):
                content.send(proto, start.status, start.headers)
            else:
                proto.response_bytes(start.status, start.headers, b"".join(content))
        except BaseException:
            logger.exception("%s %s failed", environ["REQUEST_METHOD"], environ["PATH_INFO"])
            self._refuse(proto, 500, "internal_error", "internal error")

    def _refuse_too_large(self, proto: Any, limit: int = BODY_LIMIT) -> None:
        self._refuse(proto, 413, "body_too_large", f"a body has at most {limit} bytes, in few pieces")

    def _refuse_full(self, proto: Any, message: str = "too many large bodies are arriving, try again") -> None:
        self._refuse(proto, 503, "unavailable", message, [("Retry-After", "1")])

    def _refuse(
        self, proto: Any, status: int, code: str, message: str, headers: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Respond without the application; the connection ends, because the rest of the body may still arrive."""
        start: Start = Start()
        answer: StartResponse = start
        own = [("Connection", "close"), *headers, *self._error_headers]
        (body,) = error_answer(answer, status, code, message, own)
        proto.response_bytes(start.status, start.headers, body)


def _result(future: Any) -> bytes | None:
    """Return the result of a finished future of the server, None for an error or a cancellation."""
    try:
        next(iter(future))
    except StopIteration as done:
        return done.value if isinstance(done.value, bytes) else None
    except BaseException:
        return None
    return None


class Caller:
    """A stand-in for the server's event loop: it calls back at once, on the current worker thread."""

    def call_soon(self, callback: Callable[..., object], *arguments: Any, context: Any = None) -> None:  # noqa: ARG002
        """Call; errors are logged, because no caller would see them."""
        try:
            callback(*arguments)
        except BaseException:
            logger.exception("a callback of the server failed")

    call_soon_threadsafe = call_soon


class Scheduler(CallbackScheduler):
    """Makes the server pass each request to a bridge; `Scheduler(Caller(), bridge.take, None, None, None)`."""

    def __init__(self, _loop: Caller, take: Callable[[Any], None], *_unused: None) -> None:
        super().__init__()
        self._schedule_fn = take
