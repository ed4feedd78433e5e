"""Live events of a user: a stream for the page, a wait for tests."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

import msgspec

from ..events import Event

if TYPE_CHECKING:
    from ..core import Core

KEEP_ALIVE_S = 15.0
WAIT_MAX_S = 60.0
_HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


async def wait_for_events(core: "Core", query: dict[str, str]) -> dict[str, Any]:
    """The user's events after `after`; where there are none, waits for one up to `timeout` seconds."""
    user_id, after = int(query.get("user", 0)), int(query.get("after", 0))
    timeout_s = min(float(query.get("timeout", 0)), WAIT_MAX_S)
    queue = core.hub.watch(user_id)
    try:
        if core.hub.sequence(user_id) <= after and timeout_s > 0:
            async with asyncio.timeout(timeout_s):
                await queue.get()
    except TimeoutError:
        pass
    finally:
        core.hub.leave(user_id, queue)
    return {"events": core.hub.since(user_id, after), "sequence": core.hub.sequence(user_id)}


async def send_events(core: "Core", query: dict[str, str], last: str, receive: Receive, send: Send) -> None:
    """A stream of server-sent events, until the page goes or the server stops."""
    user_id = int(query.get("user", 0))
    after = int(last or query.get("after") or core.hub.sequence(user_id))
    queue = core.hub.watch(user_id)
    gone = asyncio.ensure_future(_gone(receive))
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    await send({"type": "http.response.body", "body": b"retry: 1000\n\n", "more_body": True})
    try:
        # A browser that reconnects gets what it missed; after a restart of the server the numbers begin anew.
        for event in core.hub.since(user_id, after):
            await _send(send, event)
        while not gone.done():
            waiting = asyncio.ensure_future(queue.get())
            await asyncio.wait([gone, waiting], timeout=KEEP_ALIVE_S, return_when=asyncio.FIRST_COMPLETED)
            if not waiting.done():
                waiting.cancel()
                await send({"type": "http.response.body", "body": b": here\n\n", "more_body": True})
                continue
            newest = waiting.result()
            if newest is None:
                break
            await _send(send, newest)
    finally:
        gone.cancel()
        core.hub.leave(user_id, queue)
    await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, event: Event) -> None:
    body = b"id: %d\ndata: %s\n\n" % (event["sequence"], msgspec.json.encode(event))
    await send({"type": "http.response.body", "body": body, "more_body": True})
