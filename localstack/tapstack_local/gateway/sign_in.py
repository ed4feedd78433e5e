"""Signing in test players, for tools and load generators: real initData, made with the local Telegram's bot token.

A caller can sign in as any player. So the supervisor mounts it only if the game listens on loopback and uses the local
Telegram with a generated token: nothing signed here is valid anywhere else. It also rejects requests that came through
a proxy or a tunnel, under a name that is not this machine's, or from a page of another site.
"""

import json
import secrets
import time
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from tapstack_local.gateway.application import SAFE, StartResponse, error_answer
from tapstack_local.gateway.proxy import Environ
from tapstack_local.host_header import names_us
from tapstack_local.init_data import make_init_data

_BODY_LIMIT = 8192
_ID_MAX = 2**52
_PROXIED = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_ORIGINAL", "HTTP_CF_")
"""Prefixes of the headers that proxies and tunnels add."""


class SignIn:
    """The path under /dev/ as a WSGI application."""

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
        user = _user(environ)
        if user is None:
            return error_answer(start, 400, "bad_request", 'send {"id": 1, "first_name": "..."}', [])
        answer = json.dumps({"init_data": self._signed(user)}).encode()
        return _answer(start, 200, "application/json", answer)

    def _signed(self, user: dict[str, Any]) -> str:
        full = {**user, "language_code": user.get("language_code", "en"), "allows_write_to_pm": True}
        query_id = "AA" + secrets.token_urlsafe(16)
        return make_init_data(full, self._token, auth_date_s=int(self._clock()), query_id=query_id)


def _from_here(environ: Environ) -> bool:
    if any(name.startswith(_PROXIED) for name in environ):
        return False
    host, origin = environ.get("HTTP_HOST", ""), environ.get("HTTP_ORIGIN")
    if origin is not None and origin.partition("://")[2] != host:
        return False
    return environ.get("HTTP_SEC_FETCH_SITE", "none") in ("none", "same-origin") and names_us(host)


def _user(environ: Environ) -> dict[str, Any] | None:
    """Return Telegram's user from the body, None unless it is flat and has an id and a name."""
    body: bytes = environ["wsgi.input"].read(_BODY_LIMIT + 1)
    try:
        user = msgspec.json.decode(body, type=dict[str, str | int | bool])
        json.dumps(user, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    id_, name = user.get("id"), user.get("first_name")
    fits = len(body) <= _BODY_LIMIT and type(id_) is int and 1 <= id_ <= _ID_MAX
    return user if fits and isinstance(name, str) and name else None


def _answer(start: StartResponse, status: int, kind: str, body: bytes) -> list[bytes]:
    headers = [("Content-Type", kind), ("Cache-Control", "no-store"), *SAFE]
    start(f"{status} -", headers)
    return [body]
