"""Processes that serve the same program, each on a socket of its own; one that ends is started again."""

import logging
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

from tapstack_local.gateway.http_server import HttpServer

logger = logging.getLogger("tapstack_local.gateway")
STOP_S = 10.0

Load = Callable[[], HttpServer]


def serve_in_workers(load: Load, listeners: Sequence[socket.socket], count: int, ready: Callable[[], None]) -> None:
    """Serve until SIGTERM, which lets running requests end; worker i serves listener i, or shares one.

    `load` makes a worker's server, in the worker, and `ready` is called there when it serves: processes are spawned, so
    both must be picklable.
    """
    woken, wake = os.pipe()
    stopping = threading.Event()

    def stop(_number: int, _frame: object) -> None:
        stopping.set()
        os.write(wake, b"x")

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)

    def start(index: int) -> BaseProcess:
        arguments = (load, listeners[index % len(listeners)], ready)
        process = multiprocessing.get_context("spawn").Process(target=_work, args=arguments, name=f"worker-{index}")
        process.start()
        return process

    workers = [start(index) for index in range(count)]
    while not stopping.is_set():
        wait([woken, *(worker.sentinel for worker in workers)])
        for index, worker in enumerate(workers):
            if not stopping.is_set() and not worker.is_alive():
                logger.info("worker %d ended (exit code %s); starting it again", index + 1, worker.exitcode)
                workers[index] = start(index)
    for worker in workers:
        worker.terminate()
    deadline_s = time.monotonic() + STOP_S
    for worker in workers:
        worker.join(max(0.0, deadline_s - time.monotonic()))
        if worker.is_alive():
            logger.warning("a worker was killed: requests did not end in %d s", STOP_S)
            worker.kill()
            worker.join()


def _work(load: Load, listener: socket.socket, ready: Callable[[], None]) -> None:
    ended = threading.Event()
    stopped = threading.Event()

    def stop(_number: int, _frame: object) -> None:
        stopped.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    server = load()
    server.start(listener)
    ready()
    stopped.wait()
    server.stop(ended.set)
    ended.wait()
