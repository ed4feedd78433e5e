"""A journal of DynamoDB's changes, so that a killed MiniStack has every write it acknowledged.

The request of each successful change is appended before it is answered. A snapshot carries the number of
the journal that begins after it; a start loads the snapshot and replays the journals from that number on.
Handlers of MiniStack's DynamoDB never wait, so a change and its line are one step of the event loop, and a
snapshot taken between two steps is exact. Lines are not synced to disk: this is for processes that die, not
for machines.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_READS = ("Get", "List", "Describe", "Query", "Scan", "BatchGet", "TransactGet", "Search")
_KEY = "faas_journal"


def is_read(target: str) -> bool:
    """Tell whether an X-Amz-Target (such as DynamoDB_20120810.GetItem) is read-only."""
    return target.rpartition(".")[2].startswith(_READS)


class Journal:
    """The journal of one folder around MiniStack's `dynamodb` module, which `install` changes.

    `scope` returns the account and region of the request at hand, `enter` sets them.
    """

    def __init__(
        self, folder: Path, dynamodb: Any, scope: Callable[[], tuple[str, str]], enter: Callable[[str, str], None]
    ) -> None:
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

        module.load_persisted_state = restore

    def recover(self) -> int:
        """Replay what the loaded snapshot lacks, then begin a new journal; return the number of changes."""
        repeated = 0
        for number, path in self._journals():
            if number >= self._number:
                repeated += sum(self._repeat(line) for line in path.read_bytes().split(b"\n"))
        self.rotate()
        return repeated

    def rotate(self) -> None:
        """Begin the journal that follows a snapshot taken in the same step."""
        numbers = [number for number, _ in self._journals()]
        self._number = max([self._number, *numbers]) + 1
        if self._file is not None:
            os.close(self._file)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        self._folder.mkdir(parents=True, exist_ok=True)
        self._file = os.open(self._folder / f"journal-{self._number}.jsonl", flags, 0o600)

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
            os.write(self._file, line.encode() + b"\n")
        return answer

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
