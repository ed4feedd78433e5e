"""Remembers the processes of a run in a file, so that a later command can end them, and only them."""

import json
from collections.abc import Mapping
from pathlib import Path

import psutil  # type: ignore[import-untyped]

_GRACE_S = 10.0
# The clock of a process's start is read in ticks; two readings can differ by one.
_SAME_START_S = 0.1


def record(path: Path, pids: Mapping[str, int]) -> None:
    """Remember processes by pid and start time: the pid alone may be another process's by then."""
    rows = []
    for name, pid in pids.items():
        try:
            rows.append({"name": name, "pid": pid, "created": psutil.Process(pid).create_time()})
        except psutil.NoSuchProcess:
            continue
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(rows), encoding="utf-8")
    temporary.replace(path)


def end_recorded(path: Path, grace_s: float = _GRACE_S) -> list[str]:
    """End the recorded processes that still run, and forget them; return their names.

    Each is first asked to end, so that it can end its own children in order; what is left after `grace_s` is killed.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    found = [(row["name"], process) for row in rows if (process := _same(row["pid"], row["created"]))]
    family = [process for _, orphan in found for process in [orphan, *orphan.children(recursive=True)]]
    for _, orphan in found:
        _signal(orphan.terminate)
    _, alive = psutil.wait_procs(family, timeout=grace_s)
    for process in alive:
        _signal(process.kill)
    psutil.wait_procs(alive, timeout=grace_s)
    path.unlink(missing_ok=True)
    return [name for name, _ in found]


def _same(pid: int, created: float) -> psutil.Process | None:
    """Return the process only if it is the recorded one and not a later one with the same pid."""
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
