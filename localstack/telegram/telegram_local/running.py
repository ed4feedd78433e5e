"""Serving: one event loop, one granian worker inside it."""

import asyncio
import logging
import socket
from collections.abc import Callable

from granian.constants import Interfaces
from granian.server.embed import Server as Granian

from .core import Core
from .server import Server

log = logging.getLogger(__name__)


async def serve(core: Core, stop: asyncio.Event, ready: Callable[[], None] | None = None) -> None:
    """Serve until `stop` is set; calls `ready` once it takes connections. Raises OSError for a taken port."""
    settings = core.settings
    _refuse_taken(settings.host, settings.port)
    granian = Granian(
        Server(core),
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        backlog=1024,
        log_enabled=False,
    )
    await core.start()
    serving = asyncio.ensure_future(granian.serve())
    try:
        await _listening(settings.host, settings.port, serving)
        if ready:
            ready()
        stopped = asyncio.ensure_future(stop.wait())
        await asyncio.wait([serving, stopped], return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
    finally:
        # Granian waits for open streams: end them first.
        await core.stop()
        granian.stop()  # type: ignore[no-untyped-call]
        await asyncio.wait([serving], timeout=5)
        serving.cancel()


def _refuse_taken(host: str, port: int) -> None:
    """Granian shares a port with whoever has it (SO_REUSEPORT): two servers would get half of the calls each.

    Raises OSError where somebody listens already.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


async def _listening(host: str, port: int, serving: "asyncio.Future[None]") -> None:
    while not serving.done():
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(0.01)
        else:
            writer.close()
            return
    serving.result()
    raise OSError(f"cannot listen on {host}:{port}")
