"""A bare server in a separate process: its response time is the machine's and the harness's share of a wait."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from attack.book import Book, Sample

EVERY_S = 0.05
GIVE_UP_S = 30.0


class _Echo(asyncio.Protocol):
    """Echoes what it receives."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._transport.write(data)  # type: ignore[attr-defined]


class _EndWithParent(asyncio.Protocol):
    """The pipe from the parent closes when the parent ends."""

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        os._exit(0)


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Echo, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.connect_read_pipe(_EndWithParent, sys.stdin)
    await server.serve_forever()


@asynccontextmanager
async def measured(book: Book) -> AsyncIterator[None]:
    """Calls a bare server repeatedly, and records the times."""
    pipe = asyncio.subprocess.PIPE
    server = await asyncio.create_subprocess_exec(sys.executable, __file__, stdin=pipe, stdout=pipe)
    assert server.stdin and server.stdout
    port = int(await asyncio.wait_for(server.stdout.readline(), GIVE_UP_S))
    asking = asyncio.create_task(_ask(port, book))
    try:
        yield
    finally:
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        server.stdin.close()
        await asyncio.wait_for(server.wait(), GIVE_UP_S)


async def _ask(port: int, book: Book) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while True:
            began_s = time.monotonic()
            writer.write(b"?\n")
            await reader.readline()
            book.reference.append(Sample("reference", began_s, time.monotonic() - began_s, "200"))
            await asyncio.sleep(EVERY_S)
    finally:
        writer.close()


if __name__ == "__main__":
    asyncio.run(_serve())
