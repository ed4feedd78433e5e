"""A child process: started, asked to end, and killed if it does not.

Every process is started through one of two classes: `Child` (child.py) belongs to this process and ends with it,
`Background` writes to its log file by itself and may outlive the command that starts it.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_PARENT_DEATH = Path(__file__).with_name("parent_death.py")


class Process:
    """One process in a process group of its own, with `log` as its log file.

    With a `death_signal` the process gets that signal when this one dies: then call `start` from the main thread only
    (parent_death.py).
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        *,
        folder: Path | None = None,
        pass_fds: Sequence[int] = (),
        death_signal: int | None = None,
    ) -> None:
        self.name = name
        self.command = list(command)
        self.environment = dict(environment)
        self.log = log
        self.started_at = 0.0
        self._folder = folder
        self._pass_fds = tuple(pass_fds)
        self._death_signal = death_signal
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process id; 0 before the start."""
        return self._process.pid if self._process else 0

    def _spawn(self, output: int) -> "subprocess.Popen[bytes]":
        self.log.parent.mkdir(parents=True, exist_ok=True)
        wrapper: list[str] = []
        if self._death_signal is not None:
            wrapper = [sys.executable, "-I", "-S", str(_PARENT_DEATH), str(os.getpid()), str(int(self._death_signal))]
        self._process = subprocess.Popen(  # noqa: S603
            [*wrapper, *self.command],
            cwd=self._folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=self._pass_fds,
            # Ctrl-C must reach this process only, which stops everything in order.
            start_new_session=True,
        )
        self.started_at = time.monotonic()
        return self._process

    def exit_code(self) -> int | None:
        """Return its exit code, None while it runs or before the start."""
        return self._process.poll() if self._process else None

    def running(self) -> bool:
        """Tell whether the process exists."""
        return self._process is not None and self._process.poll() is None

    def tail(self, lines: int = 15) -> str:
        """Return the last lines of its output."""
        try:
            return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
        except OSError:
            return ""

    def first_error(self) -> str:
        """Return the part of its output that best explains its end."""
        return self.tail()

    def send_signal(self, number: int) -> None:
        """Send a signal to the process, if it runs."""
        if self._process is not None:
            self._process.send_signal(number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def wait(self, timeout_s: float | None = None) -> int:
        """Wait until it has ended, and return its exit code; raises TimeoutError after `timeout_s`."""
        if self._process is None:
            raise RuntimeError(f"{self.name} was not started")
        try:
            return self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"{self.name} still runs after {timeout_s} s") from None

    def kill(self) -> None:
        """Kill the process and what it started, and wait until it is gone."""
        if self._process is not None:
            try:
                os.killpg(self.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self._process.wait()

    def stop(self, grace_s: float) -> None:
        """Ask the process to end, wait `grace_s`, then kill it and what it started."""
        if not self.running():
            return
        self.terminate()
        try:
            self.wait(grace_s)
        except TimeoutError:
            self.kill()


class Background(Process):
    """A process whose output goes straight to its log file."""

    def start(self) -> None:
        """Start the process; its output goes on in the same log file."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self._spawn(output.fileno())
