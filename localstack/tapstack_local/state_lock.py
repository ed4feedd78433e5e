"""Keeps two games from sharing one state folder."""

import fcntl
import os
from pathlib import Path
from typing import IO

from tapstack_local.errors import StartError


def lock(state_dir: Path) -> IO[str]:
    """Take the state folder for this process until the returned file is closed or the process ends."""
    state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = (state_dir / "lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        owner = file.read().strip() or "unknown"
        file.close()
        raise StartError(
            f"a game is already running on {state_dir} (process {owner}); stop it, or set STATE_DIR=..."
        ) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file
