"""Functions with an asynchronous entry, served on one event loop per worker.

A request costs no thread while it waits for a store, and what a worker's requests ask of one may share its connection.
The loop has a thread of its own; the server hands requests over in the order in which they came.
"""

import asyncio
import logging
import threading
import uuid
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any, Protocol

import msgspec

from tapstack_local.functions.context import LambdaContext
from tapstack_local.functions.pool import AsyncHandler, Pool
from tapstack_local.functions.watchdog import InvocationTimeout, Watchdog
from tapstack_local.gateway.application import Start, StartResponse
from tapstack_local.gateway.proxy import Headers, Received
from tapstack_local.template.model import Function

logger = logging.getLogger("tapstack_local.gateway")

MOST_AT_ONCE = 8_192
"""Requests that a worker holds without an answer, about 10 KB each."""

GRACE_S = 5
"""How much longer than any function may take the loop may stand still before its worker is ended."""

_SWEEP_S = 0.25


class Endpoint(Protocol):
    """What answers requests, apart from how its function is invoked."""

    function: str

    @property
    def body_limit(self) -> int: ...
    def event(self, request: Received, body: bytes, request_id: str) -> dict[str, Any]: ...
    def answered(self, start: StartResponse, request: Received, request_id: str, result: Any) -> list[bytes]: ...
    def failed(self, start: StartResponse, request: Received, request_id: str, error: BaseException) -> list[bytes]: ...


Respond = Callable[[int, Headers, bytes], object]


class EventLoop:
    """A worker's event loop, and the asynchronous entries of the functions that declare one."""

    def __init__(
        self,
        pools: Mapping[str, Pool],
        find: Callable[[str, str], Endpoint | None],
        threads: ThreadPoolExecutor,
        watchdog: Watchdog,
        *,
        most_at_once: int = MOST_AT_ONCE,
        grace_s: int = GRACE_S,
    ) -> None:
        """`find` returns what answers a method and a path, of all functions; `threads` run what would wait."""
        self._find, self._threads, self._watchdog, self._most = find, threads, watchdog, most_at_once
        entries = ((pool, pool.async_entry()) for pool in pools.values())
        self._entries: dict[str, tuple[Pool, AsyncHandler]] = {
            pool.function.id: (pool, entry) for pool, entry in entries if entry
        }
        slowest = max((pool.function for pool, _ in self._entries.values()), key=_timeout_s, default=None)
        self._alive = slowest and msgspec.structs.replace(slowest, timeout_s=slowest.timeout_s + grace_s)
        self._inbox: deque[tuple[Endpoint, Received, bytes, Respond]] = deque()
        self._called = False
        self._running: dict[asyncio.Task[None], float] = {}
        # Unique like uuid4(), at a tenth of its cost.
        self._ids, self._numbers = str(uuid.uuid4())[:24], count()

    def find(self, method: str, path: str) -> Endpoint | None:
        """Return what answers such a request here; None for all that belongs on a thread."""
        endpoint = self._find(method, path) if self._entries else None
        return endpoint if endpoint and endpoint.function in self._entries else None

    def start(self) -> None:
        """Start the loop on its thread."""
        self._loop = _new_loop()
        self._loop.set_default_executor(self._threads)
        self._thread = threading.Thread(target=self._run, name="event-loop", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the loop and what is running on it; requests that came before have been answered."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self.join()

    def join(self) -> None:
        """Wait until the loop has ended."""
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        if self._entries:
            self._loop.call_soon(self._sweep)
        try:
            self._loop.run_forever()
        finally:
            self._loop.close()

    def serve(self, endpoint: Endpoint, request: Received, body: bytes, respond: Respond) -> bool:
        """Answer a request whose body is complete, on the loop; from any thread. False if too many wait already."""
        if len(self._inbox) + len(self._running) >= self._most:
            return False
        self._inbox.append((endpoint, request, body, respond))
        if not self._called:  # one call wakes the loop for all that come until it runs
            self._called = True
            self._loop.call_soon_threadsafe(self._take)
        return True

    def _take(self) -> None:
        self._called = False
        while self._inbox:
            endpoint, request, body, respond = self._inbox[0]
            task = self._loop.create_task(self._answer(endpoint, request, body, respond))
            self._running[task] = self._loop.time() + self._entries[endpoint.function][0].function.timeout_s
            task.add_done_callback(self._done)
            self._inbox.popleft()  # only now, so that `serve` never counts too few

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)
        if not task.cancelled() and (error := task.exception()):
            logger.error("a request could not be answered", exc_info=error)

    async def _answer(self, endpoint: Endpoint, request: Received, body: bytes, respond: Respond) -> None:
        request_id, start = f"{self._ids}{next(self._numbers):012x}", Start()
        pool, entry = self._entries[endpoint.function]
        try:
            event = endpoint.event(request, body, request_id)
            result = await entry(event, LambdaContext(pool.function, request_id))
            if result is None:
                result = await self._loop.run_in_executor(self._threads, pool.invoke, event, request_id)
            (content,) = endpoint.answered(start, request, request_id, result)
        except asyncio.CancelledError:
            logger.error("request %s: %s timed out after %d s", request_id, pool.function.id, pool.function.timeout_s)
            (content,) = endpoint.failed(start, request, request_id, InvocationTimeout())
        except BaseException as error:
            # Whatever a function raises, even SystemExit, must not end the loop.
            (content,) = endpoint.failed(start, request, request_id, error)
        respond(start.status, start.headers, content)

    def _sweep(self, token: int | None = None) -> None:
        """End what has exceeded its function's timeout. A function that blocks the loop itself ends its worker."""
        try:
            if token is not None:
                self._watchdog.leave(token)
        except InvocationTimeout:
            self._loop.stop()
            return
        now_s = self._loop.time()
        for task in [task for task, deadline_s in self._running.items() if deadline_s < now_s]:
            del self._running[task]
            task.cancel()
        assert self._alive  # noqa: S101
        self._loop.call_later(_SWEEP_S, self._sweep, self._watchdog.enter(self._alive, "on the event loop"))


def _new_loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop
    except ImportError:  # it has no wheel for Windows and for some other machines
        return asyncio.new_event_loop()
    made: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return made


def _timeout_s(function: Function) -> int:
    return function.timeout_s
