"""The logs of the servers that a test ran: kept with pytest's temporary folders after a failure, named in its report.

Whoever starts a server takes a file for its output from `new_log` and names it, or a folder with its logs, in `watch`;
a hook in `tests/conftest.py` puts the names, and the last lines, into the report of a test that fails.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

LAST_LINES = 12
LINE_CHARACTERS = 300
VERDICT_CHARACTERS = 200

_CRASH = b"Fatal Python error: "
"""What faulthandler writes: a signal has ended the process, as no Python error can."""

_numbers = itertools.count(1)
_folder: Path | None = None
_running: list[Path] = []
_ended: list[Path] = []


def use_folder(folder: Path) -> None:
    """Says where logs go from now on."""
    global _folder
    folder.mkdir(parents=True, exist_ok=True)
    _folder = folder


def new_log(name: str) -> Path:
    """A file of its own for the output of a server."""
    if _folder is None:
        use_folder(Path(tempfile.mkdtemp(prefix="tapstack-test-logs-")))
    assert _folder is not None
    return _folder / f"{next(_numbers):03}-{name}.log"


def changed(path: Path, running: bool) -> None:
    """Says that a server with this log, or folder of logs, has started or ended; fails where one has crashed."""
    if path in _running:
        _running.remove(path)  # a killed game ends without a word, and starts again
    (_running if running else _ended).append(path)
    if not running:
        crashed = [file for file in _logs_at(path) if _CRASH in file.read_bytes()]
        assert not crashed, f"a process has crashed, and was started again: {', '.join(map(str, crashed))}"


@contextmanager
def watch(path: Path) -> Iterator[Path]:
    """Counts a log, or a folder of logs, among those of a running server for the time of a with-block."""
    changed(path, True)
    try:
        yield path
    finally:
        changed(path, False)


def forget_ended() -> None:
    """Called before each test: a failure is explained by the servers that ran during the test."""
    _ended.clear()


def logs() -> list[Path]:
    """The logs of the servers that run, or ran during this test, the latest started last."""
    found: dict[Path, None] = {}
    for path in [*_running, *_ended]:
        found.update(dict.fromkeys(_logs_at(path)))
    return list(found)


def _logs_at(path: Path) -> list[Path]:
    files = sorted([*path.glob("*.log"), *path.glob("logs/*.log")]) if path.is_dir() else [path]
    return [file for file in files if file.exists()]


def report() -> str:
    """Each log by name with its last lines; empty where no server ran."""
    parts = []
    for file in logs():
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        shown = (f"    {_cut(line, LINE_CHARACTERS)}" for line in lines[-LAST_LINES:])
        parts.append("\n".join([f"{file} ({len(lines)} lines)", *shown]))
    return "\n".join(parts)


def verdicts(failed: Iterable[pytest.TestReport]) -> list[str]:
    """A line for each test that failed: its name, and the first line of why."""
    lines = {f"FAILED {report.nodeid}{_step(report)}{_why(report)}": None for report in failed}
    return list(lines)


def _step(report: pytest.TestReport) -> str:
    when = getattr(report, "when", "call")  # a file that could not be read has none
    return "" if when in ("call", "collect") else f" ({when})"


def _why(report: pytest.TestReport) -> str:
    crash = getattr(report.longrepr, "reprcrash", None)
    first = next(iter((crash.message if crash else str(report.longrepr)).splitlines()), "")
    return f" - {_cut(first, VERDICT_CHARACTERS)}" if first else ""


def _cut(text: str, characters: int) -> str:
    return text if len(text) <= characters else f"{text[:characters]}..."
