"""The sign-in page for test players: makes real initData with this game's bot token.

Served only to this machine: whoever reaches it can be any player. So it refuses requests that came through a
proxy or a tunnel, or under a name that is not this machine's.
"""

import json
import secrets
import time
import zlib
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, quote, urlencode

from faas.gateway import StartResponse, error_answer
from faas.initdata import make_init_data
from faas.proxy import Environ

PLAYERS = (
    (1001, "Ada", "Lovelace", "ada"),
    (1002, "Grace", "Hopper", "grace"),
    (1003, "Alan", "Turing", "alan"),
    (1004, "Katherine", "Johnson", "katherine"),
    (1005, "Edsger", "Dijkstra", "edsger"),
    (1006, "Margaret", "Hamilton", "margaret"),
)
_THEME = {"bg_color": "#17212b", "text_color": "#f5f5f5", "button_color": "#5288c1", "hint_color": "#708499"}
_HERE = ("127.0.0.1", "localhost", "[::1]")
_BODY_LIMIT = 8192
_FIRST_OWN_ID = 2_000_000

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Tapstack: choose a player</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark; --accent: #2f6ea5; --line: #8884; }}
body {{ font: 1.05rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 0 auto; padding: 2.5rem 1.25rem; }}
h1 {{ font-size: 1.6rem; margin: 0 0 .25rem; }} p {{ margin: 0 0 1.5rem; opacity: .8; }}
ul {{ list-style: none; padding: 0; display: grid; gap: .6rem; grid-template-columns: repeat(2, 1fr); }}
button, input {{ font: inherit; padding: .7rem 1rem; border-radius: .7rem; border: 1px solid var(--line); }}
button {{ width: 100%; text-align: left; background: transparent; color: inherit; cursor: pointer; }}
button:hover {{ border-color: var(--accent); }}
button:focus-visible, input:focus-visible {{ outline: 3px solid var(--accent); outline-offset: 2px; }}
button small {{ display: block; opacity: .7; }}
.own {{ display: grid; grid-template-columns: 1fr auto; gap: .6rem; margin-top: 1.5rem; }}
.own label {{ grid-column: 1 / -1; }}
.own button {{ background: var(--accent); color: #fff; text-align: center; width: auto; }}
input {{ min-width: 0; background: transparent; color: inherit; }}
</style></head><body><main>
<h1>Who is playing?</h1>
<p>Test players of this machine, signed in as Telegram would. Open a second window for a second player.</p>
<ul>{players}</ul>
<form class="own" method="post" action="/dev/"><label for="name">Your own name</label>
<input id="name" name="first_name" required maxlength="64" autocomplete="given-name">
<button>Play</button></form>
</main></body></html>"""
_PLAYER = """<li><form method="post" action="/dev/"><input type="hidden" name="id" value="{id}">
<button>{first} {last}<small>@{username}</small></button></form></li>"""


class SignIn:
    """The pages below /dev/ as a WSGI application."""

    def __init__(self, bot_token: str, app_path: str, clock: Callable[[], float] = time.time) -> None:
        self._token, self._app_path, self._clock = bot_token, app_path, clock
        players = "".join(
            _PLAYER.format(id=id_, first=first, last=last, username=username) for id_, first, last, username in PLAYERS
        )
        self._page = _PAGE.format(players=players).encode()

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if not _from_here(environ):
            return error_answer(start, 404, "not_found", "there is nothing at this path", [])
        match environ["REQUEST_METHOD"], environ["PATH_INFO"]:
            case "GET" | "HEAD", "/dev/":
                return _answer(start, 200, "text/html; charset=utf-8", self._page)
            case "POST", "/dev/":
                return self._choose(environ, start)
            case "POST", "/dev/init-data":
                return self._init_data(environ, start)
        return error_answer(start, 404, "not_found", "there is nothing at this path", [])

    def _choose(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        form = parse_qs(_body(environ).decode("utf-8", "replace"))
        name = form.get("first_name", [""])[0].strip()[:64]
        known = [player for player in PLAYERS if str(player[0]) == form.get("id", [""])[0]]
        if known:
            id_, first, last, username = known[0]
            user = {"id": id_, "first_name": first, "last_name": last, "username": username}
        elif name:
            # The same name is the same player again.
            user = {"id": _FIRST_OWN_ID + zlib.crc32(name.casefold().encode()), "first_name": name}
        else:
            return error_answer(start, 400, "bad_request", "choose a player or give a name", [])
        fragment = urlencode(
            {
                "tgWebAppData": self._signed(user),
                "tgWebAppVersion": "9.1",
                "tgWebAppPlatform": "web",
                "tgWebAppThemeParams": json.dumps(_THEME, separators=(",", ":")),
            },
            quote_via=quote,
        )
        start("303 -", [("Location", f"{self._app_path}#{fragment}"), ("Cache-Control", "no-store")])
        return [b""]

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
    headers = [("Content-Type", kind), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]
    if kind.startswith("text/html"):
        policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
        headers.append(("Content-Security-Policy", policy))
    start(f"{status} -", headers)
    return [body]
