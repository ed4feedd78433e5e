"""The world on disk: one JSON file, replaced atomically."""

import logging
import os
from pathlib import Path

import msgspec

from .world import World

log = logging.getLogger(__name__)


def load(state_dir: Path | None) -> World:
    """The saved world, or a new one. A file that cannot be read is put aside, never overwritten."""
    if state_dir is None:
        return World()
    path = state_dir / "telegram.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=World)
    except FileNotFoundError:
        return World()
    except msgspec.DecodeError as error:
        aside = path.with_suffix(".unreadable")
        path.replace(aside)
        log.warning("The saved chats cannot be read (%s); they are in %s.", error, aside)
        return World()


def save(state_dir: Path | None, data: bytes) -> None:
    """Write the encoded world; a crash leaves the old file or the new one, whole."""
    if state_dir is None:
        return
    state_dir.mkdir(parents=True, exist_ok=True)
    draft = state_dir / "telegram.json.new"
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(state_dir / "telegram.json")
