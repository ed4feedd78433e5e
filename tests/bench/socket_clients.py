"""Thousands of WebSocket clients in one process: a few KB each, and no more of the protocol than servers here send."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable

HEAD = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


class Client(asyncio.Protocol):
    """One connection; `on_text` gets its texts, and `ended` is done when it is closed."""

    __slots__ = ("_buffer", "_on_text", "_upgraded", "ended", "opened", "path", "transport")

    def __init__(self, path: str, on_text: Callable[[Client, bytes], None]) -> None:
        loop = asyncio.get_running_loop()
        self.path, self._on_text = path, on_text
        self._buffer, self._upgraded = b"", False
        self.transport: asyncio.Transport | None = None
        self.opened: asyncio.Future[bool] = loop.create_future()
        self.ended: asyncio.Future[None] = loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(HEAD.format(path=self.path).encode())

    def connection_lost(self, _: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_result(False)
        self.ended.set_result(None)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._upgraded:
            head, end, rest = self._buffer.partition(b"\r\n\r\n")
            if not end:
                return
            self._upgraded, self._buffer = head.startswith(b"HTTP/1.1 101"), rest
            self.opened.set_result(self._upgraded)
            if not self._upgraded:
                self.close()
                return
        while (text := self._frame()) is not None:
            self._on_text(self, text)

    def _frame(self) -> bytes | None:
        """The next whole frame of a server, which masks nothing."""
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        size, begin = buffer[1] & 127, 2
        if size == 126:
            size, begin = int.from_bytes(buffer[2:4], "big"), 4
        elif size == 127:
            size, begin = int.from_bytes(buffer[2:10], "big"), 10
        if len(buffer) < begin + size:
            return None
        self._buffer = buffer[begin + size :]
        return buffer[begin : begin + size]

    def send(self, text: bytes) -> None:
        """A text of at most 125 bytes."""
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(text))
        if self.transport is not None:
            self.transport.write(bytes((0x81, 0x80 | len(text))) + mask + masked)

    def close(self) -> None:
        if self.transport is not None:
            self.transport.abort()


async def opened(port: int, path: str, on_text: Callable[[Client, bytes], None]) -> Client | None:
    """A client that has connected, None for one that was refused."""
    try:
        _, client = await asyncio.get_running_loop().create_connection(lambda: Client(path, on_text), "127.0.0.1", port)
    except OSError:
        return None
    return client if await client.opened else None


def now_s() -> float:
    """A clock that all processes here share."""
    return time.monotonic()
