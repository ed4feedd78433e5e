"""Archives: the same bytes from the same content, and nothing in them that nobody wrote."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

from tapstack_build.archives import pack


def make(folder: Path, names: list[str]) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"content of {Path(name).name}")
    return folder


def test_same_content_gives_the_same_bytes_whatever_its_order_times_and_modes(tmp_path: Path) -> None:
    one = make(tmp_path / "one", ["b.py", "a/c.py", "a/b.py"])
    two = make(tmp_path / "two", ["a/b.py", "a/c.py", "b.py"])
    os.utime(two / "b.py", (1, 1))
    (two / "b.py").chmod(0o600)
    first, second = pack("X", one, tmp_path / "out1"), pack("X", two, tmp_path / "out2")
    assert first.path.read_bytes() == second.path.read_bytes()
    assert (first.key, first.size) == (second.key, first.path.stat().st_size)


def test_changed_content_gives_another_key(tmp_path: Path) -> None:
    folder = make(tmp_path / "one", ["a.py"])
    before = pack("X", folder, tmp_path / "out").key
    (folder / "a.py").write_text("changed")
    assert pack("X", folder, tmp_path / "out").key != before


def test_what_interpreters_editors_and_builds_leave_is_not_packed(tmp_path: Path) -> None:
    left_out = ["__pycache__/a.pyc", "b.pyc", ".hidden", ".git/x", "requirements.txt", "Makefile"]
    packed = pack("X", make(tmp_path / "one", ["a.py", "lua/a.lua", *left_out]), tmp_path / "out")
    assert zipfile.ZipFile(packed.path).namelist() == ["a.py", "lua/a.lua"]
