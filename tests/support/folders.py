"""Where tests keep their files: in memory, where there is room.

Redis and the emulator wait until the disk has what they write. On a disk that others keep busy that takes seconds, and
a game that waits so long for its stores refuses requests, as it should: tests of something else would fail by it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder in it that only its user may read
ROOM_BYTES = 4 * 2**30
"""Many times what all tests together take; a container often has 64 MB there."""

ROOT = "PYTEST_DEBUG_TEMPROOT"
"""https://docs.pytest.org/en/stable/reference/reference.html#environment-variables"""


def in_memory(folder: Path = MEMORY) -> Path | None:
    """A folder in memory with enough room, from which programs may be started; None where there is none."""
    if not folder.is_dir() or os.statvfs(folder).f_flag & os.ST_NOEXEC:
        return None
    return folder if shutil.disk_usage(folder).free >= ROOM_BYTES else None


def use_memory() -> None:
    """Has pytest make its temporary folders in memory, unless somebody has named a place for them."""
    if found := in_memory():
        os.environ.setdefault(ROOT, str(found))
