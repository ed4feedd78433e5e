"""Delivery of updates to the bot's webhook, as Telegram does it.

From https://github.com/tdlib/telegram-bot-api, WebhookActor.cpp and Client.cpp: updates of one queue (a
chat's messages; a user's callback queries) are delivered one after another, queues concurrently over at most
`max_connections` connections. A failed delivery is retried at once, then after 2, 4, 8 ... seconds up to a
random 60-120, or after the response's `Retry-After`, until the update expires. 410 for 23 hours removes the
webhook. A method call in the response's body is executed, unless it is a `get*` or about the webhook.
"""

import asyncio
import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import msgspec

from .clock import Clock
from .errors import ApiError
from .params import parse_call
from .settings import Settings
from .state import State, Update
from .stats import Stats

Call = Callable[[str, dict[str, Any]], Any]
DROP_AFTER_410_S = 23 * 3600
_NOT_EXECUTED = ("setwebhook", "deletewebhook", "close", "logout")


@dataclass(frozen=True)
class _Response:
    status: int
    reason: str
    content_type: str
    retry_after: str
    body: bytes


class Delivery:
    """Delivers the state's pending updates while a webhook is set."""

    def __init__(self, state: State, settings: Settings, clock: Clock, stats: Stats, call: Call) -> None:
        self._state = state
        self._settings = settings
        self._clock = clock
        self._stats = stats
        self._call = call
        self._queues: dict[str, deque[Update]] = {}
        self._ready: deque[str] = deque()
        self._failures: dict[int, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._timers: set[asyncio.TimerHandle] = set()
        self._session: aiohttp.ClientSession | None = None
        self._closing: set[asyncio.Future[None]] = set()
        self._first_410_s = 0.0
        self.idle = asyncio.Event()
        self.idle.set()

    def start(self) -> None:
        """Deliver to the state's webhook, from the oldest pending update."""
        self.stop()
        if not self._state.webhook.url:
            return
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),  # `max_connections` limits
            timeout=aiohttp.ClientTimeout(total=self._settings.webhook_timeout_s),
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        for update in list(self._state.updates.values()):
            self.add(update)

    def stop(self) -> None:
        """Stop delivering; updates whose delivery is cut off stay pending."""
        for task in self._tasks:
            task.cancel()
        for timer in self._timers:
            timer.cancel()
        self._tasks.clear()
        self._timers.clear()
        self._queues.clear()
        self._ready.clear()
        self._failures.clear()
        if self._session:
            closing = asyncio.ensure_future(self._session.close())
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)
        self._session = None
        self.idle.set()

    async def close(self) -> None:
        """Stop delivering and close all connections."""
        self.stop()
        await asyncio.gather(*self._closing)

    def add(self, update: Update) -> None:
        """A new update."""
        if not self._session:
            return
        self.idle.clear()
        queue = self._queues.get(update.queue)
        if queue is not None:
            queue.append(update)
            return
        self._queues[update.queue] = deque([update])
        self._make_ready(update.queue)

    def _make_ready(self, name: str) -> None:
        self._ready.append(name)
        self._start_deliveries()

    def _start_deliveries(self) -> None:
        while self._ready and len(self._tasks) < self._state.webhook.max_connections:
            task = asyncio.ensure_future(self._deliver(self._ready.popleft()))
            self._tasks.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._start_deliveries()
        if not self._queues:
            self.idle.set()

    async def _deliver(self, name: str) -> None:
        session, update = self._session, self._queues[name][0]
        if session is None:
            return
        if update.expires_at_s <= self._clock.now():
            self._stats.webhook["expired"] += 1
        else:
            response, problem = await self._post(session, update)
            if problem:
                wait_s = self._record_failure(update, problem, response)
                if wait_s is not None:
                    self._retry(name, wait_s)
                    return
            elif response:
                self._execute_returned_call(response)
        self._remove(name, update)

    async def _post(self, session: aiohttp.ClientSession, update: Update) -> tuple[_Response | None, str]:
        webhook = self._state.webhook
        headers = {"Content-Type": "application/json"}
        if webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret
        started = time.perf_counter()
        self._stats.webhook["deliveries"] += 1
        body = msgspec.json.encode(update.body())
        try:
            async with session.post(webhook.url, data=body, headers=headers, allow_redirects=False) as received:
                response = _Response(
                    status=received.status,
                    reason=received.reason or "",
                    content_type=received.headers.get("Content-Type", ""),
                    retry_after=received.headers.get("Retry-After", ""),
                    body=await received.read(),
                )
        except TimeoutError:
            return None, "Read timeout expired"
        except (aiohttp.ClientError, OSError, ValueError) as error:
            refused = isinstance(error, aiohttp.ClientConnectorError | ConnectionRefusedError)
            return None, "Connection refused" if refused else f"Webhook connection closed ({type(error).__name__})"
        self._stats.webhook_latency.add(time.perf_counter() - started)
        if 200 <= response.status <= 299:
            self._first_410_s = 0.0
            return response, ""
        return response, f"Wrong response from the webhook: {response.status} {response.reason}"

    def _record_failure(self, update: Update, problem: str, response: _Response | None) -> float | None:
        """Record a failed attempt; returns the seconds until the next one, None to give up."""
        self._stats.webhook["failures"] += 1
        now = self._clock.now()
        self._state.webhook.last_error_date = int(now)
        self._state.webhook.last_error_message = problem
        self._track_410(now, response)
        failures = self._failures[update.id] = self._failures.get(update.id, 0) + 1
        longest = random.randint(60, 120)  # noqa: S311 - jitter of retries, not for security
        wait_s = 0.0 if failures == 1 else float(min(longest, 2 ** (failures - 1)))
        if response and response.retry_after.isdigit():
            wait_s = min(float(response.retry_after), 3600.0)
        if now + wait_s > update.expires_at_s:
            self._stats.webhook["dropped"] += 1
            return None
        self._stats.webhook["retries"] += 1
        return wait_s

    def _track_410(self, now: float, response: _Response | None) -> None:
        if not response or response.status != 410:
            self._first_410_s = 0.0
        elif not self._first_410_s:
            self._first_410_s = now
        elif now > self._first_410_s + DROP_AFTER_410_S:
            self._state.webhook.url = ""
            asyncio.get_running_loop().call_soon(self.stop)

    def _retry(self, name: str, wait_s: float) -> None:
        def due() -> None:
            self._timers.discard(timer)
            self._make_ready(name)

        delay_s = max(0.001, wait_s * self._settings.retry_scale)
        timer = asyncio.get_running_loop().call_later(delay_s, due)
        self._timers.add(timer)

    def _remove(self, name: str, update: Update) -> None:
        self._state.updates.pop(update.id, None)
        self._failures.pop(update.id, None)
        queue = self._queues.get(name)
        if queue is None:
            return
        queue.popleft()
        if queue:
            self._ready.append(name)
        else:
            del self._queues[name]

    def _execute_returned_call(self, response: _Response) -> None:
        """Execute a method call in the response's body; its result goes to nobody."""
        if not response.body.strip():
            return
        try:
            values = parse_call("", response.content_type, response.body)
        except ApiError:
            return
        method = str(values.pop("method", ""))
        if not method or method.lower() in _NOT_EXECUTED or method.lower().startswith("get"):
            return
        self._stats.webhook["answered_methods"] += 1
        self._call(method, values)
