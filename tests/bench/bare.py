"""The ceiling: a constant response from the same HTTP server, with the game's number of workers and threads."""

from __future__ import annotations

import multiprocessing
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any

import psutil  # type: ignore[import-untyped]
from tapstack_local.functions.watchdog import Watchdog
from tapstack_local.gateway.event_loop import EventLoop
from tapstack_local.gateway.http_server import HttpServer
from tapstack_local.gateway.workers import serve_in_workers
from tapstack_local.processes.ports import free_port, listen

BODY = b'{"taps":1234,"accepted":3,"clicks":1234,"total_clicks":9999,"leaderboard_version":1,"flush_every_ms":1000}'


def _load(threads: int) -> HttpServer:
    def answer(environ: dict[str, Any], start: Callable[..., object]) -> list[bytes]:
        environ["wsgi.input"].read()
        start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(BODY)))])
        return [BODY]

    executor = ThreadPoolExecutor(threads)
    return HttpServer(answer, executor, EventLoop({}, lambda _method, _path: None, executor, Watchdog(lambda *_: None)))


def _serve(port: int, workers: int, threads: int) -> None:
    serve_in_workers(partial(_load, threads), listen("127.0.0.1", port, workers), workers, _ready)


def _ready() -> None:
    """Nobody is told: `bare_server` asks."""


@contextmanager
def bare_server(workers: int, threads: int) -> Iterator[int]:
    """Runs the server for the duration of a with-block; yields its port."""
    port = free_port()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(port, workers, threads))
    process.start()
    try:
        _wait(port)
        yield port
    finally:
        children = psutil.Process(process.pid).children(recursive=True)
        process.terminate()
        process.join(10)
        for child in children:
            if child.is_running():
                child.kill()


def _wait(port: int) -> None:
    deadline_s = time.monotonic() + 20
    while time.monotonic() < deadline_s:
        with socket.socket() as probe:
            probe.settimeout(1)
            try:
                probe.connect(("127.0.0.1", port))
                probe.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                if probe.recv(20).startswith(b"HTTP/1.1 200"):
                    return
            except OSError:
                pass
        time.sleep(0.1)
    raise AssertionError("the bare server does not answer")
