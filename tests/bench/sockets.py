"""Sockets of the embedded runtime, and of python-socketio in turn: memory, pushes, and all back after a restart.

The process `live` is measured with a function behind it that lets everybody in; pushes come from another process, by
the code that functions push with. Clients come back as the Mini App's do (miniapp/src/live/live.ts).
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import random
import resource
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

import psutil  # type: ignore[import-untyped]
from aiohttp import web
from support.servers import ROOT
from support.waiting import wait_until
from tapstack.live.api_gateway import ApiGatewaySockets
from tapstack.platform.aws_signature import Credentials
from tapstack_local.backing_services import http_answers
from tapstack_local.processes.ports import free_port

from bench.cases import Result
from bench.report import FOLDER
from bench.socket_clients import Client, now_s, opened

NAME = "sockets"
PEERS = ROOT / "tests/bench/peers.txt"
ROOM = 200
"""Connections that one push goes to: a room's at most."""

PUSH_S = 1.0
TEXT = "x" * 150
"""About a chat message."""

BASE_S, CAP_S = 1.0, 60.0
"""Of the page's attempts: the n-th comes after half to all of BASE_S * 2^(n-1), at most CAP_S."""

RATE_PER_S = 200
"""Connections a second that the template lets in (LiveRateLimit)."""

LATE_S = 120.0
_SECRET = "bench"  # noqa: S105


@dataclass(frozen=True)
class Size:
    """How many clients there are, are pushed to, and come back."""

    clients: int = 10_000
    pushed: int = 5_000
    back: int = 5_000


QUICK = Size(clients=400, pushed=400, back=200)


class Server(Protocol):
    """A server of WebSockets as a client meets it."""

    name: str
    port: int

    def start(self) -> psutil.Process: ...
    def path(self, number: int) -> str: ...
    def received(self, client: Client, text: bytes) -> str:
        """What a text is: `ready`, `pushed`, or nothing of interest."""

    def push(self, numbers: Sequence[int]) -> Callable[[], None]:
        """What another process does to push to clients."""


@dataclass
class Live:
    """The embedded runtime's process, with a function behind it in this one."""

    port: int
    invoke: str
    rate: float
    ids: dict[int, str] = field(default_factory=dict)
    name: str = "live"

    def start(self) -> psutil.Process:
        command = [sys.executable, "-m", "tapstack_local", "live", "--port", str(self.port), "--invoke", self.invoke]
        command += ["--rate", str(self.rate), *(f"--route={key}=f" for key in ("$connect", "$disconnect", "$default"))]
        return _started(command, {"LIVE_SECRET": _SECRET}, f"http://127.0.0.1:{self.port}/health")

    def path(self, number: int) -> str:
        return f"/live?ticket={number}"

    def received(self, client: Client, text: bytes) -> str:  # noqa: ARG002
        return "pushed"

    def push(self, numbers: Sequence[int]) -> Callable[[], None]:
        return _LivePush(f"http://127.0.0.1:{self.port}/{_SECRET}", [self.ids[number] for number in numbers])

    async def answer(self, request: web.Request) -> web.Response:
        """The function: it lets everybody in, and remembers who they are."""
        event = await request.json()
        if event["requestContext"]["eventType"] == "CONNECT":
            number = int(event["queryStringParameters"]["ticket"])
            self.ids[number] = event["requestContext"]["connectionId"]
        return web.json_response({"statusCode": 200})


@dataclass(frozen=True)
class _LivePush:
    endpoint: str
    ids: list[str]

    def __call__(self) -> None:
        sockets = _SOCKETS.get(self.endpoint)
        if sockets is None:
            sockets = ApiGatewaySockets(self.endpoint, "us-east-1", lambda: Credentials("key", "secret", ""))
            _SOCKETS[self.endpoint] = sockets
        sockets.push(self.ids, TEXT.encode())


_SOCKETS: dict[str, ApiGatewaySockets] = {}


