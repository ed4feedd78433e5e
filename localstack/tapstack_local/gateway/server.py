"""The HTTP server process: workers on the supervisor's listening sockets, one for each."""

import ctypes
import faulthandler
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

from tapstack_local.functions.pool import load_pools
from tapstack_local.functions.watchdog import InvocationTimeout, Watchdog
from tapstack_local.gateway.application import Gateway, Wsgi
from tapstack_local.gateway.event_loop import Endpoint, EventLoop
from tapstack_local.gateway.function_urls import FunctionUrls
from tapstack_local.gateway.http_server import HttpServer, Limits
from tapstack_local.gateway.invocations import PREFIX, SECRET, Invocations
from tapstack_local.gateway.sign_in import SignIn
from tapstack_local.gateway.static import miniapp_files
from tapstack_local.gateway.workers import serve_in_workers
from tapstack_local.processes.child import announce_ready
from tapstack_local.processes.parent_death import tie_to_parent
from tapstack_local.template import model
from tapstack_local.template.model import URL_PREFIX, Function

logger = logging.getLogger("tapstack_local.gateway")
_RECYCLE_S = 3.0
_SPARE_FILES = 256

_GARBAGE = (700, 10, 100)
"""When garbage is collected; Python's own last number is 10. A full collection goes through every connection, 63 ms of
CPU with 12,500 of them, and nobody is answered meanwhile. It is for cycles that have become old, and connections leave
none: now it takes 700,000 more objects.
"""


def load_gateway(model_path: str, threads: int, paths: tuple[str, str], signs_in: bool, master: int) -> HttpServer:
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
    gc.set_threshold(*_GARBAGE)
    limits = Limits(connections=min(Limits.connections, _files() - _SPARE_FILES))
    return HttpServer(gateway, executor, loop, error_headers=app.api.headers_4xx.items(), limits=limits)


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
    load = functools.partial(load_gateway, model_path, threads, paths, signs_in, os.getpid())
    serve_in_workers(load, [socket.socket(fileno=fd) for fd in fds], workers, announce_ready)


def _raise_file_limit() -> None:
    """Raise the limit of open files to this user's maximum; a connection is one, and many systems start with 1,024."""
    wanted = 2 * Limits.connections
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY:
        wanted = min(hard, wanted)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _files() -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 2 * Limits.connections if soft == resource.RLIM_INFINITY else soft


def configure_logging() -> None:
    """Log to stdout, which the supervisor writes to a file."""
    logging.basicConfig(
        level=os.environ.get("LOG_LEVEL", "INFO").upper(),
        format="%(levelname)s %(name)s: %(message)s",
        stream=sys.stdout,
    )
    logging.getLogger("botocore").setLevel(logging.WARNING)
    faulthandler.enable(sys.stdout)  # what ends a worker without a Python error leaves its threads' stacks
