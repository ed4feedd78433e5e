"""A player with an open Mini App, reduced to pace and counting: cheap enough for thousands in one process."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import msgspec
from bench.world import Active

CAPACITY, TAPS_PER_S = 450, 25
WATCHING = 0.1
"""The share of players who watch without tapping."""

RETRY_S = 1.0


@dataclass
class Tally:
    """What all players have experienced since the tally was last emptied."""

    latencies_s: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    cut: int = 0

    @property
    def errors(self) -> int:
        return self.cut + sum(n for status, n in self.statuses.items() if status != 200)

    def late(self, share: float) -> float:
        """The latency in ms that this share of the requests stayed below."""
        ordered = sorted(self.latencies_s)
        return ordered[int(len(ordered) * share)] * 1e3 if ordered else 0.0

    def add(self, seen: Tally) -> None:
        self.latencies_s += seen.latencies_s
        self.statuses += seen.statuses
        self.cut += seen.cut

    def take(self) -> Tally:
        """Returns the tally and starts over."""
        seen = Tally(self.latencies_s, self.statuses, self.cut)
        self.latencies_s, self.statuses, self.cut = [], Counter(), 0
        return seen


class Wire(asyncio.Protocol):
    """One keep-alive connection, one request at a time; every answer of the game has a Content-Length."""

    def __init__(self) -> None:
        self._buffer = b""
        self._waiting: asyncio.Future[tuple[int, bytes]] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, end, body = self._buffer.partition(b"\r\n\r\n")
        at = head.lower().find(b"content-length: ")
        if not end or len(body) < int(head[at + 16 :].split(b"\r", 1)[0]):
            return
        self._buffer = b""
        if self._waiting and not self._waiting.done():
            self._waiting.set_result((int(head[9:12]), body))

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(exc or ConnectionResetError())

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        self._waiting = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await asyncio.wait_for(self._waiting, 12)


class Player:
    """Taps in its own rhythm, and sends the whole count at the server's pace, on a connection that it keeps.

    Like the page, it counts the pause from when it last sent. Counted from the answers, all who had waited through the
    same stall would send at the same moment from then on.

    `ends` are the address that it calls from and the game's port.
    """

    def __init__(self, who: Active, ends: tuple[str, int], tally: Tally, chance: random.Random) -> None:
        self.who, self.taps, self.watermark, self.credited = who, 0, 0, 0
        self.flush_s, self.heartbeat_s = 1.0, 20.0
        self._ends, self._tally, self._chance = ends, tally, chance
        self._rate = 0.0 if chance.random() < WATCHING else chance.uniform(3, 15)
        self._wire: Wire | None = None
        self._sleeping: asyncio.Future[None] | None = None

    async def play(self, ended: asyncio.Event) -> None:
        """Plays until the end, and then until all its taps are known."""
        await asyncio.sleep(self._chance.random() * self.flush_s)
        sent_s = time.monotonic()
        while not ended.is_set():
            pause_s = self.flush_s if self._rate else self.heartbeat_s
            await self._sleep(sent_s + pause_s - time.monotonic(), ended)
            last_s, sent_s = sent_s, time.monotonic()
            busy = self._rate * self._chance.choice((0, 0.5, 1, 1)) * (sent_s - last_s)
            self.taps += min(round(busy), CAPACITY)
            await self._bring()
        while self.watermark < self.taps:
            await self._bring()
        if self._wire:
            self._wire.transport.abort()

    async def _sleep(self, seconds: float, ended: asyncio.Event) -> None:
        """Until the time is over, or somebody wakes the player; an Event would look through all who wait for it."""
        if not ended.is_set():
            loop = asyncio.get_running_loop()
            self._sleeping = loop.create_future()
            timer = loop.call_later(seconds, self.wake)
            await self._sleeping
            timer.cancel()

    def wake(self) -> None:
        """Ends the player's pause."""
        if self._sleeping and not self._sleeping.done():
            self._sleeping.set_result(None)

    async def _connect(self) -> Wire:
        address, port = self._ends
        loop = asyncio.get_running_loop()
        _, wire = await loop.create_connection(Wire, "127.0.0.1", port, local_addr=(address, 0))
        return wire

    async def _bring(self) -> None:
        path, body = ("/clicks", b'{"taps":%d}' % self.taps) if self.taps > self.watermark else ("/heartbeat", b"{}")
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {self.who.token}\r\n"
        began_s = time.perf_counter()
        try:
            if self._wire is None or self._wire.transport.is_closing():
                self._wire = await self._connect()
            status, raw = await self._wire.ask(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        except (OSError, TimeoutError):
            self._tally.cut += 1
            self._wire = None
            await asyncio.sleep(RETRY_S * (1 + self._chance.random()))
            return
        self._tally.latencies_s.append(time.perf_counter() - began_s)
        self._tally.statuses[status] += 1
        if status != 200:
            await asyncio.sleep(RETRY_S * (1 + self._chance.random()))
            return
        answer = msgspec.json.decode(raw)
        self.flush_s = answer["flush_every_ms"] / 1_000
        self.watermark = answer.get("taps", self.watermark)
        self.credited += answer.get("accepted", 0)
