"""One generation of the code: the resolved model, its environment, and the two processes that run it.

A reload starts the next generation alongside the running one and only then ends the old: a broken edit changes
nothing, and the listening sockets are never without a server.
"""

import json
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tapstack_local.errors import StartError
from tapstack_local.processes.child import Child, Show
from tapstack_local.processes.readiness import wait_until_ready
from tapstack_local.settings import Settings
from tapstack_local.template import model
from tapstack_local.template.model import App

_PACKAGE_ROOT = str(Path(__file__).parents[1])
_READY_S = 60.0
_CHECK_S = 15.0
STOP_S = 12.0


@dataclass(frozen=True)
class Generation:
    """The children of one version of the code."""

    app: App
    server: Child
    events: Child

    def children(self) -> list[Child]:
        """Return both processes."""
        return [self.server, self.events]

    def start(self, url: str, abandoned: Callable[[], bool]) -> None:
        """Start both and wait until they work; on failure stop both and raise StartError with the cause."""
        try:
            for child in self.children():
                child.start()
            for child in self.children():
                wait_until_ready(child, child.ready.is_set, _READY_S, abandoned=abandoned)
            check_http(self.app, url)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End both, after running requests and invocations have finished."""
        for child in self.children():
            child.terminate()
        for child in self.children():
            child.stop(STOP_S)


def prepare(
    number: int,
    app: App,
    settings: Settings,
    environment: Mapping[str, str],
    sockets: Sequence[socket.socket],
    show: Show,
    telegram_url: str = "",
) -> Generation:
    """Write the model and create the processes, not yet started.

    `telegram_url` is the local Telegram, if there is one: `/` redirects to its chat page, and test players can sign
    in, with its generated token.
    """
    path = settings.state_dir / "run" / f"app-{number}.json"
    model.save(app, path)
    earlier = os.environ.get("PYTHONPATH")
    full = dict(environment) | {
        "PYTHONPATH": os.pathsep.join([_PACKAGE_ROOT, *([earlier] if earlier else [])]),
        "PYTHONUNBUFFERED": "1",
    }
    fds = [listener.fileno() for listener in sockets]
    server = [
        "server", "--model", str(path), "--fds", ",".join(map(str, fds)),
        "--workers", str(settings.workers), "--threads", str(settings.threads),
        "--dist", str(settings.root / "miniapp" / "dist"),
        *(["--signin", "--home", f"{telegram_url}/"] if telegram_url and settings.local_only else []),
    ]  # fmt: skip
    events = ["events", "--model", str(path)]
    if settings.schedule_s:
        events += ["--period", str(settings.schedule_s)]
    python = [sys.executable, "-m", "tapstack_local"]
    logs = settings.state_dir / "logs"
    return Generation(
        app,
        Child(
            "server", python + server, full, logs / "server.log", show=show, pass_fds=fds,
            ready_lines=settings.workers,
        ),
        Child("events", python + events, full, logs / "events.log", show=show),
    )  # fmt: skip


def check_http(app: App, url: str) -> None:
    """Wait for a successful GET /health if the template has it, else for any response."""
    has_health = any(route.path == "/health" and route.method in ("GET", "ANY") for route in app.api.routes)
    address = f"{url}/health" if has_health else f"{url}/"
    deadline_s = time.monotonic() + _CHECK_S
    problem = ""
    while time.monotonic() < deadline_s:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310
                return
        except urllib.error.HTTPError as error:
            if not has_health and error.code < 500:
                return
            problem = f"HTTP {error.code}: {_short(error.read())}"
        except OSError as error:
            problem = str(error)
        time.sleep(0.1)
    raise StartError(f"GET {address} failed: {problem}")


def _short(body: bytes) -> str:
    text = body.decode("utf-8", "replace")
    try:
        return str(json.loads(text)["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return text[:300]
