"""Runs the whole game: starts everything in order, keeps it running, reloads it, stops it in order."""

import json
import os
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from tapstack_local.aws_resources import Attributes, deploy, find
from tapstack_local.backing_services import BackingService, check_given_redis, ministack, redis_server
from tapstack_local.backups.restore import refuse_unfinished
from tapstack_local.environment import base_environment, function_environment
from tapstack_local.errors import LocalError
from tapstack_local.generation import Generation, prepare
from tapstack_local.live.service import live
from tapstack_local.local_secrets import write_private
from tapstack_local.miniapp import build_miniapp
from tapstack_local.processes.child import Child
from tapstack_local.processes.orphans import end_recorded, record
from tapstack_local.processes.ports import listen
from tapstack_local.processes.readiness import wait_until_ready
from tapstack_local.settings import Settings
from tapstack_local.state_lock import lock
from tapstack_local.telegram import set_up_bot, set_up_bot_soon, telegram, wants_telegram
from tapstack_local.template import expansion as template
from tapstack_local.template.model import App
from tapstack_local.watch import code_folders, watch

_TICK_S = 0.1
_SERVICE_START_S = 30.0
_SERVICE_STOP_S = 15.0
_STEADY_S = 30.0
_BACKOFF_MAX_S = 10.0
_STOPPED_EARLY = 130


@dataclass
class _Restarts:
    """How often a child has died recently, and when it is restarted."""

    deaths: int = 0
    start_at_s: float | None = None


