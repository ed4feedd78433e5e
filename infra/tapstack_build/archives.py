"""Reproducible zip archives of folders: the same bytes wherever and whenever they are built.

Entries are sorted, their times and modes fixed, and files left behind by interpreters are excluded.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tapstack_local.template.source import code_folders

from tapstack_build import dependencies
from tapstack_build.dependencies import Target

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can hold."""

_FILE_MODE = 0o100644 << 16
_UNIX = 3
_LEFT_OUT = frozenset({"__pycache__", "requirements.txt", "Makefile"})
"""Excluded besides hidden files: a layer's build files are not part of it."""


@dataclass(frozen=True)
class Archive:
    """A zip archive on disk: its logical id, path, SHA-256 in hex, and size in bytes."""

    name: str
    path: Path
    sha256: str
    size: int

    @property
    def key(self) -> str:
        """Its key in a bucket: the same content always has the same key."""
        return f"{self.name}-{self.sha256[:16]}.zip"


def pack(name: str, folder: Path, target: Path) -> Archive:
    """Zips a folder's contents into target/<name>.zip."""
    target.mkdir(parents=True, exist_ok=True)
    path = target / f"{name}.zip"
    unfinished = path.with_suffix(f".{os.getpid()}.tmp")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(_files(folder)):
            entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), _EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = _FILE_MODE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())
    unfinished.replace(path)
    content = path.read_bytes()
    return Archive(name, path, hashlib.sha256(content).hexdigest(), len(content))


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in _LEFT_OUT and not name.startswith(".")]
        for name in names:
            if name not in _LEFT_OUT and not name.startswith(".") and not name.endswith(".pyc"):
                yield Path(parent, name)


def build_all(root: Path, template: dict[str, Any], target: Target, work: Path) -> list[Archive]:
    """Builds an archive of each function and layer of the template in the folder `work`."""
    folders = code_folders(template, root)
    folders |= {layer.name: dependencies.build(layer, root, target, work) for layer in dependencies.LAYERS}
    place = work / f"{target.python}-{target.machine}"
    return [pack(name, folder, place) for name, folder in sorted(folders.items())]


def print_sizes(archives: Iterable[Archive]) -> None:
    for archive in archives:
        print(f"{archive.name:<24}{archive.size:>10,} bytes  {archive.sha256[:16]}")
