"""Puts a backup in the place of a game's state, all of it or nothing."""

import os
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from tapstack_local.backups.archive import Archive, open_checked
from tapstack_local.disk import sync_folder
from tapstack_local.errors import OperationError, StartError
from tapstack_local.state_lock import lock

_RESERVE_BYTES = 64 << 20
"""What stays free on the disk."""


def restore(path: Path, state_dir: Path, now: datetime) -> Path | None:
    """Replace the state folder by a backup; return where the old one is kept, None if there was none.

    The new state is complete and on the disk before the old one moves. Killed between the two moves, it leaves a
    folder without which no game starts there (`refuse_unfinished`): a second restore goes on. Raises OperationError,
    with everything as it was, for a running game and for an archive that is damaged or none.
    """
    with open_checked(path) as archive:
        staging = _staging(state_dir)
        staging.parent.mkdir(parents=True, exist_ok=True)
        with _stopped(state_dir):
            shutil.rmtree(staging, ignore_errors=True)
            try:
                _fill(archive, staging)
            except BaseException:
                shutil.rmtree(staging, ignore_errors=True)
                raise
            return _swap(staging, state_dir, now)


def refuse_unfinished(state_dir: Path) -> None:
    """Raise StartError if a restore was killed between its two moves, or is under way: the game would start empty."""
    if _staging(state_dir).exists() and not (state_dir / "secrets.json").exists():
        raise StartError(f"a restore of {state_dir} has not ended: run it again (or delete {_staging(state_dir)})")


def _staging(state_dir: Path) -> Path:
    return state_dir.with_name(f"{state_dir.name}.restoring")


class _stopped:  # noqa: N801
    """Keeps a game from starting on the folder; raises OperationError if one runs."""

    def __init__(self, state_dir: Path) -> None:
        self._state_dir = state_dir

    def __enter__(self) -> None:
        try:
            self._held = lock(self._state_dir)
        except StartError:
            raise OperationError(f"a game runs on {self._state_dir}: stop it first") from None

    def __exit__(self, *_: object) -> None:
        self._held.close()


def _fill(archive: Archive, staging: Path) -> None:
    free = shutil.disk_usage(staging.parent).free - _RESERVE_BYTES
    if archive.size > free:
        raise OperationError(f"the backup needs {archive.size:,} bytes, and the disk has {max(0, free):,} to spare")
    staging.mkdir(mode=0o700)
    for name, pieces in archive.contents():
        target = staging / name
        target.parent.mkdir(exist_ok=True, mode=0o700)
        _write(target, pieces)
    for folder in {staging, *(path for path in staging.iterdir() if path.is_dir())}:
        sync_folder(folder)


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def _swap(staging: Path, state_dir: Path, now: datetime) -> Path | None:
    kept = state_dir.with_name(f"{state_dir.name}.before-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    had_game = (state_dir / "secrets.json").exists()
    state_dir.rename(kept)
    staging.rename(state_dir)
    sync_folder(state_dir.parent)
    if had_game:
        return kept
    shutil.rmtree(kept)
    return None
