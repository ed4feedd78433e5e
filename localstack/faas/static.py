"""The built Mini App, served from its dist folder: hashed files for ever, index.html fresh each time."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from whitenoise import WhiteNoise  # type: ignore[import-untyped]

from faas.gateway import StartResponse, Wsgi, error_answer
from faas.proxy import Environ

# Vite names what it builds <name>-<hash>.<ext>.
_HASHED = re.compile(r"/assets/.+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$")


def miniapp_files(dist: Path, prefix: str) -> Wsgi:
    """Return the WSGI application that serves `dist` below `prefix`; a new build is seen at once."""

    def missing(_environ: Environ, start: StartResponse) -> Iterable[bytes]:
        message = "there is nothing at this path" if dist.is_dir() else "the Mini App is not built"
        return error_answer(start, 404, "not_found", message, [])

    def immutable(_path: str, url: str) -> bool:
        return _HASHED.search(url) is not None

    def headers(found: Headers, _path: str, url: str) -> None:
        found["X-Content-Type-Options"] = "nosniff"
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
