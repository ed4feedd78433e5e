"""Ends what a run that was killed left behind, and keeps two runs from sharing one state folder."""

import fcntl
import json
from collections.abc import Mapping
from pathlib import Path
from typing import IO

import psutil  # type: ignore[import-untyped]

from tapstack_local.errors import StartError

_GRACE_S = 10.0
# The clock of a process's start is read in ticks; two readings can differ by one.
_SAME_START_S = 0.1


def lock(state_dir: Path) -> IO[str]:
    """Take the state folder for this process until the returned file is closed or the process ends."""
    state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = (state_dir / "lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        owner = file.read().strip() or "unknown"
        raise StartError(
            f"a game is already running on {state_dir} (process {owner}); stop it, or set STATE_DIR=..."
        ) from None
    file.truncate(0)
    file.write(str(psutil.Process().pid))
    file.flush()
    return file


def record(state_dir: Path, pids: Mapping[str, int]) -> None:
    """Remember the children, by pid and start time, for a next run that finds this one killed."""
    rows = []
    for name, pid in pids.items():
        try:
            rows.append({"name": name, "pid": pid, "created": psutil.Process(pid).create_time()})
        except psutil.NoSuchProcess:
            continue
    temporary = state_dir / "processes.tmp"
    temporary.write_text(json.dumps(rows), encoding="utf-8")
    temporary.replace(state_dir / "processes.json")


def end_orphans(state_dir: Path) -> list[str]:
    """End the recorded processes that still run, politely first; return their names."""
    path = state_dir / "processes.json"
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    found = [(row["name"], process) for row in rows if (process := _same(row["pid"], row["created"]))]
    family = [process for _, orphan in found for process in [orphan, *orphan.children(recursive=True)]]
    for process in family:
        _signal(process.terminate)
    _, alive = psutil.wait_procs(family, timeout=_GRACE_S)
    for process in alive:
        _signal(process.kill)
    psutil.wait_procs(alive, timeout=_GRACE_S)
    path.unlink(missing_ok=True)
    return [name for name, _ in found]


def _same(pid: int, created: float) -> psutil.Process | None:
    """Return the process only if it is the recorded one and not a later one with the same number."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE or abs(process.create_time() - created) > _SAME_START_S:
            return None
        return process
    except psutil.NoSuchProcess:
        return None


def _signal(send: "psutil.Process.terminate") -> None:
    try:
        send()
    except psutil.NoSuchProcess:
        pass
