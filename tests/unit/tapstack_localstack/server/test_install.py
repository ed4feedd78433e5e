"""Finding a Python for LocalStack."""

from __future__ import annotations

from pathlib import Path

import pytest
from tapstack_localstack.errors import LocalStackError
from tapstack_localstack.server import install
from tapstack_localstack.server.servers import place_of


def script(path: Path, says: str, code: int = 0) -> str:
    path.write_text(f"#!/bin/sh\necho {says}\nexit {code}\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no Python but what a test puts into this folder."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("sys.executable", script(tmp_path / "own", "3.11"))
    return tmp_path


def test_python_3_13_that_starts_is_taken(nothing_else: Path) -> None:
    script(nothing_else / "python3.13", "not chosen", code=127)  # a version manager's shim
    script(nothing_else / "python3.12", "3.12")
    assert install.find_python({}) is None
    managed = nothing_else / ".pyenv/versions/3.13.4/bin"
    managed.mkdir(parents=True)
    newest = script(managed / "python", "3.13")
    assert install.find_python({}) == newest


def test_python_that_does_not_start_or_is_too_new_is_none(nothing_else: Path) -> None:
    script(nothing_else / "python3.13", "3.14")
    assert install.find_python({}) is None


def test_named_python_is_taken_or_refused(nothing_else: Path) -> None:
    named = script(nothing_else / "my", "3.13")
    assert install.find_python({"LOCALSTACK_PYTHON": named}) == named
    with pytest.raises(LocalStackError, match="is not Python 3.13"):
        install.find_python({"LOCALSTACK_PYTHON": str(nothing_else / "own")})


def test_without_a_python_the_message_says_how_to_get_one(nothing_else: Path) -> None:
    root = nothing_else / "repo"
    (root / "localstack/locks").mkdir(parents=True)
    (root / "localstack/locks/localstack.txt").write_text("")
    with pytest.raises(LocalStackError, match=r"needs Python 3.13.*LOCALSTACK_PYTHON="):
        install.installed(root, {})


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "٤"])
def test_bad_port_is_refused(tmp_path: Path, port: str) -> None:
    with pytest.raises(LocalStackError, match="LOCALSTACK_PORT"):
        place_of(tmp_path, {"LOCALSTACK_PORT": port})
