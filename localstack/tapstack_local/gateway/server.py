"""The HTTP server process: granian workers that inherit the supervisor's listening sockets."""

import ctypes
import functools
import gc
import logging
import os
import resource
import signal
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from granian._granian import RSGIWorker, SocketHolder
from granian._signals import set_sync_signals
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MPServer
from granian.server.common import WORKERS_METHODS
from granian.server.mp import WorkerProcess

from tapstack_local.functions.pool import load_pools
from tapstack_local.functions.watchdog import InvocationTimeout, Watchdog
from tapstack_local.gateway.application import Gateway, Wsgi
from tapstack_local.gateway.event_loop import Endpoint, EventLoop
from tapstack_local.gateway.function_urls import FunctionUrls
from tapstack_local.gateway.invocations import PREFIX, SECRET, Invocations
from tapstack_local.gateway.rsgi import Caller, RsgiBridge, Scheduler
from tapstack_local.gateway.sign_in import SignIn
from tapstack_local.gateway.static import miniapp_files
from tapstack_local.processes.child import announce_ready
from tapstack_local.processes.parent_death import tie_to_parent
from tapstack_local.template import model
from tapstack_local.template.model import URL_PREFIX, Function

logger = logging.getLogger("tapstack_local.gateway")
_STOP_S = 10
_BACKLOG = 1024
_CONNECTIONS = 16_384
"""Open connections per worker. Each of a player's pages keeps one: granian's own limit, the backlog divided among the
workers, would leave the 1,025th player without an answer."""
_RECYCLE_S = 3.0
_HEADERS_MS = 30_000
"""How long a request's headers may take, and how long a connection may wait for the next request: players send
one at least every 15 s."""
_HEADERS_BYTES = 64 * 1024


class InheritedServer(MPServer):
    """Granian on sockets that are already open: worker i serves socket i. The loader returns a RsgiBridge."""

    def __init__(self, fds: list[int], workers: int, **options: Any) -> None:
        super().__init__(
            "tapstack_local",
            interface=Interfaces.RSGI,
            workers=workers,
            backpressure=_CONNECTIONS,
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(header_read_timeout=_HEADERS_MS, max_buffer_size=_HEADERS_BYTES),
            websockets=False,
            **options,
        )
        self._fds = fds

    def _init_shared_socket(self) -> None:
        self._ssp = None
        self._sockets = [socket.socket(fileno=fd) for fd in self._fds]
        holder: Any = SocketHolder  # its stub has no arguments
        self._holders = [holder(fd, False, _BACKLOG) for fd in self._fds]

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> Any:  # type: ignore[override]
        mine = idx % len(self._fds)
        self._shd: Any = self._holders[mine]
        self._sso: Any = self._sockets[mine]
        return super()._spawn_worker(idx, target, callback_loader)

    @staticmethod
    @WorkerProcess.wrap_target  # type: ignore[untyped-decorator]
    def _spawn_rsgi_worker(
        worker_id: int, bridge: RsgiBridge, sock: Any, ipc: Any, _loop: Any, runtime_mode: Any, runtime_threads: int,
        runtime_blocking_threads: int, _threads: int, idle_s: int, backpressure: int, _task: Any, http: Any, http1: Any,
        http2: Any, websockets: bool, static: Any, _log: Any, ssl: Any, _scope: Any, metrics: Any,
    ) -> None:  # fmt: skip
        """Granian's own, except for the event loop: a RsgiBridge replaces it, on as many threads as it needs."""
        ended = threading.Event()
        ending = set_sync_signals()  # type: ignore[no-untyped-call]
        ending.add_cb(ended.set)
        stop: Any = signal.getsignal(signal.SIGTERM)

        def stop_all(number: int, frame: Any) -> None:
            bridge.stop()
            stop(number, frame)

        signal.signal(signal.SIGTERM, stop_all)
        make: Any = RSGIWorker  # its stub is of an older version
        worker = make(
            worker_id, sock, ipc, runtime_threads, runtime_blocking_threads, 1, idle_s, backpressure,
            http, http1, http2, websockets, static, *ssl, metrics,
        )  # fmt: skip
        caller = Caller()
        serve = getattr(worker, WORKERS_METHODS[runtime_mode][False])
        bridge.start()
        serve(Scheduler(caller, bridge.take, None, None, None), caller, ending)
        ended.wait()


