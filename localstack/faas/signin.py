"""Signing in test players, for tests and load generators: real initData, made with this game's bot token.

Served only to this machine: whoever reaches it can be any player. So it refuses requests that came through a
proxy or a tunnel, or under a name that is not this machine's.
"""

import json
import secrets
import time
from collections.abc import Callable, Iterable
from typing import Any

from faas.gateway import SAFE, StartResponse, error_answer
from faas.initdata import make_init_data
from faas.proxy import Environ

_HERE = ("127.0.0.1", "localhost", "[::1]")
_BODY_LIMIT = 8192


class SignIn:
    """The path below /dev/ as a WSGI application."""

    def __init__(self, bot_token: str, clock: Callable[[], float] = time.time) -> None:
        self._token, self._clock = bot_token, clock

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if not _from_here(environ):
            return error_answer(start, 404, "not_found", "there is nothing at this path", [])
        if (environ["REQUEST_METHOD"], environ["PATH_INFO"]) == ("POST", "/dev/init-data"):
            return self._init_data(environ, start)
        return error_answer(start, 404, "not_found", "there is nothing at this path", [])

    def _init_data(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        try:
            user = json.loads(_body(environ))
        except ValueError:
            user = None
        if not isinstance(user, dict) or not isinstance(user.get("id"), int) or "first_name" not in user:
            return error_answer(start, 400, "bad_request", 'send {"id": 1, "first_name": "..."}', [])
        answer = json.dumps({"init_data": self._signed(user)}).encode()
        return _answer(start, 200, "application/json", answer)

    def _signed(self, user: dict[str, Any]) -> str:
        full = {**user, "language_code": user.get("language_code", "en"), "allows_write_to_pm": True}
        query_id = "AA" + secrets.token_urlsafe(16)
        return make_init_data(full, self._token, auth_date_s=int(self._clock()), query_id=query_id)


def _from_here(environ: Environ) -> bool:
    if any(f"HTTP_{name}" in environ for name in ("X_FORWARDED_FOR", "X_FORWARDED_HOST", "FORWARDED", "VIA")):
        return False
    host = environ.get("HTTP_HOST", "")
    return (host if host.endswith("]") else host.rpartition(":")[0] or host) in _HERE


def _body(environ: Environ) -> bytes:
    body: bytes = environ["wsgi.input"].read(_BODY_LIMIT)
    return body


def _answer(start: StartResponse, status: int, kind: str, body: bytes) -> list[bytes]:
    headers = [("Content-Type", kind), ("Cache-Control", "no-store"), *SAFE]
    start(f"{status} -", headers)
    return [body]
