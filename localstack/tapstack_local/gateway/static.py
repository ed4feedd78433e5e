"""The built Mini App, served from its dist folder: hashed files cached forever, index.html revalidated each time.

Only a Telegram may show it in a frame (its web clients, and the one that this game talks to), and its own origin.
Where the page's API is only its own policy knows, which is built into it; a browser obeys both.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from wsgiref.headers import Headers

from whitenoise import WhiteNoise  # type: ignore[import-untyped]

from tapstack_local.gateway.application import SAFE, StartResponse, Wsgi, error_answer
from tapstack_local.gateway.proxy import Environ

# Vite names what it builds <name>-<hash>.<ext>.
_HASHED = re.compile(r"/assets/.+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$")


_POLICY = "script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors {}"
_FRAMES = "'self' https://*.telegram.org"


def frame_ancestors(telegram: str) -> str:
    """Who may show the Mini App in a frame, where the game talks to the Telegram at some address."""
    parts = urlsplit(telegram)
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[A-Za-z0-9.:-]+", parts.netloc):
        return _FRAMES
    names = dict.fromkeys([parts.netloc, parts.netloc.replace("127.0.0.1", "localhost")])
    return " ".join([_FRAMES, *(f"{parts.scheme}://{name}" for name in names)])


def miniapp_files(dist: Path, prefix: str, telegram: str = "") -> Wsgi:
    """Return the WSGI application that serves `dist` below `prefix`; a new build is seen at once.

    `telegram` is the address of the Telegram that the game talks to.
    """
    own = SAFE + [("Content-Security-Policy", _POLICY.format(frame_ancestors(telegram)))]

    def missing(_environ: Environ, start: StartResponse) -> Iterable[bytes]:
        message = "there is nothing at this path" if dist.is_dir() else "the Mini App is not built"
        return error_answer(start, 404, "not_found", message, [])

    def immutable(_path: str, url: str) -> bool:
        return _HASHED.search(url) is not None

    def headers(found: Headers, _path: str, url: str) -> None:
        for name, value in own:
            found[name] = value
        if not immutable("", url):
            found["Cache-Control"] = "no-cache"

    files: Any = WhiteNoise(
        missing,
        root=str(dist),
        prefix=prefix,
        autorefresh=True,
        max_age=None,
        allow_all_origins=False,
        add_headers_function=headers,
        index_file=True,
        immutable_file_test=immutable,
    )
    return files  # type: ignore[no-any-return]