def load_gateway(model_path: str, threads: int, paths: tuple[str, str], signs_in: bool, master: int) -> RsgiBridge:
    """Make a worker's application, inside the worker. A function that does not load ends the server.

    `paths` are the built Mini App's folder, and the redirect of `/`.
    """
    tie_to_parent(master)
    configure_logging()
    app = model.load(Path(model_path))
    watchdog = Watchdog(_end_invocation)
    try:
        sockets = set(app.sockets.routes.values()) if app.sockets else set()
        served = {route.function for route in app.api.routes} | {url.function for url in app.urls} | sockets
        pools = load_pools(app, served, watchdog)
    except BaseException:
        logger.exception("a function can't be loaded")
        os.kill(master, signal.SIGTERM)
        os._exit(1)
    watchdog.start()
    dist, home = paths
    mounts: dict[str, Wsgi] = {"/app/": miniapp_files(Path(dist), "app/", os.environ.get("TELEGRAM_API_BASE", ""))}
    urls = FunctionUrls(app, pools)
    if app.urls:
        mounts[URL_PREFIX] = urls
    if sockets:
        mounts[PREFIX] = Invocations(pools, sockets, os.environ[SECRET])
    if signs_in:
        mounts["/dev/"] = SignIn(os.environ["TELEGRAM_BOT_TOKEN"])
    gateway = Gateway(app, pools, mounts, {"/": home})

    def find(method: str, path: str) -> Endpoint | None:
        return (urls if path.startswith(URL_PREFIX) else gateway).endpoint(method, path)

    executor = ThreadPoolExecutor(threads, "function")
    loop = EventLoop(pools, find, executor, watchdog)
    gc.collect()
    gc.freeze()  # what is loaded by now stays: no collection need go through it again
    announce_ready()
    return RsgiBridge(gateway, executor, loop=loop, error_headers=app.api.headers_4xx.items())


def _end_invocation(function: Function, request_id: str, thread: int) -> None:
    """End an invocation that timed out, and with it this worker, as Lambda ends the environment."""
    logger.error("request %s: %s timed out after %d s", request_id, function.id, function.timeout_s)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(InvocationTimeout))
    # Code that waits outside of Python does not receive the exception: its worker ends without an answer.
    exit_hard = threading.Timer(_RECYCLE_S, os._exit, (1,))
    exit_hard.daemon = True
    exit_hard.start()
    exit_soft = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM))
    exit_soft.daemon = True
    exit_soft.start()


def serve(model_path: str, fds: list[int], workers: int, threads: int, paths: tuple[str, str], signs_in: bool) -> None:
    """Serve until SIGTERM, which lets running requests end."""
    _raise_file_limit()
    server = InheritedServer(
        fds,
        workers,
        blocking_threads_idle_timeout=600,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0,
        workers_kill_timeout=_STOP_S,
    )
    loader: Any = functools.partial(load_gateway, model_path, threads, paths, signs_in, os.getpid())
    server.serve(target_loader=loader, wrap_loader=False)


def _raise_file_limit() -> None:
    """Raise the limit of open files to this user's maximum; a connection is one, and many systems start with 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * _CONNECTIONS if hard == resource.RLIM_INFINITY else min(hard, 2 * _CONNECTIONS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def configure_logging() -> None:
    """Log to stdout, which the supervisor writes to a file."""
    logging.basicConfig(
        level=os.environ.get("LOG_LEVEL", "INFO").upper(),
        format="%(levelname)s %(name)s: %(message)s",
        stream=sys.stdout,
    )
    logging.getLogger("botocore").setLevel(logging.WARNING)
