"""The archive of a backup: a zip of known names, with a manifest of their sizes and checksums.

Restored, it gives everything the game keeps, players' data and keys alike: only its owner may read it.
"""

import fcntl
import hashlib
import os
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from tapstack_local.backups.snapshot import Part
from tapstack_local.disk import sync_folder
from tapstack_local.errors import OperationError

KIND = "tapstack-backup"
FORMAT = 1
MANIFEST = "manifest.json"
_MANIFEST_BYTES = 1_000_000
_CHUNK = 1 << 20
_LEVEL = 1
"""Players share the cores with a backup."""

_NAMES = re.compile(r"secrets\.json|ministack/dynamodb\.json|ministack/journal-[0-9]{1,12}\.jsonl")
_ARCHIVES = re.compile(r"tapstack-[0-9]{8}T[0-9]{6}Z\.zip")
_PARTIAL = ".tapstack-backup.partial"


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of an archive."""

    name: str
    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What an archive holds; `created_at` is UTC, as ISO 8601."""

    kind: str
    format: int
    created_at: str
    files: list[File]


def write(parts: Sequence[Part], folder: Path, now: datetime, *, keep: int = 0) -> Path:
    """Write a backup into `folder` and read it back; it has its name only when it is complete and on the disk.

    `keep` is how many archives stay in the folder, 0 for all. Raises OperationError if a backup is under way there, or
    the folder can't be written.
    """
    path = folder / f"tapstack-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.zip"
    partial = folder / _PARTIAL
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(partial) as file:
            _fill(file, parts, now)
            file.flush()
            with open_checked(partial) as archive:
                archive.check()
            os.fsync(file.fileno())
            partial.replace(path)
        sync_folder(folder)
        _forget(folder, keep)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise OperationError(f"no backup was written to {folder}: {error.strerror or error}") from None
    return path


@contextmanager
def _alone(partial: Path) -> Iterator[BinaryIO]:
    """Open the unfinished archive, which a killed backup may have left, for one backup at a time."""
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
    with os.fdopen(os.open(partial, flags, 0o600), "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OperationError(f"a backup into {partial.parent} is under way") from None
        file.truncate(0)
        yield file


def _fill(file: BinaryIO, parts: Sequence[Part], now: datetime) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        files = [_add(archive, part) for part in parts]
        manifest = Manifest(KIND, FORMAT, now.astimezone(UTC).isoformat(timespec="seconds"), files)
        archive.writestr(MANIFEST, msgspec.json.encode(manifest))


def _add(archive: zipfile.ZipFile, part: Part) -> File:
    digest, left = hashlib.sha256(), part.size
    with archive.open(part.name, "w", force_zip64=True) as member:
        while left:
            chunk = part.file.read(min(_CHUNK, left))
            if not chunk:
                raise OperationError(f"{part.name} became shorter while it was read: try again")
            digest.update(chunk)
            member.write(chunk)
            left -= len(chunk)
    return File(part.name, part.size, digest.hexdigest())


def _forget(folder: Path, keep: int) -> None:
    found = sorted(path for path in folder.iterdir() if _ARCHIVES.fullmatch(path.name))
    for path in found[:-keep] if keep else []:
        path.unlink(missing_ok=True)


class Archive:
    """An open archive whose manifest is in order; its contents are checked while they are read."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.manifest = manifest
        self._archive = archive

    @property
    def size(self) -> int:
        """What its files take up on a disk, in bytes."""
        return sum(file.bytes for file in self.manifest.files)

    def contents(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield each file's name and contents in pieces; raises OperationError where they are not as promised."""
        for file in self.manifest.files:
            yield file.name, self._pieces(file)

    def check(self) -> None:
        """Read everything; raises OperationError where it is not as promised."""
        for _, pieces in self.contents():
            for _ in pieces:
                pass

    def _pieces(self, file: File) -> Iterator[bytes]:
        digest, left = hashlib.sha256(), file.bytes
        try:
            with self._archive.open(file.name) as member:
                while chunk := member.read(min(_CHUNK, left + 1)):
                    left -= len(chunk)
                    if left < 0:
                        break
                    digest.update(chunk)
                    yield chunk
        except _DAMAGED as error:
            raise _damaged(f"{file.name}: {error}") from None
        if left or digest.hexdigest() != file.sha256:
            raise _damaged(f"{file.name} is not what was saved")


_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, ValueError)
"""What zipfile raises for a file that is not a zip, cut off, encrypted or compressed otherwise."""


@contextmanager
def open_checked(path: Path) -> Iterator[Archive]:
    """Open an archive; raises OperationError for one that is damaged, not a backup, or has any name but its own."""
    try:
        file = zipfile.ZipFile(path)
    except OSError as error:
        raise OperationError(f"{path} can't be read: {error.strerror or error}") from None
    except _DAMAGED as error:
        raise _damaged(str(error)) from None
    with file:
        yield Archive(file, _manifest(file))


def _manifest(file: zipfile.ZipFile) -> Manifest:
    try:
        with file.open(MANIFEST) as member:
            text = member.read(_MANIFEST_BYTES + 1)
        manifest = msgspec.json.decode(text, type=Manifest)
    except (*_DAMAGED, msgspec.DecodeError):
        raise OperationError("this is not a backup of a game: it has no manifest") from None
    if manifest.kind != KIND:
        raise OperationError("this is not a backup of a game")
    if manifest.format != FORMAT:
        raise OperationError(f"this backup has format {manifest.format}, and this release reads format {FORMAT}")
    names = [each.name for each in manifest.files]
    if sorted([*names, MANIFEST]) != sorted(file.namelist()) or len(set(names)) < len(names):
        raise _damaged("its files are not those of its manifest")
    if not all(map(_NAMES.fullmatch, names)) or "secrets.json" not in names:
        raise OperationError("this is not a backup of a game: its files are others")
    if any(each.bytes < 0 for each in manifest.files):
        raise _damaged("a size is negative")
    if any(each.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for each in file.infolist()):
        raise _damaged("it is compressed otherwise than a backup")
    return manifest


def _damaged(why: str) -> OperationError:
    return OperationError(f"the archive is damaged: {why}")
