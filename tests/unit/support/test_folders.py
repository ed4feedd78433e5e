"""Where tests keep their files."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from support import folders


def test_folder_that_is_missing_or_small_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert folders.in_memory(tmp_path / "missing") is None
    for free, found in ((folders.ROOM_BYTES, tmp_path), (folders.ROOM_BYTES - 1, None)):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: SimpleNamespace(free=free))
        assert folders.in_memory(tmp_path) == found


def test_place_that_somebody_has_named_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(folders.ROOT, "/named")
    folders.use_memory()
    assert os.environ[folders.ROOT] == "/named"
