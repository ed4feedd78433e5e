"""What a browser is told about the Mini App's files."""

from pathlib import Path
from typing import Any

import pytest
from tapstack_local.gateway.static import frame_ancestors, miniapp_files


def headers_of(dist: Path, path: str, telegram: str = "") -> dict[str, str]:
    seen: dict[str, str] = {}

    def start(_status: str, headers: list[tuple[str, str]]) -> None:
        seen.update(headers)

    app: Any = miniapp_files(dist, "app/", telegram)
    body = app({"REQUEST_METHOD": "GET", "PATH_INFO": path}, start)
    list(body)
    if hasattr(body, "close"):
        body.close()
    return seen


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<p>")
    (tmp_path / "assets" / "main-a1B2c3D4.js").write_text("//")
    return tmp_path


@pytest.mark.parametrize("path", ["/app/", "/app/assets/main-a1B2c3D4.js", "/app/nothing"])
def test_every_file_says_who_may_use_it_how(dist: Path, path: str) -> None:
    headers = headers_of(dist, path)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    if path == "/app/nothing":
        assert policy == {"default-src": "'none'", "frame-ancestors": "'none'"}
    else:
        assert policy["script-src"] == "'self'"
        assert policy["frame-ancestors"] == "'self' https://*.telegram.org"


@pytest.mark.parametrize(
    ("telegram", "more"),
    [
        ("", ""),
        ("http://127.0.0.1:8081", " http://127.0.0.1:8081 http://localhost:8081"),
        ("https://telegram.example/bot", " https://telegram.example"),
        ("https://a b; script-src *", ""),
        ("javascript:alert(1)", ""),
        ("http://x@evil.example", ""),
    ],
)
def test_frames_are_allowed_to_telegram_and_to_the_one_of_the_game(telegram: str, more: str) -> None:
    assert frame_ancestors(telegram) == f"'self' https://*.telegram.org{more}"
