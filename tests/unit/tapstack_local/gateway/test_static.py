"""What a browser is told about the Mini App's files."""

import json
from pathlib import Path
from typing import Any

import pytest
from tapstack_local.gateway.static import POLICY_FILE, content_security_policy, miniapp_files

SOURCE = Path(__file__).parents[4] / "miniapp" / POLICY_FILE


def directives_of(policy: str) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


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
    (tmp_path / POLICY_FILE).write_text(SOURCE.read_text())
    (tmp_path / "assets" / "main-a1B2c3D4.js").write_text("//")
    return tmp_path


@pytest.mark.parametrize("path", ["/app/", "/app/assets/main-a1B2c3D4.js", "/app/nothing"])
def test_every_file_says_who_may_use_it_how(dist: Path, path: str) -> None:
    headers = headers_of(dist, path)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    policy = directives_of(headers["Content-Security-Policy"])
    if path == "/app/nothing":
        assert policy == {"default-src": "'none'", "frame-ancestors": "'none'"}
    else:
        stated = json.loads(SOURCE.read_text())
        assert policy == stated | {"frame-ancestors": f"'self' {stated['frame-ancestors']}"}


def test_api_on_another_origin_is_in_the_policy_as_the_build_states_it(dist: Path) -> None:
    (dist / POLICY_FILE).write_text(json.dumps({"connect-src": "'self' https://api.example"}))
    policy = directives_of(headers_of(dist, "/app/")["Content-Security-Policy"])
    assert policy == {"connect-src": "'self' https://api.example", "frame-ancestors": "'self'"}


@pytest.mark.parametrize("content", [None, "{", "1"])
def test_page_without_a_policy_may_load_nothing(dist: Path, content: str | None) -> None:
    (dist / POLICY_FILE).unlink() if content is None else (dist / POLICY_FILE).write_text(content)
    assert content_security_policy(dist) == "default-src 'none'; frame-ancestors 'self'"


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
def test_frames_are_allowed_to_telegram_and_to_the_one_of_the_game(dist: Path, telegram: str, more: str) -> None:
    policy = directives_of(content_security_policy(dist, telegram))
    assert policy["frame-ancestors"] == f"'self' https://*.telegram.org{more}"