@dataclass
class SocketIo:
    """python-socketio on aiohttp, which pushes from its own process, asked to by one request a room."""

    port: int
    ids: dict[int, str] = field(default_factory=dict)
    name: str = "python-socketio"

    def start(self) -> psutil.Process:
        command = [sys.executable, str(ROOT / "tests/bench/socketio_server.py"), str(self.port)]
        paths = os.pathsep.join([str(FOLDER / "peers"), *sys.path])
        return _started(
            command, {"PYTHONPATH": paths}, f"http://127.0.0.1:{self.port}/socket.io/?EIO=4&transport=polling"
        )

    def path(self, number: int) -> str:
        return f"/socket.io/?EIO=4&transport=websocket&number={number}"

    def received(self, client: Client, text: bytes) -> str:
        if text.startswith(b"0"):
            client.send(b"40")
        elif text == b"2":
            client.send(b"3")
        elif text.startswith(b"40"):
            number = int(client.path.rpartition("=")[2])
            self.ids[number] = json.loads(text[2:])["sid"]
            return "ready"
        return "pushed" if text.startswith(b"42") else ""

    def push(self, numbers: Sequence[int]) -> Callable[[], None]:
        return _SocketIoPush(f"http://127.0.0.1:{self.port}/push", [self.ids[number] for number in numbers])


@dataclass(frozen=True)
class _SocketIoPush:
    address: str
    ids: list[str]

    def __call__(self) -> None:
        body = json.dumps({"to": self.ids, "data": TEXT}).encode()
        request = urllib.request.Request(self.address, body, {"Content-Type": "application/json"})  # noqa: S310
        urllib.request.urlopen(request, timeout=30).close()  # noqa: S310


def run(size: Size, rounds: int) -> Iterator[Result]:
    """All rows, of both servers in turn; of `live` alone where the other can't be installed."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with _function() as (invoke, known):
        servers: list[Server] = []
        live = Live(free_port(), invoke, RATE_PER_S)
        known.append(live)
        servers.append(live)
        if _installed():
            servers.append(SocketIo(free_port()))
        rows = {server.name: _Rows(server.name, size) for server in servers}
        for _ in range(rounds):
            for server in servers:
                asyncio.run(_measure(server, size, rows[server.name]))
        for of_server in rows.values():
            yield from of_server.all()


class _Rows:
    """What is measured of one server."""

    def __init__(self, name: str, size: Size) -> None:
        self.memory = Result(f"{name}, {size.clients:,} sockets", "MB")
        self.pushes = Result(f"{name}, {size.pushed:,} pushes in 1 s", "pushed/s")
        self.back = Result(f"{name}, {size.back:,} back", "s")

    def all(self) -> list[Result]:
        return [self.memory, self.pushes, self.back]


class _Crowd:
    """Clients of one server, by number."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.clients: dict[int, Client] = {}
        self.ready: dict[int, asyncio.Future[None]] = {}
        self.pushed_s: dict[int, float] = {}

    async def enter(self, number: int) -> bool:
        """Connects a client and waits until it could be pushed to."""
        ready = self.ready[number] = asyncio.get_running_loop().create_future()

        def on_text(client: Client, text: bytes) -> None:
            kind = self.server.received(client, text)
            if kind == "ready" and not ready.done():
                ready.set_result(None)
            elif kind == "pushed":
                self.pushed_s[number] = now_s()

        client = await opened(self.server.port, self.server.path(number), on_text)
        if client is None:
            return False
        self.clients[number] = client
        if isinstance(self.server, SocketIo):
            await asyncio.wait({ready, client.ended}, return_when=asyncio.FIRST_COMPLETED)
            return ready.done()
        return True

    async def enter_all(self, numbers: Sequence[int]) -> None:
        """As fast as the template lets them in."""
        begin_s = now_s()
        entering = []
        for place, number in enumerate(numbers):
            if (early_s := begin_s + place / (0.95 * RATE_PER_S) - now_s()) > 0:
                await asyncio.sleep(early_s)
            entering.append(asyncio.ensure_future(self._insist(number)))
        await asyncio.gather(*entering)

    async def _insist(self, number: int) -> None:
        while not await self.enter(number):
            await asyncio.sleep(random.uniform(0.2, 1.0))  # noqa: S311

    async def come_back(self, number: int) -> float:
        """As a page does: returns when it is there."""
        failures = 0
        while True:
            failures += 1
            full_s = min(CAP_S, BASE_S * 2 ** (failures - 1))
            await asyncio.sleep(full_s / 2 + random.random() * full_s / 2)  # noqa: S311
            if await self.enter(number):
                return now_s()

    def close(self) -> None:
        for client in self.clients.values():
            client.close()


