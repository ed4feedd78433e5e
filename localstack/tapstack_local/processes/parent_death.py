"""`python parent_death.py PID SIGNAL COMMAND...`: runs COMMAND, which then does not outlive the process PID.

On Linux the kernel sends SIGNAL when the parent dies, even by kill -9, and that survives exec. Elsewhere the
next start ends the leftovers of a killed run. `tie_to_parent` is the same for a process already running.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def tie_to_parent(parent: int, number: int = signal.SIGKILL) -> None:
    """Arrange for signal `number` when this process's parent dies; ends at once if that has already happened.

    The kernel means the parent's *thread*: start children from a thread that lives as long as the process.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), number)


if __name__ == "__main__":
    tie_to_parent(int(sys.argv[1]), int(sys.argv[2]))
    os.execvp(sys.argv[3], sys.argv[3:])  # noqa: S606
