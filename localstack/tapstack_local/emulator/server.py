"""MiniStack with what a game needs, patched from outside.

- Only this game has access (guard.py).
- No 50 ms delay after a handler that logs nothing, and less work for each answer (http.py), each item written
  (shortcuts.py) and each start of a function (layers.py).
- A kill loses nothing that DynamoDB acknowledged (journal.py).
- The state is saved while it runs, not only at a clean stop: by a forked child, as Redis does, so that a
  save is consistent and does not delay requests. Queues, which are small, are saved at once and in place.
  A save starts no earlier than 20 times the duration of the last one after it.
"""

import asyncio
import ctypes
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypercorn.asyncio  # type: ignore[import-not-found]
from ministack import app as ministack  # type: ignore[import-not-found]
from ministack.core import lambda_runtime, persistence, responses  # type: ignore[import-not-found]
from ministack.services import dynamodb, sqs  # type: ignore[import-not-found]

from tapstack_local.disk import sync_folder
from tapstack_local.emulator import http, layers, shortcuts
from tapstack_local.emulator.guard import guarded
from tapstack_local.emulator.journal import SNAPSHOT, Journal, UnreadableSnapshot, is_read

_PAUSE_S = 2.0
_QUEUES_PAUSE_S = 0.05
_PAUSE_PER_SAVE = 20
_PR_SET_PDEATHSIG = 1

_inner = ministack.app


class Saver:
    """Calls `save` a while after `changed` is set, repeatedly; `idle` is held during a save."""

    def __init__(self, save: Callable[[], Any], pause_s: float) -> None:
        self.changed = asyncio.Event()
        self.idle = asyncio.Lock()
        self._save, self._pause_s = save, pause_s

    async def run(self) -> None:
        """Save until cancelled."""
        pause_s = self._pause_s
        while True:
            await self.changed.wait()
            await asyncio.sleep(pause_s)
            self.changed.clear()
            began_at = time.monotonic()
            async with self.idle:
                if not await self._save():
                    self.changed.set()
            pause_s = max(self._pause_s, _PAUSE_PER_SAVE * (time.monotonic() - began_at))


class Persistence:
    """MiniStack's state on disk."""

    def __init__(self) -> None:
        durable = os.environ.get("JOURNAL_SYNC") == "1"
        self._journal = Journal(Path(persistence.STATE_DIR), dynamodb, _scope, _enter, durable=durable)
        self._all = Saver(self._save_all, _PAUSE_S)
        self._queues = Saver(self._save_queues, _QUEUES_PAUSE_S)
        self._tasks: list[asyncio.Task[None]] = []
        # MiniStack loads its state while it starts, so it must see the journal's version of the module.
        self._journal.install()

    def start(self) -> None:
        """Follow the loaded snapshot with the journal, and start saving; a damaged snapshot ends this process."""
        try:
            repeated = self._journal.recover()
        except UnreadableSnapshot as error:
            print(f"ERROR: {error} can't be read; restore a backup", flush=True)
            os._exit(1)
        if repeated:
            print(f"{repeated} changes replayed that were not in the last save", flush=True)
        self._all.changed.set()
        self._tasks = [asyncio.create_task(saver.run()) for saver in (self._all, self._queues)]

    async def before_last_save(self) -> None:
        """Stop saving, so that MiniStack can make its own last save."""
        # An earlier save must not write the same files; the locks are never released.
        await self._all.idle.acquire()
        await self._queues.idle.acquire()
        self._journal.rotate()
        self._before = _inode()

    def after_last_save(self) -> None:
        """Delete the journals that the last save covers, if MiniStack could write it."""
        if _inode() != self._before:
            _sync_snapshot()
            self._journal.forget()

    def changed(self, target: str) -> None:
        """Schedule a save of a change that was just answered; `target` is its X-Amz-Target."""
        if target.startswith("AmazonSQS."):
            self._queues.changed.set()
        else:
            self._all.changed.set()

    async def _save_queues(self) -> bool:
        persistence.save_all({"sqs": sqs.get_state})
        return True

    async def _save_all(self) -> bool:
        try:
            self._journal.rotate()
        except OSError as error:
            print(f"ERROR: no save, trying again: {error}", flush=True)
            return False
        if sys.platform != "linux":
            try:
                self._write()
                saved = True
            except OSError:
                saved = False
        else:
            parent, child = os.getpid(), os.fork()
            if child == 0:
                self._write_and_exit(parent)
            _, status = await asyncio.get_running_loop().run_in_executor(None, os.waitpid, child, 0)
            saved = status == 0
        if saved:
            self._journal.forget()
        return saved

    def _write(self) -> None:
        # Upstream writes a temporary file and renames it.
        states = ministack._build_persistence_save_dict()
        states.pop("sqs", None)
        before = _inode()
        persistence.save_all(states)
        # It logs an error, on a full disk, and returns as if nothing were wrong.
        if _inode() == before:
            raise OSError("MiniStack could not save its state")
        _sync_snapshot()

    def _write_and_exit(self, parent: int) -> None:
        status = 1
        try:
            # The parent's event loop receives signals through a socket that this child shares.
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            if os.getppid() == parent:
                self._write()
                status = 0
        finally:
            os._exit(status)


def _inode() -> int:
    """The identity of the snapshot's file, which each save replaces; 0 if there is none."""
    try:
        return (Path(persistence.STATE_DIR) / SNAPSHOT).stat().st_ino
    except FileNotFoundError:
        return 0


def _sync_snapshot() -> None:
    """Put the snapshot on the disk, before the journals that it replaces are deleted."""
    folder = Path(persistence.STATE_DIR)
    with (folder / SNAPSHOT).open("rb") as file:
        os.fsync(file.fileno())
    sync_folder(folder)


def _scope() -> tuple[str, str]:
    return responses.get_account_id(), responses.get_region()


def _enter(account: str, region: str) -> None:
    responses.set_request_account_id(account)
    responses.set_request_region(region)


_persistence: Persistence | None = None


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """MiniStack's application, with its changes saved."""
    global _persistence
    if scope["type"] == "lifespan" and persistence.PERSIST_STATE:
        _persistence = Persistence()
        await _inner(scope, _before_the_end(receive, _persistence), _around(send, _persistence))
        return
    await _inner(scope, receive, send)
    if _persistence and scope["type"] == "http":
        target = next((value for name, value in scope["headers"] if name.lower() == b"x-amz-target"), b"")
        if target and not is_read(target.decode("latin-1")):
            _persistence.changed(target.decode("latin-1"))


def _around(send: Any, kept: Persistence) -> Any:
    async def wrapped(message: dict[str, Any]) -> None:
        if message["type"] == "lifespan.startup.complete":
            kept.start()
        if message["type"] == "lifespan.shutdown.complete":
            kept.after_last_save()
        await send(message)

    return wrapped


def _before_the_end(receive: Any, kept: Persistence) -> Any:
    async def wrapped() -> Any:
        message = await receive()
        if message["type"] == "lifespan.shutdown":
            await kept.before_last_save()
        return message

    return wrapped


def main() -> int | None:
    """Run MiniStack until it is stopped."""
    # first_line_wait, idle_confirm, hard_cap
    lambda_runtime.Worker._drain_stderr_bounded.__defaults__ = (0.002, 0.001, 0.25)
    shortcuts.install(dynamodb)
    http.install(hypercorn.asyncio)
    ministack.app = guarded(app)
    with tempfile.TemporaryDirectory(prefix="ministack-layers-", ignore_cleanup_errors=True) as unpacked:
        layers.install(lambda_runtime, Path(unpacked))
        code: int | None = ministack.main()
    return code
