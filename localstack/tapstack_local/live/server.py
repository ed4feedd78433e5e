"""The sockets of a WebSocket API, and `@connections` for the functions, on one port.

Functions are invoked elsewhere (integration.py). A client's frames are handed over one after the other, so one who
floods waits for its own frames only. `@connections` is answered to this machine alone, below a path that nobody else
knows: functions sign their calls, as they have to on AWS, but nothing checks that here.

https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api.html
"""

import asyncio
import contextlib
import hmac
import json
import logging
import secrets
import socket
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tapstack_local.live.integration import Integration
from tapstack_local.live.limits import Bucket, Limits
from tapstack_local.template.socket_api import STAGE

logger = logging.getLogger("tapstack_local.live")

_SLOW_BYTES = 256 * 1024
"""What may wait to be sent to one client: one that reads no more is cut, or it would fill the memory."""

_STOPPING = 1001


@dataclass(eq=False, slots=True)
class _Connection:
    id: str
    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    source: str
    agent: str
    since_ms: int
    active_s: float
    ends_s: float
    closed_with: int = 0
    reader: "asyncio.Task[Any] | None" = field(default=None)


class LiveServer:
    """One stage of a WebSocket API."""

    def __init__(self, integration: Integration, secret: str, limits: Limits, api_id: str = "live") -> None:
        self._integration, self._secret, self._limits, self._api_id = integration, secret, limits, api_id
        self._connections: dict[str, _Connection] = {}
        # Each route has its own: who connects again and again without a ticket takes nothing from others' frames.
        self._connects = Bucket(min(limits.connects_per_s, limits.rate_per_s))
        self._frames = Bucket(limits.rate_per_s)
        self._silent: dict[int, tuple[Any, asyncio.TimerHandle]] = {}

    # Listening

    async def serve(self, listener: socket.socket, stopping: asyncio.Event, ready: "Any" = lambda: None) -> None:
        """Serve until `stopping`; then clients are told to come again."""
        loop = asyncio.get_running_loop()
        web_server = web.Server(self._answer, access_log=None)

        def accept() -> asyncio.Protocol:
            protocol = web_server()
            self._silent[id(protocol)] = protocol, loop.call_later(self._limits.handshake_s, self._give_up, protocol)
            if len(self._silent) > self._limits.handshakes:
                # A client needs a moment for its request, so the one that is silent for longest is hardly a client.
                self._give_up(next(iter(self._silent.values()))[0])
            return protocol

        server = await loop.create_server(accept, sock=listener, backlog=4_096)
        sweeper = loop.create_task(self._sweep_for_ever())
        ready()
        await stopping.wait()
        server.close()
        sweeper.cancel()
        for connection in list(self._connections.values()):
            await self._close(connection, _STOPPING)
        await web_server.shutdown(1.0)
        await self._integration.close()

    def _give_up(self, protocol: Any) -> None:
        """End a connection on which no request has come yet."""
        self._silent.pop(id(protocol))[1].cancel()
        if protocol.transport is None:  # accepted a moment ago, or gone
            asyncio.get_running_loop().call_later(1.0, _abort, protocol)
        _abort(protocol)

    async def _sweep_for_ever(self) -> None:
        """End connections that have been idle, or there, for too long: one timer for all of them."""
        while True:
            await asyncio.sleep(min(1.0, self._limits.idle_s / 4))
            now_s = time.monotonic()
            for connection in list(self._connections.values()):
                if now_s - connection.active_s > self._limits.idle_s or now_s > connection.ends_s:
                    await self._close(connection, WSCloseCode.GOING_AWAY)

    # Requests

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if (silent := self._silent.pop(id(request.protocol), None)) is not None:
            silent[1].cancel()
        parts = request.rel_url.raw_path.strip("/").split("/")
        if len(parts) == 3 and parts[1] in ("@connections", "%40connections"):
            return await self._manage(request, parts[0], request.rel_url.path.rpartition("/")[2])
        if parts == [STAGE] and request.headers.get("Upgrade", "").lower() == "websocket":
            return await self._connect(request)
        if parts == ["health"]:
            return web.json_response({"connections": len(self._connections)})
        return _error(403, "Forbidden")

    async def _manage(self, request: web.BaseRequest, secret: str, id_: str) -> web.Response:
        if request.remote not in ("127.0.0.1", "::1") or not hmac.compare_digest(
            secret.encode(), self._secret.encode()
        ):
            return _error(403, "Forbidden")
        connection = self._connections.get(id_)
        if connection is None or connection.socket.closed:
            return _error(410, "GoneException")
        if request.method == "POST":
            return await self._post(request, connection)
        if request.method == "DELETE":
            await self._close(connection, WSCloseCode.OK)
            return web.Response(status=204)
        if request.method == "GET":
            at = {"sourceIp": connection.source, "userAgent": connection.agent}
            return web.json_response({"connectedAt": connection.since_ms, "identity": at})
        return _error(405, "MethodNotAllowed")

    async def _post(self, request: web.BaseRequest, connection: _Connection) -> web.Response:
        body = await request.content.read(self._limits.sent_bytes + 1) if request.can_read_body else b""
        while len(body) <= self._limits.sent_bytes and (more := await request.content.read(self._limits.sent_bytes)):
            body += more
        if len(body) > self._limits.sent_bytes:
            return _error(413, "PayloadTooLargeException")
        transport = connection.transport
        if transport is None or transport.is_closing() or transport.get_write_buffer_size() > _SLOW_BYTES:
            await self._close(connection, WSCloseCode.GOING_AWAY)
            return _error(410, "GoneException")
        connection.active_s = time.monotonic()
        # Never waits: what the client does not read yet is in the transport's buffer, which is bounded above.
        sending = asyncio.ensure_future(connection.socket.send_str(body.decode("utf-8", "replace")))
        sending.add_done_callback(_forget)
        return web.Response()

    # Sockets

    async def _connect(self, request: web.BaseRequest) -> web.StreamResponse:
        if not self._connects.takes():
            return _error(429, "Too Many Requests")
        id_ = secrets.token_urlsafe(11) + "="
        now_s = time.monotonic()
        socket_ = web.WebSocketResponse(
            max_msg_size=self._limits.received_bytes, compress=False, autoclose=True, autoping=True, timeout=2.0
        )
        if not socket_.can_prepare(request):
            return _error(400, "Bad Request")
        connection = _Connection(
            *(id_, socket_, request.transport, request.remote or "", request.headers.get("User-Agent", "")),
            *(int(time.time() * 1_000), now_s, now_s + self._limits.whole_s),
        )
        headers = {name: value for name, value in request.headers.items()}
        query = dict(request.rel_url.query) or None
        status = await self._invoke(connection, "CONNECT", headers=headers, queryStringParameters=query)
        if status != 200:
            return _error(status if 400 <= status < 600 else 502, "Forbidden" if status == 403 else "Refused")
        try:
            self._connections[id_] = connection  # before the client knows that it is there
            await socket_.prepare(request)
            del headers, query
            await self._read(connection)
        finally:
            self._connections.pop(id_, None)
            code = connection.closed_with or socket_.close_code or 1006
            leaving = asyncio.ensure_future(
                self._invoke(connection, "DISCONNECT", disconnectStatusCode=code, disconnectReason="")
            )
            leaving.add_done_callback(_forget)
        return socket_

    async def _read(self, connection: _Connection) -> None:
        """Hand over frames one after the other until the connection ends."""
        async for message in connection.socket:
            connection.active_s = time.monotonic()
            if message.type == WSMsgType.BINARY:
                await self._close(connection, WSCloseCode.UNSUPPORTED_DATA)
            elif message.type == WSMsgType.TEXT:
                await self._frame(connection, message.data)

    async def _frame(self, connection: _Connection, text: str) -> None:
        if not self._frames.takes():
            await self._tell(connection, "Too Many Requests")
            await asyncio.sleep(0.05)  # who floods is read more slowly
            return
        status = await self._invoke(connection, "MESSAGE", body=text, messageId=secrets.token_urlsafe(11) + "=")
        if status >= 500:
            await self._tell(connection, "Internal server error" if status != 504 else "Endpoint request timed out")

    async def _tell(self, connection: _Connection, message: str) -> None:
        """Say what API Gateway itself says of a frame."""
        said = {"message": message, "connectionId": connection.id, "requestId": str(uuid.uuid4())}
        with contextlib.suppress(ConnectionError, RuntimeError):
            await connection.socket.send_str(json.dumps(said))

    async def _close(self, connection: _Connection, code: int) -> None:
        """End a connection; one that does not answer is cut."""
        connection.closed_with = code
        self._connections.pop(connection.id, None)
        closing = asyncio.ensure_future(connection.socket.close(code=code))
        closing.add_done_callback(_forget)
        await asyncio.sleep(0)

    async def _invoke(self, connection: _Connection, kind: str, **more: Any) -> int:
        route = {"CONNECT": "$connect", "DISCONNECT": "$disconnect"}.get(kind, "$default")
        now_ms = int(time.time() * 1_000)
        context = {
            "routeKey": route,
            "eventType": kind,
            "connectionId": connection.id,
            "connectedAt": connection.since_ms,
            "requestTimeEpoch": now_ms,
            "requestId": str(uuid.uuid4()),
            "extendedRequestId": secrets.token_urlsafe(11) + "=",
            "messageDirection": "IN",
            "stage": STAGE,
            "apiId": self._api_id,
            "domainName": "localhost",
            "identity": {"sourceIp": connection.source, "userAgent": connection.agent},
        }
        for name in ("messageId", "disconnectStatusCode", "disconnectReason"):
            if name in more:
                context[name] = more.pop(name)
        return await self._integration.invoke(route, {"requestContext": context, "isBase64Encoded": False, **more})


def _error(status: int, message: str) -> web.Response:
    return web.json_response({"message": message}, status=status)


def _abort(protocol: Any) -> None:
    if protocol.transport is not None:
        protocol.transport.abort()


def _forget(done: "asyncio.Future[Any]") -> None:
    """A client that is gone is no error here."""
    with contextlib.suppress(asyncio.CancelledError):
        error = done.exception()
        if error is not None and not isinstance(error, (ConnectionError, RuntimeError)):
            logger.error("a connection failed", exc_info=error)
