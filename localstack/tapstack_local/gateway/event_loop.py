"""Functions with an asynchronous entry, served on one event loop per worker.

A request costs no thread while it waits for a store, and what the requests of a worker ask of one may share its
connection. The loop runs on a thread of its own; the server hands requests over in the order in which they came.
"""

import asyncio
import logging
import threading
import uuid
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from typing import Any, Protocol

from tapstack_local.functions.context import LambdaContext
from tapstack_local.functions.pool import AsyncHandler, Pool
from tapstack_local.functions.watchdog import Watchdog
from tapstack_local.gateway.application import StartResponse
from tapstack_local.gateway.proxy import Environ

logger = logging.getLogger("tapstack_local.gateway")

MOST_AT_ONCE = 8_192
"""Requests that a worker holds unanswered."""

_SWEEP_S = 0.25


class Endpoint(Protocol):
    """What answers a request, apart from how its function is invoked."""

    function: str

    @property
    def body_limit(self) -> int: ...
    def event(self, environ: Environ, body: bytes, request_id: str) -> dict[str, Any]: ...
    def answered(self, start: StartResponse, request_id: str, result: Any) -> list[bytes]: ...
    def failed(self, start: StartResponse, request_id: str, error: BaseException) -> list[bytes]: ...


Respond = Callable[[int, list[tuple[str, str]], bytes], None]


class _Start:
    """WSGI's start_response."""

    __slots__ = ("headers", "status")

    def __call__(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = int(status[:3]), headers


class EventLoop:
    """A worker's event loop, and the asynchronous entries of the functions that declare one."""

    def __init__(self, pools: Mapping[str, Pool], threads: Executor, watchdog: Watchdog) -> None:
        self._pools, self._threads, self._watchdog = pools, threads, watchdog
        self._entries: dict[str, AsyncHandler] = {}
        for id_, pool in pools.items():
            entry = pool.async_entry()
            if entry:
                self._entries[id_] = entry
        self._inbox: deque[tuple[Endpoint, Environ, bytes, Respond]] = deque()
        self._called = False
        self._running: dict[asyncio.Task[None], tuple[float, int]] = {}

    @property
    def functions(self) -> frozenset[str]:
        """The ids of the functions that are served here."""
        return frozenset(self._entries)

    def start(self) -> None:
        """Start the loop on a thread."""
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(self._threads)
        threading.Thread(target=self._run, name="event-loop", daemon=True).start()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    def serve(self, endpoint: Endpoint, environ: Environ, body: bytes, respond: Respond) -> None:
        """Answer a request whose body is complete, on the loop; from any thread."""
        self._inbox.append((endpoint, environ, body, respond))
        if not self._called:  # one call wakes the loop for all that come until it runs
            self._called = True
            self._loop.call_soon_threadsafe(self._take)

    def _take(self) -> None:
        self._called = False
        while self._inbox:
            self._loop.create_task(self._serve(*self._inbox.popleft()))

    async def _serve(self, endpoint: Endpoint, environ: Environ, body: bytes, respond: Respond) -> None:
        request_id, start = str(uuid.uuid4()), _Start()
        function = endpoint.function
        try:
            event = endpoint.event(environ, body, request_id)
            pool = self._pools[function]
            result = await self._entries[function](event, LambdaContext(pool.function, request_id))
            if result is None:
                result = await self._loop.run_in_executor(self._threads, pool.invoke, event, request_id)
            (content,) = endpoint.answered(start, request_id, result)
        except BaseException as error:
            (content,) = endpoint.failed(start, request_id, error)
        respond(start.status, start.headers, content)
