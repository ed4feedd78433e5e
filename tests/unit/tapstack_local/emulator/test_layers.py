"""A layer is unpacked once, and looks to each function like one of its own."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tapstack_local.emulator import layers


@pytest.fixture
def runtime(tmp_path: Path) -> Any:
    """What MiniStack's module unpacks with."""
    module = SimpleNamespace(zipfile=zipfile)
    (tmp_path / "shared").mkdir()
    layers.install(module, tmp_path / "shared")
    return module


def unpack(runtime: Any, tmp_path: Path, function: str, folder: str, content: str) -> Path:
    """As MiniStack does it for each process of a function."""
    place = tmp_path / function / folder
    place.mkdir(parents=True)
    archive = place.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("python/package/__init__.py", content)
    with runtime.zipfile.ZipFile(archive) as found:
        found.extractall(str(place))
    return place


def source(place: Path) -> Path:
    return place / "python/package/__init__.py"


def test_second_function_gets_the_files_of_the_first(runtime: Any, tmp_path: Path) -> None:
    first, second, other = (
        unpack(runtime, tmp_path, name, "layer_0", content)
        for name, content in (("click", "A = 1"), ("sync", "A = 1"), ("outbox", "A = 2"))
    )
    assert source(first).samefile(source(second))
    assert (source(second).read_text(), source(other).read_text()) == ("A = 1", "A = 2")


def test_function_that_ends_takes_its_layers_from_nobody(runtime: Any, tmp_path: Path) -> None:
    unpack(runtime, tmp_path, "click", "layer_0", "A = 1")
    second = unpack(runtime, tmp_path, "sync", "layer_0", "A = 1")
    shutil.rmtree(tmp_path / "click")
    assert source(second).read_text() == "A = 1"


def test_code_of_a_function_is_its_own(runtime: Any, tmp_path: Path) -> None:
    first, second = (unpack(runtime, tmp_path, name, "code", "A = 1") for name in ("click", "sync"))
    assert not source(first).samefile(source(second))


def test_errors_of_archives_are_those_of_the_module(runtime: Any) -> None:
    assert runtime.zipfile.BadZipFile is zipfile.BadZipFile
