"""The page's files, kept in memory, with a strict Content-Security-Policy."""

import hashlib
import mimetypes
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "static"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}

Headers = list[tuple[bytes, bytes]]


class StaticFiles:
    """Answers `/` and `/static/...`; files are read anew when they change, so that a reload shows an edit."""

    def __init__(self, frame_origins: str) -> None:
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            f"connect-src 'self'; frame-src 'self' {frame_origins}; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'self'"
        )
        self._security: Headers = [
            (b"content-security-policy", policy.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
        ]

    def answer(self, path: str, known: str) -> tuple[int, Headers, bytes]:
        """Status, headers and body of a path; `known` is the ETag that the browser has."""
        name = "index.html" if path == "/" else path.removeprefix("/static/")
        file = (FOLDER / name).resolve()
        if not file.is_relative_to(FOLDER) or not file.is_file() or path == "/static/index.html":
            return 404, self._security, b"Not Found"
        body = file.read_bytes()
        tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        kind = _TYPES.get(file.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        headers: Headers = [
            *self._security,
            (b"content-type", kind.encode()),
            (b"etag", tag.encode()),
            (b"cache-control", b"no-cache"),
        ]
        return (304, headers, b"") if known == tag else (200, headers, body)
