"""Functions with an asynchronous entry, served on one event loop per worker.

A request costs no thread while it waits for a store, and what a worker's requests ask of one may share its connection.
The loop has a thread of its own, on which the server reads requests and writes answers, too.
"""

import asyncio
import logging
import threading
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any, Protocol

import msgspec

from tapstack_local.functions.context import LambdaContext
from tapstack_local.functions.pool import AsyncHandler, Pool
from tapstack_local.functions.watchdog import InvocationTimeout, Watchdog
from tapstack_local.gateway.application import Response
from tapstack_local.gateway.proxy import Headers, Received
from tapstack_local.processes.loop import new_event_loop
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
    def entry_event(self, request: Received, body: bytes, request_id: str) -> dict[str, Any]: ...
    def answered(self, request: Received, request_id: str, result: Any) -> Response: ...
    def failed(self, request: Received, request_id: str, error: BaseException) -> Response: ...


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
        self._running: dict[int, tuple[asyncio.Task[None], float]] = {}
        # Unique like uuid4(), at a tenth of its cost.
        self._ids, self._numbers = str(uuid.uuid4())[:24], count()

    def find(self, method: str, path: str) -> Endpoint | None:
        """Return what answers such a request here; None for all that belongs on a thread."""
        endpoint = self._find(method, path) if self._entries else None
        return endpoint if endpoint and endpoint.function in self._entries else None

    def start(self) -> None:
        """Start the loop on its thread."""
        self.asyncio = new_event_loop()
        self.asyncio.set_default_executor(self._threads)
        self._thread = threading.Thread(target=self._run, name="event-loop", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the loop and what is running on it; requests that came before have been answered."""
        self.asyncio.call_soon_threadsafe(self.asyncio.stop)
        self.join()

    def join(self) -> None:
        """Wait until the loop has ended."""
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self.asyncio)
        if self._entries:
            self.asyncio.call_soon(self._sweep)
        try:
            self.asyncio.run_forever()
        finally:
            self.asyncio.close()

    def serve(self, endpoint: Endpoint, request: Received, body: bytes, respond: Respond) -> bool:
        """Answer a request whose body is complete; on the loop. False if too many wait already."""
        if len(self._running) >= self._most:
            return False
        number = next(self._numbers)
        task = self.asyncio.create_task(self._answer(number, endpoint, request, body, respond))
        timeout_s = self._entries[endpoint.function][0].function.timeout_s
        self._running[number] = task, self.asyncio.time() + timeout_s
        return True

    @property
    def is_busy(self) -> bool:
        """Whether a request is without an answer."""
        return bool(self._running)

    async def _answer(self, number: int, endpoint: Endpoint, request: Received, body: bytes, respond: Respond) -> None:
        request_id = f"{self._ids}{number:012x}"
        pool, entry = self._entries[endpoint.function]
        try:
            event = endpoint.entry_event(request, body, request_id)
            result = await entry(event, LambdaContext(pool.function, request_id))
            if result is None:
                event = endpoint.event(request, body, request_id)
                result = await self.asyncio.run_in_executor(self._threads, pool.invoke, event, request_id)
            response = endpoint.answered(request, request_id, result)
        except asyncio.CancelledError:
            logger.error("request %s: %s timed out after %d s", request_id, pool.function.id, pool.function.timeout_s)
            response = endpoint.failed(request, request_id, InvocationTimeout())
        except BaseException as error:
            # Whatever a function raises, even SystemExit, must not end the loop.
            response = endpoint.failed(request, request_id, error)
        self._running.pop(number, None)
        respond(*response)

    def _sweep(self, token: int | None = None) -> None:
        """End what has exceeded its function's timeout. A function that blocks the loop itself ends its worker."""
        try:
            if token is not None:
                self._watchdog.leave(token)
        except InvocationTimeout:
            self.asyncio.stop()
            return
        now_s = self.asyncio.time()
        for number in [number for number, (_, deadline_s) in self._running.items() if deadline_s < now_s]:
            task, _ = self._running.pop(number)
            task.cancel()
        assert self._alive  # noqa: S101
        self.asyncio.call_later(_SWEEP_S, self._sweep, self._watchdog.enter(self._alive, "on the event loop"))


def _timeout_s(function: Function) -> int:
    return function.timeout_s
