"""Runs MiniStack with what a game needs of it, patched from outside; executed by MiniStack's own Python.

- No wait of 50 ms after a handler that logs nothing.
- The state is saved while it runs, not only at a clean stop: by a forked child, like Redis does it, so that a
  save is one consistent moment and does not hold up requests. A save starts 2 s after the first change that
  is not saved, and never earlier than 20 times as long as the last one took.
"""

import asyncio
import ctypes
import os
import signal
import sys
import time
from typing import Any

from ministack import app as ministack  # type: ignore[import-not-found]
from ministack.core import lambda_runtime  # type: ignore[import-not-found]

_PAUSE_S = 2.0
_PAUSE_PER_SAVE = 20
_READS = ("Get", "List", "Describe", "Query", "Scan", "BatchGet", "TransactGet")
_PR_SET_PDEATHSIG = 1

_inner = ministack.app


class Saver:
    """Saves the state now and then while the event loop runs."""

    def __init__(self) -> None:
        self.changed = asyncio.Event()
        self.idle = asyncio.Lock()

    async def run(self) -> None:
        """Save for ever."""
        pause_s = _PAUSE_S
        while True:
            await self.changed.wait()
            await asyncio.sleep(pause_s)
            self.changed.clear()
            began_at = time.monotonic()
            async with self.idle:
                if not await self._save():
                    self.changed.set()
            pause_s = max(_PAUSE_S, _PAUSE_PER_SAVE * (time.monotonic() - began_at))

    async def _save(self) -> bool:
        if sys.platform != "linux":
            return _save_here()
        parent, child = os.getpid(), os.fork()
        if child == 0:
            _save_and_exit(parent)
        _, status = await asyncio.get_running_loop().run_in_executor(None, os.waitpid, child, 0)
        return status == 0


def _save_here() -> bool:
    # Upstream writes a temporary file and renames it.
    ministack.save_all(ministack._build_persistence_save_dict())
    return True


def _save_and_exit(parent: int) -> None:
    status = 1
    try:
        # The parent's event loop hears signals through a socket that this child shares with it.
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() == parent and _save_here():
            status = 0
    finally:
        os._exit(status)


_saver: Saver | None = None


def _is_read(scope: dict[str, Any]) -> bool:
    if scope["method"] == "GET":
        return True
    target = next((value for name, value in scope["headers"] if name.lower() == b"x-amz-target"), b"")
    return target.decode("latin-1").rpartition(".")[2].startswith(_READS)


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """MiniStack's application, which also tells the saver of changes."""
    global _saver
    if scope["type"] == "lifespan":
        _saver = Saver()
        await _inner(scope, _waiting_for_save(receive, _saver), _then_saving(send, _saver))
        return
    await _inner(scope, receive, send)
    if _saver and scope["type"] == "http" and not _is_read(scope):
        _saver.changed.set()


def _then_saving(send: Any, saver: Saver) -> Any:
    tasks = []

    async def wrapped(message: dict[str, Any]) -> None:
        if message["type"] == "lifespan.startup.complete" and os.environ.get("PERSIST_STATE") == "1":
            tasks.append(asyncio.create_task(saver.run()))
        await send(message)

    return wrapped


def _waiting_for_save(receive: Any, saver: Saver) -> Any:
    async def wrapped() -> Any:
        message = await receive()
        if message["type"] == "lifespan.shutdown":
            # The last save must not meet an earlier one in the same files.
            await saver.idle.acquire()
        return message

    return wrapped


if __name__ == "__main__":
    # first_line_wait, idle_confirm, hard_cap
    lambda_runtime.Worker._drain_stderr_bounded.__defaults__ = (0.002, 0.001, 0.25)
    ministack.app = app
    sys.exit(ministack.main())
