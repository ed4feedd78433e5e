"""Building and serving a Mini App, here one file that Node itself writes."""

import json
from pathlib import Path
from typing import Any

import pytest
from tapstack_local.errors import StartError
from tapstack_local.gateway.static import miniapp_files
from tapstack_local.miniapp import build_miniapp

BUILD = """
import {mkdirSync, readFileSync, writeFileSync, rmSync} from 'node:fs'
rmSync('dist', {recursive: true, force: true})
mkdirSync('dist/assets', {recursive: true})
writeFileSync('dist/index.html', readFileSync('source.html'))
writeFileSync('dist/assets/main-a1B2c3D4.js', '//')
"""


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "miniapp"
    folder.mkdir()
    package = {"name": "toy", "version": "1.0.0", "scripts": {"build": "node build.mjs"}}
    lock = {"name": "toy", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": package}}
    (folder / "package.json").write_text(json.dumps(package), encoding="utf-8")
    (folder / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    (folder / "build.mjs").write_text(BUILD, encoding="utf-8")
    (folder / "source.html").write_text("<p>one</p>", encoding="utf-8")
    return tmp_path


def get(root: Path, path: str) -> tuple[int, dict[str, str], bytes]:
    seen: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        seen.update(status=int(status.split()[0]), headers={name.lower(): value for name, value in headers})

    app: Any = miniapp_files(root / "miniapp" / "dist", "app/")
    body = app({"REQUEST_METHOD": "GET", "PATH_INFO": path}, start)
    content = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    return seen["status"], seen["headers"], content


def test_a_build_is_made_when_needed_and_only_then(root: Path, said: list[str]) -> None:
    build_miniapp(root, said.append)
    build_miniapp(root, said.append)
    assert said == ["building the Mini App"]
    (root / "miniapp" / "source.html").write_text("<p>two</p>", encoding="utf-8")
    build_miniapp(root, said.append)
    assert len(said) == 2
    assert get(root, "/app/")[2] == b"<p>two</p>"


def test_a_failed_build_says_why_and_is_tried_again(root: Path, said: list[str]) -> None:
    script = root / "miniapp" / "build.mjs"
    script.write_text("throw new Error('broken on purpose')", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(StartError, match="npm run build failed[\\s\\S]*broken on purpose"):
            build_miniapp(root, said.append)


def test_a_folder_without_a_package_is_left_out(tmp_path: Path, said: list[str]) -> None:
    build_miniapp(tmp_path, said.append)
    assert "no Mini App" in said[0]


def test_hashed_files_are_kept_for_ever_and_the_page_never(root: Path, said: list[str]) -> None:
    build_miniapp(root, said.append)
    status, headers, _ = get(root, "/app/assets/main-a1B2c3D4.js")
    assert (status, "immutable" in headers["cache-control"]) == (200, True)
    status, headers, body = get(root, "/app/")
    assert (status, headers["cache-control"], body) == (200, "no-cache", b"<p>one</p>")
    assert headers["content-type"].startswith("text/html")
    for missing in ("/app/nope", "/app/../template.yaml", "/app/assets/../../package.json"):
        assert get(root, missing)[0] == 404
