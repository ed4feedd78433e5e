"""Live events of a user: a stream for the page, a long poll for tests."""

import asyncio
from collections.abc import Mapping
from typing import Any

import msgspec
from aiohttp import web

from ..core import Core
from ..events import Event

KEEP_ALIVE_S = 15.0
WAIT_MAX_S = 60.0


async def wait_for_events(core: Core, query: Mapping[str, str]) -> dict[str, Any]:
    """The user's events after number `after`; if there are none, waits for one up to `timeout` seconds."""
    user_id, after = int(query.get("user", 0)), int(query.get("after", 0))
    timeout_s = min(float(query.get("timeout", 0)), WAIT_MAX_S)
    queue = core.hub.subscribe(user_id)
    try:
        if core.hub.sequence(user_id) <= after and timeout_s > 0:
            async with asyncio.timeout(timeout_s):
                await queue.get()
    except TimeoutError:
        pass
    finally:
        core.hub.unsubscribe(user_id, queue)
    return {"events": core.hub.since(user_id, after), "sequence": core.hub.sequence(user_id)}


async def stream_events(core: Core, request: web.Request) -> web.StreamResponse:
    """Server-sent events, until the page closes the connection or the server stops."""
    user_id = int(request.query.get("user", 0))
    last = request.headers.get("Last-Event-ID") or request.query.get("after")
    after = int(last or core.hub.sequence(user_id))
    headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    response = web.StreamResponse(headers=headers)
    queue = core.hub.subscribe(user_id)
    try:
        await response.prepare(request)
        await response.write(b"retry: 1000\n\n")
        # A browser that reconnects gets what it missed; after a restart of the server, sequence numbers start over.
        for event in core.hub.since(user_id, after):
            await response.write(_encode(event))
        while True:
            try:
                async with asyncio.timeout(KEEP_ALIVE_S):
                    newest = await queue.get()
            except TimeoutError:
                await response.write(b": keep-alive\n\n")
                continue
            if newest is None:
                break
            await response.write(_encode(newest))
    except ConnectionResetError:
        pass
    finally:
        core.hub.unsubscribe(user_id, queue)
    return response


def _encode(event: Event) -> bytes:
    return b"id: %d\ndata: %s\n\n" % (event["sequence"], msgspec.json.encode(event))
