"""Guards the AWS emulator: only this game has access.

MiniStack itself accepts any credentials, origin and Host, and empties all tables at `POST /_ministack/reset`: any
page in a browser on this machine could rewrite the game. Here a request passes only if

- its Host names this machine (EMULATOR_HOSTS: further names), which stops DNS rebinding,
- it comes from no page: browsers send Origin or Sec-Fetch-Site, AWS's clients send neither,
- it calls none of MiniStack's own paths except its health,
- it carries this game's access key id (EMULATOR_ACCESS_KEY), in its signature or its presigned query. A form or an
  image tag can't send one, whatever headers a browser leaves out.

Without a key, MiniStack runs a whole stack (`make deploy-local`): functions sign with its own keys and the public calls
its API Gateway and function URLs unsigned; the other rules hold, and pages may call only these.
"""

import hmac
import os
import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from tapstack_local.host_header import names_us, parse_names

Scope = dict[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Scope, Any, Any], Awaitable[None]]

_HEALTH = ("/_ministack/health", "/_localstack/health", "/_ministack/ready")
_OWN = ("/_ministack", "/_localstack", "/_aws/")
# What pages may call: https://docs.localstack.cloud/aws/services/apigateway/
_API = re.compile(r"/_aws/(?:execute-api|lambda-url)/[^/]+/|/restapis/[^/]+/[^/]+/_user_request_")
_CREDENTIAL = re.compile(rb"Credential=([^/,\s]+)/")
_NOT_A_PAGE = (b"", b"none")


class Guard:
    """An ASGI application in front of MiniStack's; `key` is this game's access key id, "" to accept any."""

    def __init__(self, application: App, key: str, hosts: Iterable[str] = ()) -> None:
        self._application, self._key, self._hosts = application, key.encode(), frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Any, send: Send) -> None:
        """Pass a request on, or answer 403; sockets other than HTTP are closed."""
        if scope["type"] == "lifespan":
            await self._application(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        reason = self.refusal(scope)
        if reason:
            await _refuse(send, reason)
            return
        public = not self._key and _API.match(scope["path"]) is not None
        await self._application(scope, receive, send if public else _without_cors(send))

    def refusal(self, scope: Scope) -> str:
        """Return why a request is rejected, "" if it passes."""
        host = authorization = None
        from_page = False
        for name, value in scope["headers"]:
            if name == b"host":
                if host is not None:
                    return "two Host headers"
                host = value
            elif name == b"authorization":
                if authorization is not None:
                    return "two Authorization headers"
                authorization = value
            elif name == b"origin" or (name == b"sec-fetch-site" and value not in _NOT_A_PAGE):
                from_page = True
        if host is None or not names_us(host.decode("latin-1"), self._hosts):
            return "its Host is not this machine"
        path = scope["path"]
        if from_page and (self._key or not _API.match(path)):
            return "it comes from a page in a browser"
        if path in _HEALTH:
            return "" if scope["method"] in ("GET", "HEAD") else "only GET is allowed here"
        if path.startswith(_OWN) and (self._key or not _API.match(path)):
            return "this part of the emulator is closed"
        if self._key and not hmac.compare_digest(_access_key(authorization, scope["query_string"]), self._key):
            return "it is not signed with this game's access key"
        return ""


def _access_key(authorization: bytes | None, query: bytes) -> bytes:
    """Return the access key id that a request is signed with, in its header or, presigned, in its query."""
    if authorization is not None:
        match = _CREDENTIAL.search(authorization)
        return match[1] if match and authorization.startswith(b"AWS4-") else b""
    if not query:
        return b""
    try:
        fields = parse_qs(query.decode("latin-1"), max_num_fields=100)
    except ValueError:
        return b""
    credentials = fields.get("X-Amz-Credential", [])
    return credentials[0].partition("/")[0].encode() if len(credentials) == 1 else b""


async def _refuse(send: Send, reason: str) -> None:
    body = f'{{"__type": "AccessDeniedException", "message": "refused: {reason}"}}'.encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        # The rest of the body is not read.
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _without_cors(send: Send) -> Send:
    """Remove the headers that would let a page read the response."""

    async def wrapped(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            kept = [pair for pair in message["headers"] if pair[0][:15].lower() != b"access-control-"]
            message = {**message, "headers": kept}
        await send(message)

    return wrapped


def guarded(application: App) -> Guard:
    """Put the guard that the environment configures in front of an application."""
    return Guard(
        application, os.environ.pop("EMULATOR_ACCESS_KEY", ""), parse_names(os.environ.get("EMULATOR_HOSTS", ""))
    )
