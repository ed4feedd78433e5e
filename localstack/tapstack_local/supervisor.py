"""Runs the whole game: starts everything in order, keeps it running, reloads it, stops it in order."""

import json
import os
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from tapstack_local.aws_resources import deploy
from tapstack_local.backing_services import Store, check_given_redis, ministack_store, redis_store
from tapstack_local.errors import LocalError, StartError
from tapstack_local.generation import Generation, prepare
from tapstack_local.miniapp import build_miniapp
from tapstack_local.processes.child import Child
from tapstack_local.processes.orphans import end_orphans, lock, record
from tapstack_local.processes.ports import listen
from tapstack_local.settings import Settings, base_environment, function_environment, write_private
from tapstack_local.telegram import set_up_bot, telegram_store, wants_telegram
from tapstack_local.template import expansion as template
from tapstack_local.watch import code_folders, watch

_TICK_S = 0.1
_STORE_START_S = 30.0
_STORE_STOP_S = 15.0
_STEADY_S = 30.0
_BACKOFF_MAX_S = 10.0
_STOPPED_EARLY = 130


@dataclass
class _Care:
    """How often a child died lately and when it is started again."""

    deaths: int = 0
    start_at_s: float | None = None


class Supervisor:
    """The parent of all processes of one game."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._changed: set[bool] = set()
        self._stores: list[Store] = []
        self._generation: Generation | None = None
        self._number = 0
        self._care: dict[str, _Care] = {}
        self._deploy_again = False
        self._telegram_url = ""

    def run(self) -> int:
        """Run until a signal; returns the exit code. What can't start raises LocalError, with all stopped."""
        settings = self._settings
        held = lock(settings.state_dir)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            # nohup has SIGHUP ignored: so be it.
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._stop_signal)
        try:
            self._start()
            self._look_after()
        except LocalError:
            if not self._stopping.is_set():
                raise
            return _STOPPED_EARLY
        finally:
            self._stop()
            held.close()
        return 0

    def _stop_signal(self, _number: int, _frame: FrameType | None) -> None:
        if not self._stopping.is_set():
            say("stopping")
        self._stopping.set()
        self._wake.set()

    # Start

    def _start(self) -> None:
        settings = self._settings
        for name in end_orphans(settings.state_dir):
            say(f"ended {name}, left over from a run that was killed")
        self._sockets = listen(settings.host, settings.port, settings.workers)
        build_miniapp(settings.root, say)
        self._start_stores()
        self._template = settings.root / "template.yaml"
        self._expanded = template.expand(self._template, settings.parameters)
        self._start_telegram()
        self._wait_for_stores()
        generation = self._next_generation()
        generation.start(settings.url, self._stopping.is_set)
        self._generation = generation
        if self._telegram_url:
            set_up_bot(settings, self._environment())
        if settings.reload:
            watch(self._template, code_folders(generation.app, settings.root), self._on_change, self._stopping)
        self._remember()
        where = f"chat at {self._telegram_url}/, game at" if self._telegram_url else "play at"
        say(f"ready: {where} {settings.url}/ (Ctrl-C stops it; state in {self._shown(settings.state_dir)})")

    def _start_stores(self) -> None:
        given = self._settings.given
        if "REDIS_URL" in given:
            check_given_redis(given["REDIS_URL"])
        else:
            self._stores.append(redis_store(self._settings))
        if "AWS_ENDPOINT_URL" not in given:
            self._stores.append(ministack_store(self._settings))
        for store in self._stores:
            store.child.start()
        self._record()
        addresses = {store.child.name: store.url for store in self._stores}
        self._redis_url = given.get("REDIS_URL") or addresses["redis"]
        self._endpoint_url = given.get("AWS_ENDPOINT_URL") or addresses["ministack"]

    def _start_telegram(self) -> None:
        if not wants_telegram(self._settings, template.build(self._expanded)):
            return
        store = telegram_store(self._settings)
        self._stores.append(store)
        store.child.start()
        self._record()
        self._telegram_url = store.url

    def _environment(self) -> dict[str, str]:
        return base_environment(self._settings, self._redis_url, self._endpoint_url, self._telegram_url)

    def _wait_for_stores(self) -> None:
        deadline_s = time.monotonic() + _STORE_START_S
        for store in self._stores:
            name, log = store.child.name, self._shown(store.child.log)
            while not store.healthy():
                if not store.child.running():
                    raise StartError(f"{name} did not start (its log is {log}):\n{store.child.tail()}")
                if self._stopping.is_set():
                    raise StartError("stopped while starting")
                if time.monotonic() > deadline_s:
                    raise StartError(f"{name} does not answer after {_STORE_START_S:.0f} s (its log is {log})")
                time.sleep(0.03)

    def _next_generation(self) -> Generation:
        settings = self._settings
        base = self._environment()
        app = template.build(self._expanded)
        app = template.build(self._expanded, deploy(app, base))
        self._number += 1
        return prepare(
            self._number, app, settings, function_environment(app, base), self._sockets, say, self._telegram_url
        )

    # While it runs

    def _look_after(self) -> None:
        while not self._stopping.is_set():
            self._wake.wait(_TICK_S)
            self._wake.clear()
            for child in self._children():
                self._revive(child)
            if self._deploy_again:
                self._redeploy()
            if self._changed and not self._stopping.is_set():
                self._reload()

    def _revive(self, child: Child) -> None:
        care = self._care.setdefault(child.name, _Care())
        now_s = time.monotonic()
        if child.running():
            if care.deaths and now_s - child.started_at > _STEADY_S:
                care.deaths = 0
            return
        if care.start_at_s is None:
            delay_s = 0.0 if care.deaths == 0 else min(_BACKOFF_MAX_S, 0.5 * 2 ** (care.deaths - 1))
            care.deaths += 1
            care.start_at_s = now_s + delay_s
            say(f"{child.name} ended ({_how(child.exit_code())}); starting it again in {delay_s:.1f} s")
        if now_s >= care.start_at_s and not self._stopping.is_set():
            care.start_at_s = None
            child.start()
            self._remember()
            # Its last save may be older than the tables and queues.
            self._deploy_again = self._deploy_again or child.name == "ministack"

    def _redeploy(self) -> None:
        if not self._generation or not all(store.healthy() for store in self._stores):
            return
        base = self._environment()
        try:
            deploy(self._generation.app, base)
            self._deploy_again = False
        except LocalError as error:
            say(f"error: {error}")

    def _on_change(self, is_template: bool) -> None:
        self._changed.add(is_template)
        self._wake.set()

    def _reload(self) -> None:
        """Bring up the edited code next to the running one, then swap; on an error nothing changes."""
        changed, self._changed = self._changed, set()
        settings, old = self._settings, self._generation
        began_s = time.monotonic()
        previous = self._expanded
        try:
            if True in changed:
                self._expanded = template.expand(self._template, settings.parameters)
            generation = self._next_generation()
            generation.start(settings.url, self._stopping.is_set)
        except LocalError as error:
            self._expanded = previous
            if not self._stopping.is_set():
                say(f"not reloaded, the code from before goes on: {error}")
            return
        self._generation = generation
        self._remember()
        if old:
            old.stop()
        say(f"reloaded in {time.monotonic() - began_s:.1f} s")

    # What others read

    def _children(self) -> list[Child]:
        own = self._generation.children() if self._generation else []
        return [store.child for store in self._stores] + own

    def _record(self) -> None:
        record(self._settings.state_dir, {child.name: child.pid for child in self._children()})

    def _remember(self) -> None:
        """Write run.json for tests and tools, and the list for a next start to clean up."""
        self._record()
        settings = self._settings
        ports = {store.child.name: {"port": store.port} for store in self._stores}
        content = {
            "url": settings.url,
            "pid": os.getpid(),
            "processes": {child.name: {"pid": child.pid, **ports.get(child.name, {})} for child in self._children()},
            "redis_url": self._redis_url,
            "aws_endpoint_url": self._endpoint_url,
            "aws_credentials": "" if "AWS_ENDPOINT_URL" in settings.given else "secrets.json",
            "telegram_url": self._telegram_url,
        }
        write_private(settings.state_dir / "run.json", json.dumps(content, indent=1))

    def _shown(self, path: Path) -> str:
        root = self._settings.root
        return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)

    # Stop

    def _stop(self) -> None:
        self._stopping.set()
        (self._settings.state_dir / "run.json").unlink(missing_ok=True)
        if self._generation:
            self._generation.stop()
        for store in reversed(self._stores):
            store.child.stop(_STORE_STOP_S)
        (self._settings.state_dir / "processes.json").unlink(missing_ok=True)


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"


def say(text: str) -> None:
    """Print a line for the player at once."""
    print(text, flush=True)