async def _measure(server: Server, size: Size, rows: _Rows) -> None:
    process = await asyncio.to_thread(server.start)
    crowd = _Crowd(server)
    try:
        await crowd.enter_all(range(size.clients))
        rows.memory.runs.append(process.memory_info().rss / 1e6)
        await _pushes(crowd, process, size.pushed, rows.pushes)
        for number in range(size.back, size.clients):
            crowd.clients.pop(number).close()
        await asyncio.to_thread(_kill, process)
        begin_s = now_s()
        ended = [client.ended for client in crowd.clients.values()]
        process = await asyncio.to_thread(server.start)
        await asyncio.gather(*ended)
        back = await asyncio.wait_for(asyncio.gather(*(crowd.come_back(number) for number in range(size.back))), LATE_S)
        rows.back.runs.append(max(back) - begin_s)
    finally:
        crowd.close()
        await asyncio.to_thread(_kill, process)


async def _pushes(crowd: _Crowd, process: psutil.Process, count: int, row: Result) -> None:
    """Pushes to rooms of clients, one after the other within a second, from another process."""
    rooms = [range(first, min(count, first + ROOM)) for first in range(0, count, ROOM)]
    work = [crowd.server.push(room) for room in rooms]
    every_s = PUSH_S / len(rooms)
    cpu_s = sum(process.cpu_times()[:2])
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    pushing = context.Process(target=_push, args=(theirs, work, every_s))
    pushing.start()
    begins_s = await asyncio.to_thread(ours.recv)
    until_s = now_s() + LATE_S
    while len(crowd.pushed_s) < count and now_s() < until_s:
        await asyncio.sleep(0.02)
    await asyncio.to_thread(pushing.join)
    late_ms = sorted(
        (crowd.pushed_s[number] - begins_s - place * every_s) * 1e3
        for place, room in enumerate(rooms)
        for number in room
        if number in crowd.pushed_s
    )
    took_s = max(crowd.pushed_s.values()) - begins_s
    row.runs.append(len(late_ms) / max(took_s, PUSH_S))
    row.details = {
        "p50_ms": late_ms[len(late_ms) // 2],
        "p99_ms": late_ms[len(late_ms) * 99 // 100],
        "cpu_us": (sum(process.cpu_times()[:2]) - cpu_s) / count * 1e6,
        "errors": count - len(late_ms),
    }


def _push(told: Any, work: Sequence[Callable[[], None]], every_s: float) -> None:
    """Pushes on time; tells when it begins."""
    begins_s = now_s() + 0.5
    told.send(begins_s)
    for place, push in enumerate(work):
        if (early_s := begins_s + place * every_s - now_s()) > 0:
            time.sleep(early_s)
        push()


@contextmanager
def _function() -> Iterator[tuple[str, list[Live]]]:
    """Lambda's Invoke call, in a thread: yields its address, and the list of who answers it (the first)."""
    known: list[Live] = []
    port, ready, ending = free_port(), threading.Event(), threading.Event()

    async def answer(request: web.Request) -> web.Response:
        return await known[0].answer(request)

    async def serve() -> None:
        app = web.Application()
        app.router.add_post("/{function}", answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        ready.set()
        while not ending.is_set():
            await asyncio.sleep(0.1)
        await runner.cleanup()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait()
    try:
        yield f"http://127.0.0.1:{port}/{{function}}", known
    finally:
        ending.set()
        thread.join()


def _started(command: Sequence[str], environment: dict[str, str], health: str) -> psutil.Process:
    log = (FOLDER / "sockets.log").open("ab")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment}
    process = psutil.Popen(command, env=env, stdout=log, stderr=log)
    wait_until("the server of sockets", lambda: http_answers(health))
    return process


def _kill(process: Any) -> None:
    process.kill()
    process.wait()


def _installed() -> bool:
    """Installs what is measured beside, if it is not there; whether it is."""
    folder = FOLDER / "peers"
    if (folder / "socketio").exists():
        return True
    folder.parent.mkdir(parents=True, exist_ok=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    command = [*pip, "--target", str(folder), "-r", str(PEERS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        print(f"python-socketio can't be installed: {done.stderr}")
    return done.returncode == 0
