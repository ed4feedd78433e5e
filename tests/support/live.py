"""A WebSocket API for tests: the process `live` with a function behind it, and clients to it."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

import aiohttp
from tapstack_local.backing_services import http_answers
from tapstack_local.processes.ports import free_port
from tapstack_local.processes.process import Process
from tapstack_local.processes.readiness import wait_until_ready

from support.servers import running
from support.waiting import DEADLINE_S

SECRET = "secret-of-the-tests"

Handler = Callable[[dict[str, Any]], Any]


class LiveProcess:
    """The embedded runtime's process `live`, which can be killed and started again at its address."""

    def __init__(self, port: int, invoke: str, function: str = "live") -> None:
        routes = [f"--route={route}={function}" for route in ("$connect", "$disconnect", "$default")]
        self._command = [
            sys.executable,
            "-m",
            "tapstack_local",
            "live",
            "--port",
            str(port),
            "--invoke",
            invoke,
            *routes,
        ]
        self._running: AbstractContextManager[Process] | None = None
        self.address = f"http://127.0.0.1:{port}"

    def start(self) -> None:
        env = {"LIVE_SECRET": SECRET, "PYTHONPATH": os.pathsep.join(sys.path)}
        self._running = running(self._command, env, "live")
        self._process = self._running.__enter__()
        wait_until_ready(self._process, lambda: http_answers(f"{self.address}/health"), DEADLINE_S)

    def kill(self) -> None:
        """SIGKILL: nobody is told."""
        self._process.kill()

    def stop(self) -> None:
        if self._running is not None:
            self._running.__exit__(None, None, None)


@contextmanager
def live_process(handler: Handler, port: int = 0) -> Iterator[LiveProcess]:
    """The embedded runtime's process `live` with one function behind all routes."""
    with function_server(handler) as invoke, live_beside(invoke, "live", port) as process:
        yield process


@contextmanager
def live_beside(invoke: str, function: str, port: int = 0) -> Iterator[LiveProcess]:
    """The same with a function elsewhere, by the address of Lambda's Invoke call there."""
    process = LiveProcess(port or free_port(), invoke, function)
    try:
        process.start()
        yield process
    finally:
        process.stop()


@contextmanager
def function_server(handler: Handler) -> Iterator[str]:
    """Lambda's Invoke call for a function of this process."""

    class Invoke(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = json.dumps(handler(event)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            with suppress(ConnectionError):  # the process has been stopped meanwhile
                self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Invoke)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{{function}}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Client:
    """One WebSocket, whose frames are read one after the other."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def ask(self, frame: dict[str, Any]) -> dict[str, Any]:
        """Sends a frame and returns the next that comes."""
        await self.socket.send_json(frame)
        return await self.next()

    async def next(self, kind: str = "") -> dict[str, Any]:
        """The next frame, of a kind if one is given: others before it are skipped."""
        while True:
            message = await self.socket.receive(DEADLINE_S)
            assert message.type is aiohttp.WSMsgType.TEXT, message
            frame = cast("dict[str, Any]", json.loads(message.data))
            if kind in ("", frame.get("type")):
                return frame

    async def closed(self) -> int | None:
        """The code that the server closes with."""
        while True:
            message = await self.socket.receive(DEADLINE_S)
            if message.type is not aiohttp.WSMsgType.TEXT:
                return self.socket.close_code
