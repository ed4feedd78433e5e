"""Child processes: they end with this one, and their output reaches a log file without secrets."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tapstack_local.processes.process import Process
from tapstack_local.processes.redaction import redactor

READY = "@@ready"
_LOG_BYTES = 10_000_000
_WORTH_SHOWING = re.compile(r"\b(WARNING|ERROR|CRITICAL)\b|^Traceback \(most recent")

Show = Callable[[str], None]


class Child(Process):
    """One child process and its log file.

    `ready` is set when the child has printed READY `ready_lines` times; `show` receives the lines that the user should
    see: warnings, errors, tracebacks. Secrets of its environment are redacted in both. Call `start` from the main
    thread only.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        *,
        show: Show | None = None,
        pass_fds: Sequence[int] = (),
        death_signal: int = signal.SIGKILL,
        ready_lines: int = 1,
    ) -> None:
        super().__init__(name, command, environment, log, pass_fds=pass_fds, death_signal=death_signal)
        self.ready = threading.Event()
        self._redact = redactor(self.environment)
        self._show = show
        self._ready_lines = ready_lines
        self._last: deque[str] = deque(maxlen=200)

    def start(self) -> None:
        """Start the process; its output goes on in the same log file."""
        self.ready.clear()
        self._last.clear()
        process = self._spawn(subprocess.PIPE)
        self._reader = threading.Thread(target=self._read_output, args=(process,), daemon=True)
        self._reader.start()

    def tail(self, lines: int = 15) -> str:
        """Return the last lines of this start's output."""
        if self.exit_code() is not None:
            self._reader.join(1)
        return "\n".join(list(self._last)[-lines:])

    def first_error(self) -> str:
        """Return the first error with its traceback, or else the last lines."""
        self.tail()
        lines = list(self._last)
        start = next((i for i, line in enumerate(lines) if line.startswith(("ERROR", "Traceback"))), None)
        if start is None:
            return self.tail()
        shown: list[str] = []
        _Filter(shown.append).feed_all(lines[start:])
        return "\n".join(shown)

    def stop(self, grace_s: float) -> None:
        """Ask the process to end, wait `grace_s`, then kill it and what it started; its whole output is in the log."""
        super().stop(grace_s)
        if self.pid:
            self._reader.join(2)

    def _read_output(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout is not None  # noqa: S101
        visible = _Filter(self._show)
        file = _LogFile(self.log)
        awaited = self._ready_lines
        for raw in process.stdout:
            line = self._redact(raw.decode(errors="replace").rstrip("\n"))
            if line == READY:
                awaited -= 1
                if awaited == 0:
                    self.ready.set()
                continue
            self._last.append(line)
            visible.feed(line)
            file.write(f"{line}\n".encode())
        file.close()
        process.stdout.close()


class _LogFile:
    """A log of bounded size; what a full disk does not take is left out, or the child would wait for its reader."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("ab", buffering=0)

    def write(self, line: bytes) -> None:
        with suppress(OSError):
            self._file.write(line)
            if self._file.tell() > _LOG_BYTES:
                self._path.replace(self._path.with_suffix(".log.1"))
                before, self._file = self._file, self._path.open("ab", buffering=0)
                before.close()

    def close(self) -> None:
        self._file.close()


class _Filter:
    """Passes on warnings and errors, with the traceback that follows one."""

    def __init__(self, show: Show | None) -> None:
        self._show = show
        self._open = False

    def feed_all(self, lines: list[str]) -> None:
        """Feed lines until the first record with its traceback is over."""
        for line in lines:
            self.feed(line)
            if not self._open:
                return

    def feed(self, line: str) -> None:
        if self._show is None:
            return
        continues = self._open and line.startswith((" ", "Traceback"))
        ends_traceback = self._open and not continues and bool(re.match(r"[\w.]+(Error|Exception|Exit|\b:)", line))
        if continues or ends_traceback or _WORTH_SHOWING.search(line):
            self._show(line)
            self._open = not ends_traceback
        else:
            self._open = False


def announce_ready() -> None:
    """Tell the supervisor, from inside a child, that this child works."""
    # One write: the workers of a server share its pipe, and print() would write the line's end separately.
    os.write(sys.stdout.fileno(), f"{READY}\n".encode())
