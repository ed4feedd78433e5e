"""The state on disk: one JSON file, replaced atomically."""

import logging
import os
from pathlib import Path

import msgspec

from .state import State

log = logging.getLogger(__name__)


def load(state_dir: Path | None) -> State:
    """The saved state, or a new one. An unreadable file is renamed, never overwritten."""
    if state_dir is None:
        return State()
    path = state_dir / "telegram.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=State)
    except FileNotFoundError:
        return State()
    except msgspec.DecodeError as error:
        kept = path.with_suffix(".unreadable")
        path.replace(kept)
        log.warning("the saved state is unreadable (%s); it is kept as %s", error, kept)
        return State()


def save(state_dir: Path | None, data: bytes) -> None:
    """Write the encoded state; a crash leaves either the old file or the new one."""
    if state_dir is None:
        return
    state_dir.mkdir(parents=True, exist_ok=True)
    draft = state_dir / "telegram.json.new"
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(state_dir / "telegram.json")
