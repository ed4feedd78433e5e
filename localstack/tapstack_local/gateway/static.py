"""The built Mini App, served from its dist folder: hashed files cached forever, index.html revalidated each time.

The build states the page's Content-Security-Policy in a file; here it becomes a header. Only Telegram's web
clients, the Telegram that this game talks to, and the page's own origin may show the page in a frame.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from wsgiref.headers import Headers

from whitenoise import WhiteNoise  # type: ignore[import-untyped]

from tapstack_local.gateway.application import SAFE, StartResponse, Wsgi, error_answer
from tapstack_local.gateway.proxy import Environ

# Vite's build names files <name>-<hash>.<ext>.
_HASHED = re.compile(r"/assets/.+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$")

POLICY_FILE = "content-security-policy.json"
"""In dist, built from miniapp/content-security-policy.json."""


def content_security_policy(dist: Path, telegram: str = "") -> str:
    """Return the header for the build in `dist`; without a policy file, a page may load nothing at all."""
    try:
        directives = dict(json.loads((dist / POLICY_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        directives = {"default-src": "'none'"}
    built = directives.pop("frame-ancestors", "")
    frames = " ".join(filter(None, ["'self'", built, *_frames_of(telegram)]))
    return "; ".join(f"{name} {sources}" for name, sources in [*directives.items(), ("frame-ancestors", frames)])


def _frames_of(telegram: str) -> Iterable[str]:
    """Return the origins at which a developer may open a Telegram at this address."""
    parts = urlsplit(telegram)
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[A-Za-z0-9.:-]+", parts.netloc):
        return ()
    names = dict.fromkeys([parts.netloc, parts.netloc.replace("127.0.0.1", "localhost")])
    return [f"{parts.scheme}://{name}" for name in names]


def miniapp_files(dist: Path, prefix: str, telegram: str = "") -> Wsgi:
    """Return the WSGI application that serves `dist` under `prefix`; a new build is used at once.

    `telegram` is the address of the Telegram that the game talks to.
    """

    def missing(_environ: Environ, start: StartResponse) -> Iterable[bytes]:
        message = "there is nothing at this path" if dist.is_dir() else "the Mini App is not built"
        return error_answer(start, 404, "not_found", message, [])

    def immutable(_path: str, url: str) -> bool:
        return _HASHED.search(url) is not None

    def headers(found: Headers, _path: str, url: str) -> None:
        for name, value in SAFE:
            found[name] = value
        found["Content-Security-Policy"] = content_security_policy(dist, telegram)
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
