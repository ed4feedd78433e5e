"""Delivery of updates to the bot's webhook, as Telegram does it.

From https://github.com/tdlib/telegram-bot-api, WebhookActor.cpp and Client.cpp: updates of one queue (a
chat's messages; a user's callback queries) go one after another, queues side by side over at most
`max_connections` connections. A failed delivery is tried again at once, then after 2, 4, 8 ... seconds up to
a random 60-120, or after the `Retry-After` of the answer, until the update expires. 410 for 23 hours closes
the webhook. A method call in the answer's body is carried out, unless it is a `get*` or about the webhook.
"""

import asyncio
import random
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import msgspec

from .clock import Clock
from .errors import ApiError
from .http_client import Answer, Client
from .params import parse_call
from .settings import Settings
from .stats import Stats
from .world import Update, World

Call = Callable[[str, dict[str, Any]], Any]
DROP_AFTER_410_S = 23 * 3600
_NOT_ANSWERED = ("setwebhook", "deletewebhook", "close", "logout")


class Delivery:
    """Delivers what is in the world's list of updates, while a webhook is set."""

    def __init__(self, world: World, settings: Settings, clock: Clock, stats: Stats, call: Call) -> None:
        self._world = world
        self._settings = settings
        self._clock = clock
        self._stats = stats
        self._call = call
        self._queues: dict[str, deque[Update]] = {}
        self._ready: deque[str] = deque()
        self._fails: dict[int, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._timers: set[asyncio.TimerHandle] = set()
        self._client: Client | None = None
        self._first_410_s = 0.0
        self.idle = asyncio.Event()
        self.idle.set()

    def start(self) -> None:
        """Begin with the world's webhook, from the oldest update."""
        self.stop()
        if not self._world.webhook.url:
            return
        self._client = Client(self._world.webhook.url, self._settings.webhook_timeout_s)
        for update in list(self._world.updates.values()):
            self.add(update)

    def stop(self) -> None:
        """Deliver nothing more; what is under way is cut off and stays in the list."""
        for task in self._tasks:
            task.cancel()
        for timer in self._timers:
            timer.cancel()
        self._tasks.clear()
        self._timers.clear()
        self._queues.clear()
        self._ready.clear()
        self._fails.clear()
        if self._client:
            self._client.close()
        self._client = None
        self.idle.set()

    def add(self, update: Update) -> None:
        """A new update."""
        if not self._client:
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
        self._pump()

    def _pump(self) -> None:
        while self._ready and len(self._tasks) < self._world.webhook.max_connections:
            task = asyncio.ensure_future(self._deliver(self._ready.popleft()))
            self._tasks.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._pump()
        if not self._queues:
            self.idle.set()

    async def _deliver(self, name: str) -> None:
        client, update = self._client, self._queues[name][0]
        if client is None:
            return
        if update.expires_at_s <= self._clock.now():
            self._stats.webhook["expired"] += 1
        else:
            answer, problem = await self._post(client, update)
            if problem:
                wait = self._failed(update, problem, answer)
                if wait is not None:
                    self._again(name, wait)
                    return
            elif answer:
                self._answered(answer)
        self._forget(name, update)

    async def _post(self, client: Client, update: Update) -> tuple[Answer | None, str]:
        headers = {}
        if self._world.webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._world.webhook.secret
        started = time.perf_counter()
        self._stats.webhook["deliveries"] += 1
        try:
            answer = await client.post(msgspec.json.encode(update.body()), headers)
        except TimeoutError:
            return None, "Read timeout expired"
        except ConnectionRefusedError:
            return None, "Connection refused"
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError) as error:
            return None, f"Webhook connection closed ({type(error).__name__})"
        self._stats.webhook_latency.add(time.perf_counter() - started)
        if 200 <= answer.status <= 299:
            self._first_410_s = 0.0
            return answer, ""
        return answer, f"Wrong response from the webhook: {answer.status} {answer.reason}"

    def _failed(self, update: Update, problem: str, answer: Answer | None) -> float | None:
        """Note a failure; answers after how many seconds to try again, None to give up."""
        self._stats.webhook["failures"] += 1
        now = self._clock.now()
        self._world.webhook.last_error_date = int(now)
        self._world.webhook.last_error_message = problem
        self._note_410(now, answer)
        fails = self._fails[update.id] = self._fails.get(update.id, 0) + 1
        asked = answer.headers.get("retry-after", "") if answer else ""
        longest = random.randint(60, 120)  # noqa: S311 - spreads retries, guards nothing
        wait = 0.0 if fails == 1 else float(min(longest, 2 ** (fails - 1)))
        if asked.isdigit():
            wait = min(float(asked), 3600.0)
        if now + wait > update.expires_at_s:
            self._stats.webhook["dropped"] += 1
            return None
        self._stats.webhook["retries"] += 1
        return wait

    def _note_410(self, now: float, answer: Answer | None) -> None:
        if not answer or answer.status != 410:
            self._first_410_s = 0.0
        elif not self._first_410_s:
            self._first_410_s = now
        elif now > self._first_410_s + DROP_AFTER_410_S:
            self._world.webhook.url = ""
            asyncio.get_running_loop().call_soon(self.stop)

    def _again(self, name: str, wait_s: float) -> None:
        def wake() -> None:
            self._timers.discard(timer)
            self._make_ready(name)

        delay_s = max(0.001, wait_s * self._settings.retry_scale)
        timer = asyncio.get_running_loop().call_later(delay_s, wake)
        self._timers.add(timer)

    def _forget(self, name: str, update: Update) -> None:
        self._world.updates.pop(update.id, None)
        self._fails.pop(update.id, None)
        queue = self._queues.get(name)
        if queue is None:
            return
        queue.popleft()
        if queue:
            self._ready.append(name)
        else:
            del self._queues[name]

    def _answered(self, answer: Answer) -> None:
        """Carry out a method call in the body of an answer; what it gives is seen by nobody."""
        if not answer.body.strip():
            return
        try:
            values = parse_call(b"", answer.headers.get("content-type", ""), answer.body)
        except ApiError:
            return
        method = str(values.pop("method", ""))
        if not method or method.lower() in _NOT_ANSWERED or method.lower().startswith("get"):
            return
        self._stats.webhook["answered_methods"] += 1
        self._call(method, values)
