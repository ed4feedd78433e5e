"""Load from many players over kept-alive connections: by wrk if it is installed, else by our own generator."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

SCRIPT = Path(__file__).with_name("requests.lua")
_floor = count(int(time.time()) % 100_000 * 10, 1_000)
"""Each run's counters start above those of earlier runs."""


@dataclass(frozen=True)
class Plan:
    """What to send: each player's header line and body; see requests.lua for @N and @U.

    Each connection waits `wait_ms` before a request.
    """

    port: int
    method: str
    path: str
    players: Sequence[tuple[str, str]]
    wait_ms: int = 0


@dataclass(frozen=True)
class Outcome:
    """Requests answered in `seconds`, their latencies, and how many failed or were refused (4xx, 5xx)."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    errors: int

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


def name() -> str:
    """The load generator's name."""
    return "wrk" if shutil.which("wrk") else "asyncio"


def run(plan: Plan, connections: int, seconds: float) -> Outcome:
    """Sends for the given time, one request after another on each connection."""
    binary = shutil.which("wrk")
    return _wrk(binary, plan, connections, seconds) if binary else asyncio.run(_own(plan, connections, seconds))


def _wrk(binary: str, plan: Plan, connections: int, seconds: float) -> Outcome:
    with tempfile.NamedTemporaryFile("w", suffix=".players") as file:
        file.writelines(f"{header}\t{body}\n" for header, body in plan.players)
        file.flush()
        load = [f"-c{connections}", "-t1", f"-d{max(1, round(seconds))}s", "--timeout", "5s"]
        command = [binary, *load, "-s", str(SCRIPT), f"http://127.0.0.1:{plan.port}", "--"]
        command += [plan.method, plan.path, file.name, str(next(_floor)), str(plan.wait_ms)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 60)  # noqa: S603
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    requests, took_us, p50_us, p99_us, errors = (int(field) for field in line.split()[1:])
    return Outcome(requests, took_us / 1e6, p50_us / 1e3, p99_us / 1e3, errors)


class _Turns:
    """The next request, as bytes."""

    def __init__(self, plan: Plan) -> None:
        self._plan, self._at, self._taps = plan, 0, next(_floor)
        self._unique = self._taps * 1_000
        self.wait_s = plan.wait_ms / 1_000

    def next(self) -> bytes:
        plan = self._plan
        header, body = plan.players[self._at]
        content = body.replace("@N", str(self._taps)).replace("@U", str(self._unique)).encode()
        self._at, self._unique = self._at + 1, self._unique + 1
        if self._at == len(plan.players):
            self._at, self._taps = 0, self._taps + 3
        lines = [f"{plan.method} {plan.path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(content)}"]
        lines += ["Content-Type: application/json", *([header] if header else []), "", ""]
        return "\r\n".join(lines).encode() + content


class _Connection(asyncio.Protocol):
    """Sends the next request once the last is answered; answers need a Content-Length."""

    def __init__(self, turns: _Turns, latencies_s: list[float], statuses: list[int]) -> None:
        self._turns, self._latencies_s, self._statuses = turns, latencies_s, statuses
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, separator, rest = self._buffer.partition(b"\r\n\r\n")
        if not separator:
            return
        at = head.lower().find(b"content-length: ")
        length = int(head[at + 16 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(rest) >= length:
            self._latencies_s.append(time.perf_counter() - self._sent_s)
            self._statuses.append(int(head[9:12]))
            self._buffer = b""
            asyncio.get_running_loop().call_later(self._turns.wait_s, self._send)

    def _send(self) -> None:
        self._sent_s = time.perf_counter()
        self._transport.write(self._turns.next())


async def _own(plan: Plan, connections: int, seconds: float) -> Outcome:
    loop, turns = asyncio.get_running_loop(), _Turns(plan)
    latencies_s: list[float] = []
    statuses: list[int] = []
    began_s = time.perf_counter()
    opened = [
        await loop.create_connection(lambda: _Connection(turns, latencies_s, statuses), "127.0.0.1", plan.port)
        for _ in range(connections)
    ]
    await asyncio.sleep(seconds)
    took_s = time.perf_counter() - began_s
    for transport, _ in opened:
        transport.abort()
    ordered = sorted(latencies_s) or [0.0]
    errors = sum(status >= 400 for status in statuses)
    middle, late = ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100]
    return Outcome(len(latencies_s), took_s, middle * 1e3, late * 1e3, errors)
