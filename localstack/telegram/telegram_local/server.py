"""The HTTP server: the Bot API for the bot, the chat page and its API for people, statistics."""

import asyncio
import inspect
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from .core import Core
from .errors import ApiError, BadRequest
from .origin_check import rejection
from .page_api.actions import ACTIONS
from .page_api.event_stream import stream_events, wait_for_events
from .params import parse_call

BODY_MAX = 20 * 1024 * 1024
BACKLOG = 1024
SHUTDOWN_S = 2.0
STATIC = Path(__file__).parent / "static"


def listen(host: str, port: int) -> socket.socket:
    """Open the server's port, 0 for any free one. Raises OSError if the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


async def serve(
    core: Core, listener: socket.socket, stop: asyncio.Event, ready: Callable[[], None] | None = None
) -> None:
    """Serve until `stop` is set; calls `ready` once requests are accepted."""
    runner = web.AppRunner(application(core), access_log=None, shutdown_timeout=SHUTDOWN_S)
    try:
        await runner.setup()
        await core.start()
        await web.SockSite(runner, listener, backlog=BACKLOG).start()
        if ready:
            ready()
        await stop.wait()
    finally:
        await core.stop()
        await runner.cleanup()
        listener.close()


def application(core: Core) -> web.Application:
    """The aiohttp application around a Core."""
    handlers = _Handlers(core)
    app = web.Application(client_max_size=BODY_MAX, middlewares=[_guard(core)])
    app.router.add_routes(
        [
            web.get("/health", handlers.health),
            web.get("/stats", handlers.stats),
            web.post("/stats/reset", handlers.reset_stats),
            web.route("*", "/bot{token}/{method}", handlers.bot_api),
            web.get("/api/events", handlers.events),
            web.get("/api/wait", handlers.wait),
            web.get("/api/files/{file_id}", handlers.file),
            web.post("/api/{action}", handlers.page_api),
            web.get("/", handlers.page),
            web.static("/static", STATIC),
        ]
    )
    return app


def _guard(core: Core) -> Middleware:
    """Rejects foreign hosts and origins, renders errors as Telegram does, and adds the page's security headers."""
    frames = core.settings.frame_origins
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"connect-src 'self'; frame-src 'self' {frames}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
    page_headers = {"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer", "Cache-Control": "no-cache"}

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        response: web.StreamResponse
        try:
            if reason := rejection(request.path, request.raw_headers, core.settings.hosts):
                raise ApiError(403, f"Forbidden: {reason}")
            response = await handler(request)
        except ApiError as error:
            response = json_response(error.body(), error.code)
        except web.HTTPException as error:
            response = json_response(ApiError(error.status, error.reason).body(), error.status)
        if isinstance(response, web.FileResponse):
            response.headers.update(page_headers)
        if not response.prepared:
            response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    return guard


class _Handlers:
    def __init__(self, core: Core) -> None:
        self.core = core

    async def bot_api(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if request.match_info["token"] != self.core.settings.token:
            raise ApiError(401, "Unauthorized")
        name = request.match_info["method"]
        values = parse_call(request.query_string, request.headers.get("Content-Type", ""), body)
        if hold := self.core.holds.get(name.lower()):
            await hold.wait()
        await asyncio.sleep(self.core.delay_s())
        result = self.core.call(name, values)
        if inspect.isawaitable(result):
            try:
                result = await result
            except ApiError as error:
                self.core.stats.refused(name, error.code, error.description, from_webhook=False)
                raise
        await asyncio.sleep(self.core.delay_s())
        return json_response({"ok": True, "result": result})

    async def page_api(self, request: web.Request) -> web.StreamResponse:
        action = ACTIONS.get(request.match_info["action"])
        if action is None:
            raise ApiError(404, "Not Found")
        if request.content_type != "application/json":
            # A form on another site cannot send JSON without a CORS preflight.
            raise ApiError(415, "Unsupported Media Type")
        try:
            given = msgspec.json.decode(await request.read() or b"{}", type=dict[str, Any])
            return json_response(action(self.core, given))
        except (KeyError, TypeError, ValueError, msgspec.DecodeError) as error:
            raise BadRequest(f"wrong request: {error!r}") from None

    async def events(self, request: web.Request) -> web.StreamResponse:
        return await stream_events(self.core, request)

    async def wait(self, request: web.Request) -> web.StreamResponse:
        try:
            return json_response(await wait_for_events(self.core, request.query))
        except ValueError as error:
            raise BadRequest(f"wrong request: {error}") from None

    async def file(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["file_id"] not in self.core.files:
            raise ApiError(404, "Not Found")
        kind, data = self.core.files[request.match_info["file_id"]]
        return web.Response(body=data, headers={"Content-Type": kind})

    async def health(self, _: web.Request) -> web.StreamResponse:
        return json_response({"ok": True, "bot": self.core.settings.username})

    async def stats(self, _: web.Request) -> web.StreamResponse:
        state = self.core.state
        sizes = {"pending_updates": len(state.updates), "users": len(state.users), "chats": len(state.chats)}
        return json_response(self.core.stats.as_json() | sizes)

    async def reset_stats(self, request: web.Request) -> web.StreamResponse:
        self.core.stats.reset()
        return await self.stats(request)

    async def page(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(STATIC / "index.html")


def json_response(value: Any, status: int = 200) -> web.Response:
    """An uncached JSON response."""
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    return web.Response(status=status, body=msgspec.json.encode(value), headers=headers)
