"""The local Telegram as a library for tests: a server of one's own, and people who act.

    with LocalTelegram() as telegram:
        bot = telegram.bot_url, telegram.token          # python-telegram-bot: Bot(token, base_url=bot_url)
        ada = telegram.user(first_name="Ada", language_code="en")
        ada.start("ref_abc")
        home = ada.wait_for(lambda message: "Welcome" in message.text)
        toast = ada.press(home, "Tap!").toast()

`LocalTelegram.connect(url)` drives a server that runs elsewhere in the same way. Everything waits on a
condition, with a deadline.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import httpx
from tapstack_local.processes.ports import free_port

from .clock import Clock
from .core import Core, Hold
from .running import serve
from .settings import LOCAL_TOKEN, Limits, Settings
from .testing_people import WAIT_S, Group, Person
from .world import Json

Result = TypeVar("Result")

START_WITHIN_S = 60.0


class LocalTelegram:
    """A server on a free port, in a thread of its own."""

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        limits: Limits | None = None,
        state_dir: Path | None = None,
        token: str = LOCAL_TOKEN,
        username: str = "tapstack_local_bot",
        main_app_url: str = "",
        retry_scale: float = 0.01,
        webhook_timeout_s: float = 10.0,
        port: int = 0,
    ) -> None:
        self.settings = Settings(
            port=port or free_port(),
            token=token,
            username=username,
            main_app_url=main_app_url,
            state_dir=state_dir,
            retry_scale=retry_scale,
            webhook_timeout_s=webhook_timeout_s,
            limits=limits or Limits(),
        )
        self.url = f"http://127.0.0.1:{self.settings.port}"
        self.token = token
        self._clock = clock
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._elsewhere = False
        self._stop: asyncio.Event | None = None
        self._core: Core | None = None
        self._problem: BaseException | None = None
        self.http = httpx.Client(base_url=self.url, timeout=70)

    @classmethod
    def connect(cls, url: str, token: str = LOCAL_TOKEN) -> "LocalTelegram":
        """A server that runs already. `core` and `run` are not to be had there."""
        telegram = cls(token=token)
        telegram._elsewhere = True
        telegram.url = url.rstrip("/")
        telegram.http.base_url = httpx.URL(telegram.url)
        return telegram

    def __enter__(self) -> "LocalTelegram":
        if self._elsewhere:
            return self
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,), name="local-telegram")
        self._thread.start()
        if not ready.wait(START_WITHIN_S) or self._problem:
            raise RuntimeError(f"the local Telegram did not start: {self._problem!r}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()
        if self._thread and self._loop and self._stop:
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(START_WITHIN_S)

    def _serve(self, ready: threading.Event) -> None:
        async def run() -> None:
            self._stop = asyncio.Event()
            self._core = Core(self.settings, self._clock)
            await serve(self._core, self._stop, ready.set)

        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)  # Granian asks for the thread's loop
        try:
            self._loop.run_until_complete(run())
        except BaseException as error:  # noqa: BLE001 - told to the thread that waits
            self._problem = error
        finally:
            self._loop.close()
            ready.set()

    @property
    def bot_url(self) -> str:
        """What python-telegram-bot calls base_url."""
        return f"{self.url}/bot"

    @property
    def core(self) -> Core:
        """The server's state; touch it through `run` only."""
        if self._core is None:
            raise RuntimeError("the local Telegram does not run in this process")
        return self._core

    def run(self, act: Callable[[Core], Result]) -> Result:
        """Do something in the server's own event loop, for instance for thousands of users."""

        async def acting() -> Result:
            return act(self.core)

        return self.run_async(acting())

    def run_async(self, acting: Coroutine[Any, Any, Result], timeout_s: float = 60.0) -> Result:
        """Run a coroutine in the server's event loop: a crowd of players, each a task."""
        if self._loop is None:
            raise RuntimeError("the local Telegram does not run in this process")
        return asyncio.run_coroutine_threadsafe(acting, self._loop).result(timeout_s)

    def call(self, name: str, **params: Any) -> Json:
        """Call a Bot API method; answers the whole JSON body, errors included."""
        body: Json = self.http.post(f"/bot{self.token}/{name}", json=params).json()
        return body

    def act(self, verb: str, **given: Any) -> Any:
        """One of the page's verbs. Raises AssertionError with the server's words."""
        response = self.http.post(f"/api/{verb}", json=given)
        assert response.status_code == 200, f"{verb} {given}: {response.text}"  # noqa: S101
        return response.json()

    def user(
        self,
        id: int = 0,
        *,
        first_name: str = "Ada",
        last_name: str = "",
        username: str = "",
        language_code: str = "en",
    ) -> Person:
        """A test user, made where there is none with this id."""
        made = self.act(
            "make_user",
            id=id,
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language_code,
        )
        return Person(self, made["id"])

    def group(self, owner: Person, title: str, *members: Person) -> Group:
        """A group with the bot in it."""
        made = self.act("group", user=owner.id, title=title, members=[member.id for member in members])
        return Group(self, owner, made["id"])

    @contextmanager
    def hold(self, method: str) -> Iterator[threading.Event]:
        """For the time of a with-block calls of a method are on their way; the event is set once there is one.

        Not those that a webhook answers.
        """
        hold = Hold()
        self.run(lambda core: core.holds.update({method.lower(): hold}))
        try:
            yield hold.reached
        finally:
            self.run(lambda core: core.holds.pop(method.lower()).free.set())

    def stats(self) -> Json:
        """What `/stats` says."""
        shown: Json = self.http.get("/stats").json()
        return shown

    def reset_stats(self) -> None:
        """Count from nothing."""
        self.http.post("/stats/reset")

    def settle(self, timeout_s: float = WAIT_S) -> None:
        """Wait until no update is waiting for the bot."""
        deadline = time.monotonic() + timeout_s
        while waiting := self.stats()["pending_updates"]:
            if time.monotonic() > deadline:
                raise AssertionError(f"{waiting} updates still wait for the bot after {timeout_s} s")
            time.sleep(0.01)
