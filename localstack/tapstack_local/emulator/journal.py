"""A journal of DynamoDB's changes, so that a killed MiniStack has every write it acknowledged.

The request of each successful change is appended before it is answered. A snapshot carries the number of
the journal that begins after it; a start loads the snapshot and replays the journals from that number on.
Handlers of MiniStack's DynamoDB never wait, so a change and its line are one step of the event loop, and a
snapshot taken between two steps is exact.

That is for processes that die. For machines that do, lines can also be synced to disk before their changes are
answered (`durable`): one fsync serves all who wait for it. A journal that can't be written, on a full disk, ends the
process at once: what it has in memory and not on disk was not acknowledged, and must not become part of a snapshot.
"""

import asyncio
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from tapstack_local.disk import sync_folder

_READS = ("Get", "List", "Describe", "Query", "Scan", "BatchGet", "TransactGet", "Search")
_KEY = "faas_journal"
SNAPSHOT = "dynamodb.json"
"""MiniStack's file, in the same folder."""

UNWRITABLE = 74
"""The exit code of a process whose journal can't be written: EX_IOERR."""


def is_read(target: str) -> bool:
    """Tell whether an X-Amz-Target (such as DynamoDB_20120810.GetItem) is read-only."""
    return target.rpartition(".")[2].startswith(_READS)


class UnreadableSnapshot(Exception):
    """A snapshot that is there and can't be loaded."""


class Journal:
    """The journal of one folder around MiniStack's `dynamodb` module, which `install` changes.

    `scope` returns the account and region of the request at hand, `enter` sets them.
    """

    def __init__(
        self,
        folder: Path,
        dynamodb: Any,
        scope: Callable[[], tuple[str, str]],
        enter: Callable[[str, str], None],
        *,
        durable: bool = False,
    ) -> None:
        self._durable = durable
        self._syncing = asyncio.Lock()
        self._next_sync: asyncio.Task[None] | None = None
        self._restored = False
        self._folder, self._dynamodb, self._scope, self._enter = folder, dynamodb, scope, enter
        self._handle = dynamodb.handle_request
        self._number = 0
        self._file: int | None = None

    def install(self) -> None:
        """Wrap the module's entry points."""
        module = self._dynamodb
        state, load = module.get_state, module.load_persisted_state
        module.handle_request = self._handle_and_write
        module.get_state = lambda: {**state(), _KEY: self._number}

        def restore(data: dict[str, Any]) -> None:
            self._number = data.get(_KEY, 0)
            load(data)
            self._restored = True

        module.load_persisted_state = restore

    def recover(self) -> int:
        """Replay what the loaded snapshot lacks, then begin a new journal; return the number of changes.

        Raises UnreadableSnapshot for a damaged one, where MiniStack itself would go on with empty tables.
        """
        if not self._restored and (self._folder / SNAPSHOT).exists():
            raise UnreadableSnapshot(self._folder / SNAPSHOT)
        repeated = 0
        for number, path in self._journals():
            if number >= self._number:
                repeated += sum(self._repeat(line) for line in path.read_bytes().split(b"\n"))
        self.rotate()
        return repeated

    def rotate(self) -> None:
        """Begin the journal that follows a snapshot taken in the same step."""
        numbers = [number for number, _ in self._journals()]
        number = max([self._number, *numbers]) + 1
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        self._folder.mkdir(parents=True, exist_ok=True)
        file = os.open(self._folder / f"journal-{number}.jsonl", flags, 0o600)
        before, self._file, self._number = self._file, file, number
        if self._durable:
            sync_folder(self._folder)
        if before is not None:
            if self._durable:
                os.fdatasync(before)
            os.close(before)

    def forget(self) -> None:
        """Delete the journals before the current one: a snapshot that includes them is on disk."""
        for number, path in self._journals():
            if number < self._number:
                path.unlink(missing_ok=True)

    def _journals(self) -> Iterator[tuple[int, Path]]:
        found = [(int(path.stem.partition("-")[2]), path) for path in self._folder.glob("journal-*.jsonl")]
        yield from sorted(found)

    async def _handle_and_write(
        self, method: str, path: str, headers: dict[str, str], body: bytes, query: dict[str, Any]
    ) -> Any:
        answer = await self._handle(method, path, headers, body, query)
        target = headers.get("x-amz-target", "")
        if answer[0] == 200 and not is_read(target) and self._file is not None:
            line = json.dumps([*self._scope(), target, body.decode()])
            _append(self._file, line.encode() + b"\n")
            if self._durable:
                await self._on_disk()
        return answer

    async def _on_disk(self) -> None:
        """Wait until all lines so far are on the disk. Whoever comes while others wait for a sync to end joins them."""
        if self._next_sync is None:
            self._next_sync = asyncio.create_task(self._sync())
        await asyncio.shield(self._next_sync)

    async def _sync(self) -> None:
        async with self._syncing:
            self._next_sync = None
            assert self._file is not None  # noqa: S101
            # A rotation may close the file meanwhile.
            copy = os.dup(self._file)
            try:
                await asyncio.get_running_loop().run_in_executor(None, os.fdatasync, copy)
            except OSError as error:
                _end(error)
            finally:
                os.close(copy)

    def _repeat(self, line: bytes) -> bool:
        try:
            account, region, target, body = json.loads(line)
        except ValueError:
            # The rest of the last line, cut off by a kill; or the empty one after it.
            return False
        self._enter(account, region)
        # The handler never waits, so one step runs it to its end, inside the running event loop too.
        coroutine = self._handle("POST", "/", {"x-amz-target": target}, body.encode(), {})
        try:
            coroutine.send(None)
        except StopIteration as done:
            return bool(done.value[0] == 200)
        raise RuntimeError("MiniStack's DynamoDB awaits now: the journal can't be replayed")


def _append(file: int, line: bytes) -> None:
    try:
        written = os.write(file, line)
    except OSError as error:
        _end(error)
    if written < len(line):
        _end(OSError("the disk is full"))


def _end(error: OSError) -> NoReturn:
    # The rest of a line is cut off at the next start.
    print(f"ERROR: the journal can't be written, so nothing more is acknowledged: {error}", flush=True)
    os._exit(UNWRITABLE)
