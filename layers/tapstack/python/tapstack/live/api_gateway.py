"""Frames to WebSocket clients by API Gateway's `@connections`, over kept connections, many at once from one thread.

https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
"""

from __future__ import annotations

import logging
import os
import ssl
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from urllib.parse import quote, urlsplit

from tapstack.platform.aws_signature import Credentials, Signer
from tapstack.platform.breaker import Breaker
from tapstack.platform.http_connection import HttpConnection, Response

log = logging.getLogger(__name__)

AT_ONCE = 32
"""Connections that a process keeps to the endpoint; each has one request under way."""

PER_CONNECTION = 8
"""Frames that are worth another connection: a handshake costs more than a few more rounds."""

CONNECT_S = 1.0
SILENCE_S = 1.0
WHOLE_S = 2.0
"""How long one push may take to all of its clients: what is not sent by then is caught up with."""

OPEN_S = 2.0
"""How long nothing is pushed once the endpoint has not answered."""

GONE = 410


def environment_credentials() -> Credentials:
    """The function's own; Lambda renews them by a new environment."""
    env = os.environ
    return Credentials(
        env.get("AWS_ACCESS_KEY_ID", ""), env.get("AWS_SECRET_ACCESS_KEY", ""), env.get("AWS_SESSION_TOKEN", "")
    )


class ApiGatewaySockets:
    """Pushes to the connections of one stage of a WebSocket API, at `endpoint`, an address without a slash at its end.

    Raises nothing: whoever is not reached catches up.
    """

    def __init__(
        self,
        endpoint: str,
        region: str,
        credentials: Callable[[], Credentials] = environment_credentials,
        now_s: Callable[[], float] = time.time,
    ) -> None:
        parts = urlsplit(endpoint)
        self._host, self._path = parts.netloc, parts.path
        self._server = (parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
        self._is_secure = parts.scheme == "https"
        self._signer = Signer(self._host, region, "execute-api")
        self._credentials, self._now_s = credentials, now_s
        self._idle: deque[HttpConnection] = deque(maxlen=AT_ONCE)
        self._tls: ssl.SSLContext | None = None
        self._breaker = Breaker(OPEN_S)

    def push(self, connections: Sequence[str], frame: bytes) -> list[str]:
        """Sends a frame to connections; returns those that are gone."""
        gone = []
        for connection, answer in self._ask("POST", connections, frame):
            if answer.status == GONE:
                gone.append(connection)
            elif answer.status != 200:
                log.warning("not pushed", extra={"status": answer.status})
        return gone

    def close(self, connection: str) -> None:
        """Cuts a connection."""
        for _ in self._ask("DELETE", [connection], b""):
            pass

    def _ask(self, method: str, connections: Sequence[str], body: bytes) -> Iterator[tuple[str, Response]]:
        """The answers for connections, as many as come in time."""
        if not connections or not self._breaker.lets_pass():
            return
        until_s = time.monotonic() + WHOLE_S
        links = self._links(-(-len(connections) // PER_CONNECTION))
        waiting = deque(connections)
        has_answered = is_silent = False
        while waiting and links and time.monotonic() < until_s:
            asked = []
            for link in list(links):
                if not waiting:
                    break
                if self._sent(link, self._request(method, waiting[0], body)):
                    asked.append((link, waiting.popleft()))
                else:
                    links.remove(link)
            for link, connection in asked:
                try:
                    answer = link.receive(SILENCE_S, max(0.01, until_s - time.monotonic()))
                except OSError as error:
                    log.warning("not pushed", extra={"error": type(error).__name__})
                    is_silent = is_silent or isinstance(error, TimeoutError)
                    links.remove(link)
                else:
                    has_answered = True
                    yield connection, answer
            links = links or self._links(1)
        if waiting:
            log.warning("not pushed", extra={"connections": len(waiting)})
        if waiting or (is_silent and not has_answered):
            self._breaker.failed()
        else:
            self._breaker.worked()
        self._idle.extend(links)

    def _links(self, wanted: int) -> list[HttpConnection]:
        """Connections to the endpoint: kept ones that may be used, and new ones; none where it can't be reached."""
        links: list[HttpConnection] = []
        while len(links) < min(wanted, AT_ONCE):
            try:
                kept = self._idle.pop()
            except IndexError:
                break
            if kept.usable:
                links.append(kept)
            else:
                kept.close()
        with suppress(OSError):
            while len(links) < min(wanted, AT_ONCE):
                links.append(HttpConnection(*self._server, self._context(), CONNECT_S))
        return links

    def _context(self) -> ssl.SSLContext | None:
        if self._is_secure and self._tls is None:
            self._tls = ssl.create_default_context()
        return self._tls

    def _request(self, method: str, connection: str, body: bytes) -> bytes:
        path = f"{self._path}/@connections/{quote(connection, safe='')}"
        signed = self._signer.path_headers(self._credentials(), method, path, body, self._now_s())
        head = f"{method} {path} HTTP/1.1\r\nHost: {self._host}\r\n{signed}Content-Length: {len(body)}\r\n\r\n"
        return head.encode() + body

    def _sent(self, link: HttpConnection, request: bytes) -> bool:
        try:
            link.send(request, SILENCE_S)
        except OSError:
            return False
        return True
