"""The HTTP server: the Bot API for the bot, the page and its API for people, statistics."""

import inspect
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, unquote

import msgspec

from .core import Core
from .door import refusal
from .errors import ApiError, BadRequest
from .page.live import send_events, wait_for_events
from .page.static import StaticFiles
from .page.verbs import VERBS
from .params import parse_call

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

log = logging.getLogger(__name__)
BODY_MAX = 20 * 1024 * 1024
JSON = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]


class Server:
    """An ASGI application around one Core."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._static = StaticFiles(core.settings.frame_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        path = unquote(scope["path"])
        try:
            if reason := refusal(path, scope["headers"], self.core.settings.hosts):
                raise ApiError(403, f"Forbidden: {reason}")
            if path.startswith("/bot"):
                await self._bot_api(scope, path, receive, send)
            elif path.startswith("/api/"):
                await self._page_api(scope, path.removeprefix("/api/"), receive, send)
            else:
                await self._other(scope, path, send)
        except ApiError as error:
            await answer_json(send, error.code, error.body())

    async def _bot_api(self, scope: Scope, path: str, receive: Receive, send: Send) -> None:
        token, _, name = path.removeprefix("/bot").partition("/")
        body = await read_body(receive)
        if token != self.core.settings.token:
            raise ApiError(401, "Unauthorized")
        values = parse_call(scope["query_string"], _header(scope, b"content-type"), body)
        if hold := self.core.holds.get(name.lower()):
            await hold.passes()
        result = self.core.call(name, values)
        if inspect.isawaitable(result):
            try:
                result = await result
            except ApiError as error:
                self.core.stats.refused(name, error.code, error.description, answer=False)
                raise
        await answer_json(send, 200, {"ok": True, "result": result})

    async def _page_api(self, scope: Scope, name: str, receive: Receive, send: Send) -> None:
        query = {key: values[-1] for key, values in parse_qs(scope["query_string"].decode()).items()}
        if name == "events":
            await send_events(self.core, query, _header(scope, b"last-event-id"), receive, send)
        elif name == "wait":
            await answer_json(send, 200, await wait_for_events(self.core, query))
        elif name.startswith("files/") and name[6:] in self.core.files:
            kind, data = self.core.files[name[6:]]
            await _answer(send, 200, [(b"content-type", kind.encode())], data)
        elif name in VERBS and scope["method"] == "POST":
            if not _header(scope, b"content-type").startswith("application/json"):
                # A form of another site can't send JSON without asking first.
                raise ApiError(415, "Unsupported Media Type")
            given = msgspec.json.decode(await read_body(receive) or b"{}", type=dict[str, Any])
            try:
                result = VERBS[name](self.core, given)
            except (KeyError, TypeError, ValueError) as error:
                raise BadRequest(f"wrong request: {error!r}") from None
            await answer_json(send, 200, result)
        else:
            raise ApiError(404, "Not Found")

    async def _other(self, scope: Scope, path: str, send: Send) -> None:
        if path == "/health":
            await answer_json(send, 200, {"ok": True, "bot": self.core.settings.username})
        elif path == "/stats":
            await answer_json(send, 200, self._stats())
        elif path == "/stats/reset" and scope["method"] == "POST":
            self.core.stats.reset()
            await answer_json(send, 200, self._stats())
        else:
            status, headers, body = self._static.answer(path, _header(scope, b"if-none-match"))
            await _answer(send, status, headers, body)

    def _stats(self) -> dict[str, Any]:
        world = self.core.world
        sizes = {"pending_updates": len(world.updates), "users": len(world.users), "chats": len(world.chats)}
        return self.core.stats.shown() | sizes


async def read_body(receive: Receive) -> bytes:
    """The whole body of a request."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > BODY_MAX:
            raise ApiError(413, "Request Entity Too Large")
        if not message.get("more_body"):
            return b"".join(parts)


async def answer_json(send: Send, status: int, value: Any) -> None:
    """A JSON answer."""
    await _answer(send, status, JSON, msgspec.json.encode(value))


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    length = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *length]})
    await send({"type": "http.response.body", "body": body})


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name), "")
