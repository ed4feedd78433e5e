"""Opens the tables of a game that may be running, all as of one moment."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tapstack_local.errors import OperationError

TABLES = "ministack"
_SNAPSHOT = "dynamodb.json"
_ATTEMPTS = 50
_NUMBER = re.compile(rb'"faas_journal": ?(\d+)')
_TAIL_BYTES = 64 * 1024


@dataclass(frozen=True)
class Part:
    """A file's first `size` bytes, under its name in an archive."""

    name: str
    file: BinaryIO
    size: int


@contextmanager
def open_state(state_dir: Path) -> Iterator[list[Part]]:
    """Open what a backup of `state_dir` holds; raises OperationError if there is no game.

    The tables are the last snapshot and all journals since. A running emulator replaces its snapshot and then deletes
    the journals before it: if the snapshot has not been replaced when the journals are open, none of them is missing.
    What is open is complete, whatever is deleted now; a journal that still grows is taken as far as it was written.
    """
    with ExitStack() as files:
        parts = [_part(files, state_dir, "secrets.json")]
        if (state_dir / TABLES / _SNAPSHOT).exists():
            parts += _open_tables(files, state_dir)
        yield parts


def _open_tables(files: ExitStack, state_dir: Path) -> list[Part]:
    for _ in range(_ATTEMPTS):
        with ExitStack() as attempt:
            try:
                parts = _attempt(attempt, state_dir)
            except FileNotFoundError:
                continue
            now = (state_dir / TABLES / _SNAPSHOT).stat()
            if os.path.samestat(os.fstat(parts[0].file.fileno()), now):
                files.push(attempt.pop_all())
                return parts
    raise OperationError("the emulator saves faster than a backup can begin: try again")


def _attempt(files: ExitStack, state_dir: Path) -> list[Part]:
    snapshot = _part(files, state_dir, f"{TABLES}/{_SNAPSHOT}")
    first = _first_journal(snapshot.file)
    names = {int(path.stem.partition("-")[2]): path.name for path in (state_dir / TABLES).glob("journal-*.jsonl")}
    later = [names[number] for number in sorted(names) if number >= first]
    return [snapshot, *(_part(files, state_dir, f"{TABLES}/{name}") for name in later)]


def _first_journal(file: BinaryIO) -> int:
    """Return the number of the journal that follows a snapshot; it is near the end of the file."""
    size = os.fstat(file.fileno()).st_size
    tail = os.pread(file.fileno(), _TAIL_BYTES, max(0, size - _TAIL_BYTES))
    if found := _NUMBER.findall(tail):
        return int(found[-1])
    with os.fdopen(os.dup(file.fileno()), "rb") as copy:
        number = json.load(copy)["payload"].get("faas_journal", 0)
    file.seek(0)
    return int(number)


def _part(files: ExitStack, state_dir: Path, name: str) -> Part:
    try:
        file = files.enter_context((state_dir / name).open("rb"))
    except FileNotFoundError:
        if name.startswith(TABLES):
            raise
        raise OperationError(f"{state_dir} holds no game: there is no {name}") from None
    return Part(name, file, os.fstat(file.fileno()).st_size)
