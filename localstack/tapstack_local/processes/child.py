"""Child processes: started so that they end with this one, their output kept in log files, ended in time."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tapstack_local.processes.redaction import hider

READY = "@@ready"
_PARENT_DEATH = Path(__file__).with_name("parent_death.py")
_LOG_BYTES = 10_000_000
_WORTH_SHOWING = re.compile(r"\b(WARNING|ERROR|CRITICAL)\b|^Traceback \(most recent")

Show = Callable[[str], None]


class Child:
    """One child process and its log file.

    `ready` is set when the child has printed READY `ready_lines` times; `show` gets what of its output is
    worth a player's eyes: warnings, errors, tracebacks. Secrets of its environment are hidden in both. Call `start`
    from the main thread only (parent_death.py).
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
        self.name = name
        self.command = list(command)
        self.environment = dict(environment)
        self.log = log
        self.ready = threading.Event()
        self._hide = hider(self.environment)
        self._show = show
        self._pass_fds = tuple(pass_fds)
        self._death_signal = death_signal
        self._ready_lines = ready_lines
        self._process: subprocess.Popen[bytes] | None = None
        self._last: deque[str] = deque(maxlen=200)
        self.started_at = 0.0

    @property
    def pid(self) -> int:
        """The process id; 0 before the start."""
        return self._process.pid if self._process else 0

    def start(self) -> None:
        """Start the process; its output goes on in the same log file."""
        self.ready.clear()
        self._last.clear()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        wrapper = [sys.executable, "-I", "-S", str(_PARENT_DEATH), str(os.getpid()), str(int(self._death_signal))]
        self._process = subprocess.Popen(  # noqa: S603
            [*wrapper, *self.command],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=self._pass_fds,
            # Ctrl-C must reach the supervisor only, which stops everything in order.
            start_new_session=True,
        )
        self.started_at = time.monotonic()
        self._pump_thread = threading.Thread(target=self._pump, args=(self._process,), daemon=True)
        self._pump_thread.start()

    def exit_code(self) -> int | None:
        """Return how it ended, None while it runs."""
        return self._process.poll() if self._process else None

    def running(self) -> bool:
        """Tell whether the process is there."""
        return self._process is not None and self._process.poll() is None

    def tail(self, lines: int = 15) -> str:
        """Return the last lines of this start's output."""
        if self._process is not None and self._process.poll() is not None:
            self._pump_thread.join(1)
        return "\n".join(list(self._last)[-lines:])

    def terminate(self) -> None:
        """Ask the process to end."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def first_error(self) -> str:
        """Return the first error with its traceback, or the last lines where there is none."""
        self.tail()
        lines = list(self._last)
        start = next((i for i, line in enumerate(lines) if line.startswith(("ERROR", "Traceback"))), None)
        if start is None:
            return self.tail()
        shown: list[str] = []
        _Filter(shown.append).feed_all(lines[start:])
        return "\n".join(shown)

    def stop(self, grace_s: float) -> None:
        """Ask the process to end, wait `grace_s`, then kill it and what it started."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(grace_s)
            except subprocess.TimeoutExpired:
                self._kill_group()
                self._process.wait()
        self._pump_thread.join(2)

    def _kill_group(self) -> None:
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def _pump(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout is not None  # noqa: S101
        visible = _Filter(self._show)
        file = self.log.open("ab")
        awaited = self._ready_lines
        for raw in process.stdout:
            line = self._hide(raw.decode(errors="replace").rstrip("\n"))
            if line == READY:
                awaited -= 1
                if awaited == 0:
                    self.ready.set()
                continue
            self._last.append(line)
            visible.feed(line)
            file.write(f"{line}\n".encode())
            file.flush()
            if file.tell() > _LOG_BYTES:
                file.close()
                self.log.replace(self.log.with_suffix(".log.1"))
                file = self.log.open("ab")
        file.close()
        process.stdout.close()


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
    # One write: the workers of a server share its pipe, and print() would write the line's end on its own.
    os.write(sys.stdout.fileno(), f"{READY}\n".encode())