class Supervisor:
    """The parent of all processes of one game."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._changed: set[bool] = set()
        self._services: list[BackingService] = []
        self._generation: Generation | None = None
        self._number = 0
        self._restarts: dict[str, _Restarts] = {}
        self._deploy_again = False
        self._telegram_url = ""
        self._live: dict[str, str] = {}
        self._record_file = settings.state_dir / "processes.json"

    def run(self) -> int:
        """Run until a signal; returns the exit code. Raises LocalError, with all stopped, if something can't start."""
        settings = self._settings
        held = lock(settings.state_dir)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            # nohup ignores SIGHUP: respect that.
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._stop_signal)
        signal.signal(signal.SIGUSR1, lambda *_: self._on_change(True))
        try:
            refuse_unfinished(settings.state_dir)
            self._start()
            self._watch_children()
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
        for name in end_recorded(self._record_file):
            say(f"ended {name}, left over from a run that was killed")
        self._sockets = listen(settings.host, settings.port, settings.workers)
        build_miniapp(settings.root, say)
        self._start_services()
        self._template = settings.root / "template.yaml"
        self._expanded = template.expand(self._template, settings.parameters)
        self._start_telegram()
        self._start_live()
        self._wait_for_services()
        generation = self._next_generation()
        generation.start(settings.url, self._stopping.is_set)
        self._generation = generation
        if self._telegram_url:
            set_up_bot(settings, self._environment())
        elif settings.production:
            set_up_bot_soon(settings, self._environment(), say, self._stopping)
        if settings.reload:
            watch(self._template, code_folders(generation.app, settings.root), self._on_change, self._stopping)
        self._write_run_file()
        where = f"chat at {self._telegram_url}/, game at" if self._telegram_url else "play at"
        address, state = settings.public_url or settings.url, self._shown(settings.state_dir)
        say(f"ready: {where} {address}/ (Ctrl-C stops it; state in {state})")

    def _start_services(self) -> None:
        settings, given = self._settings, self._settings.given
        if "REDIS_URL" in given:
            check_given_redis(given["REDIS_URL"])
        else:
            self._services.append(redis_server(settings))
        if not (settings.on_aws or "AWS_ENDPOINT_URL" in given):
            self._services.append(ministack(settings))
        for service in self._services:
            service.process.start()
        self._record_pids()
        addresses = {service.process.name: service.url for service in self._services}
        self._redis_url = given.get("REDIS_URL") or addresses["redis"]
        self._endpoint_url = given.get("AWS_ENDPOINT_URL") or addresses.get("ministack", "")

    def _start_telegram(self) -> None:
        if not wants_telegram(self._settings, template.build(self._expanded)):
            return
        service = telegram(self._settings)
        self._services.append(service)
        service.process.start()
        self._record_pids()
        self._telegram_url = service.url

    def _start_live(self) -> None:
        api = template.build(self._expanded).sockets
        if api is None:
            return
        service, self._live = live(self._settings, api)
        self._services.append(service)
        service.process.start()
        self._record_pids()

    def _environment(self) -> dict[str, str]:
        return base_environment(self._settings, self._redis_url, self._endpoint_url, self._telegram_url, self._live)

    def _wait_for_services(self) -> None:
        for service in self._services:
            process = service.process
            log_name = self._shown(process.log)
            wait_until_ready(
                process, service.healthy, _SERVICE_START_S, abandoned=self._stopping.is_set, log_name=log_name
            )

    def _next_generation(self) -> Generation:
        settings = self._settings
        base = self._environment()
        app = template.build(self._expanded)
        app = template.build(self._expanded, self._stores(app, base))
        self._number += 1
        return prepare(
            self._number, app, settings, function_environment(app, base), self._sockets, say, self._telegram_url
        )

    def _stores(self, app: App, environment: dict[str, str]) -> Attributes:
        return (find if self._settings.on_aws else deploy)(app, environment)

    # While it runs

    def _watch_children(self) -> None:
        while not self._stopping.is_set():
            self._wake.wait(_TICK_S)
            self._wake.clear()
            for child in self._children():
                self._restart_if_ended(child)
            if self._deploy_again:
                self._redeploy()
            if self._changed and not self._stopping.is_set():
                self._reload()

    def _restart_if_ended(self, child: Child) -> None:
        restarts = self._restarts.setdefault(child.name, _Restarts())
        now_s = time.monotonic()
        if child.running():
            if restarts.deaths and now_s - child.started_at > _STEADY_S:
                restarts.deaths = 0
            return
        if restarts.start_at_s is None:
            delay_s = 0.0 if restarts.deaths == 0 else min(_BACKOFF_MAX_S, 0.5 * 2 ** (restarts.deaths - 1))
            restarts.deaths += 1
            restarts.start_at_s = now_s + delay_s
            say(f"{child.name} ended ({_how(child.exit_code())}); restarting it in {delay_s:.1f} s")
        if now_s >= restarts.start_at_s and not self._stopping.is_set():
            restarts.start_at_s = None
            child.start()
            self._write_run_file()
            # Its last save may predate some tables and queues.
            self._deploy_again = self._deploy_again or child.name == "ministack"

    def _redeploy(self) -> None:
        if not self._generation or not all(service.healthy() for service in self._services):
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
        """Start the edited code alongside the running code, then swap; on an error nothing changes."""
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
                say(f"not reloaded, the running code stays: {error}")
            return
        self._generation = generation
        self._write_run_file()
        if old:
            old.stop()
        say(f"reloaded in {time.monotonic() - began_s:.1f} s")

    # Files for others

    def _children(self) -> list[Child]:
        own = self._generation.children() if self._generation else []
        return [service.process for service in self._services] + own

    def _record_pids(self) -> None:
        record(self._record_file, {child.name: child.pid for child in self._children()})

    def _write_run_file(self) -> None:
        """Write run.json for tests and tools, and the list of processes that a later start cleans up."""
        self._record_pids()
        settings = self._settings
        ports = {service.process.name: {"port": service.port} for service in self._services}
        content = {
            "url": settings.url,
            "pid": os.getpid(),
            "processes": {child.name: {"pid": child.pid, **ports.get(child.name, {})} for child in self._children()},
            "redis_url": self._redis_url,
            "aws_endpoint_url": self._endpoint_url,
            "aws_credentials": "secrets.json" if "ministack" in ports else "",
            "aws_region": self._environment()["AWS_DEFAULT_REGION"],
            "telegram_url": self._telegram_url,
            "live_endpoint": self._live.get("LIVE_ENDPOINT", ""),
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
        for service in reversed(self._services):
            service.process.stop(_SERVICE_STOP_S)
        self._record_file.unlink(missing_ok=True)


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"


def say(text: str) -> None:
    """Print a line for the user at once."""
    print(text, flush=True)
