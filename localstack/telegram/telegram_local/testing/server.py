"""A local Telegram for tests, in a thread of its own."""

import asyncio
import random
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from ..bot_api import METHODS
from ..clock import Clock
from ..core import Core, Hold
from ..server import listen, serve
from ..settings import LOCAL_TOKEN, LOCAL_USERNAME, Limits, Settings
from .client import TelegramClient

Result = TypeVar("Result")

START_WITHIN_S = 60.0


class LocalTelegram(TelegramClient):
    """A server on a free port, as a context manager, and a test's client of it."""

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        limits: Limits | None = None,
        state_dir: Path | None = None,
        token: str = LOCAL_TOKEN,
        username: str = LOCAL_USERNAME,
        main_app_url: str = "",
        retry_scale: float = 0.01,
        webhook_timeout_s: float = 10.0,
        port: int = 0,
    ) -> None:
        self._listener = listen("127.0.0.1", port)
        self.settings = Settings(
            port=self._listener.getsockname()[1],
            token=token,
            username=username,
            main_app_url=main_app_url,
            state_dir=state_dir,
            retry_scale=retry_scale,
            webhook_timeout_s=webhook_timeout_s,
            limits=limits or Limits(),
        )
        super().__init__(f"http://127.0.0.1:{self.settings.port}", token)
        self._clock = clock
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="local-telegram")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._core: Core | None = None
        self._problem: BaseException | None = None

    @staticmethod
    def connect(url: str, token: str = LOCAL_TOKEN) -> TelegramClient:
        """A client of a server that runs already, in whatever process."""
        return TelegramClient(url.rstrip("/"), token)

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(START_WITHIN_S) or self._problem:
            raise RuntimeError(f"the local Telegram did not start: {self._problem!r}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        if self._loop and self._stop:
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(START_WITHIN_S)

    def _serve(self) -> None:
        async def run() -> None:
            self._loop = asyncio.get_running_loop()
            self._stop = asyncio.Event()
            self._core = Core(self.settings, METHODS, self._clock)
            await serve(self._core, self._listener, self._stop, self._ready.set)

        try:
            asyncio.run(run())
        except BaseException as error:  # noqa: BLE001 - reported to the thread that waits
            self._problem = error
        finally:
            self._ready.set()

    @property
    def core(self) -> Core:
        """The server's state; touch it through `run` only."""
        if self._core is None:
            raise RuntimeError("the local Telegram is not running")
        return self._core

    def run(self, act: Callable[[Core], Result]) -> Result:
        """Call a function in the server's event loop, for instance to create thousands of users."""

        async def acting() -> Result:
            return act(self.core)

        return self.run_async(acting())

    def run_async(self, acting: Coroutine[Any, Any, Result], timeout_s: float = 60.0) -> Result:
        """Run a coroutine in the server's event loop: a crowd of users, each a task."""
        if self._loop is None:
            raise RuntimeError("the local Telegram is not running")
        return asyncio.run_coroutine_threadsafe(acting, self._loop).result(timeout_s)

    @contextmanager
    def hold(self, method: str) -> Iterator[threading.Event]:
        """Hold back the calls of a method within a with-block; the event is set once there is one.

        Methods returned by the webhook are not held.
        """
        hold = Hold()
        self.run(lambda core: core.holds.update({method.lower(): hold}))
        try:
            yield hold.reached
        finally:
            self.run(lambda core: core.holds.pop(method.lower()).free.set())

    @contextmanager
    def slow(self, most_s: float, seed: int = 0) -> Iterator[None]:
        """Delay the bot's calls, and the answers to them, by up to `most_s` each within a with-block, at random.

        Methods returned by the webhook are not delayed.
        """
        chance = random.Random(seed)  # noqa: S311 - for tests
        self.core.delay_s = lambda: chance.uniform(0, most_s)
        try:
            yield
        finally:
            self.core.delay_s = lambda: 0.0
