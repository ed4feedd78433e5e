"""What the journal promises at a power cut and on a full disk; kills are tested on the real emulator."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tapstack_local.emulator import journal
from tapstack_local.emulator.journal import Journal, UnreadableSnapshot

PUT = {"x-amz-target": "DynamoDB_20120810.PutItem"}


async def accept(*_: Any) -> tuple[int, dict[str, str], bytes]:
    return 200, {}, b"{}"


def dynamodb() -> Any:
    return SimpleNamespace(handle_request=accept, get_state=dict, load_persisted_state=lambda _: None)


def installed(folder: Path, module: Any, *, durable: bool) -> Journal:
    made = Journal(folder, module, lambda: ("0", "r"), lambda *_: None, durable=durable)
    made.install()
    return made


async def write(module: Any, number: int) -> Any:
    return await module.handle_request("POST", "/", PUT, f'{{"n": {number}}}'.encode(), {})


def test_durable_change_is_answered_only_when_its_line_is_synced_and_many_share_a_sync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []

    def fdatasync(file: int) -> None:
        synced.append(os.fstat(file).st_size)

    async def run() -> list[tuple[int, int]]:
        """For each change the length of the journal with its line, and the longest that was synced at its answer."""
        module = dynamodb()
        installed(tmp_path, module, durable=True).recover()
        (path,) = tmp_path.glob("journal-*")

        async def one(number: int) -> tuple[int, int]:
            waiting = asyncio.ensure_future(write(module, number))
            await asyncio.sleep(0)
            length = path.stat().st_size
            await waiting
            return length, max(synced)

        return await asyncio.gather(*map(one, range(100)))

    monkeypatch.setattr(os, "fdatasync", fdatasync)
    found = asyncio.run(run())
    assert all(0 < length <= on_disk for length, on_disk in found)
    assert 1 <= len(synced) < 50


def test_without_durability_nothing_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        module = dynamodb()
        installed(tmp_path, module, durable=False).recover()
        await write(module, 1)

    monkeypatch.delattr(os, "fdatasync")
    asyncio.run(run())


class Ended(BaseException):
    """In the place of the end of the process."""


@pytest.mark.parametrize("outcome", ["refused", "partial"])
def test_change_that_a_full_disk_does_not_take_is_not_answered_and_ends_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcome: str
) -> None:
    def full(_file: int, line: bytes) -> int:
        if outcome == "refused":
            raise OSError(28, "No space left on device")
        return len(line) - 1

    def end(code: int) -> None:
        raise Ended(code)

    async def run() -> None:
        module = dynamodb()
        installed(tmp_path, module, durable=False).recover()
        monkeypatch.setattr(os, "write", full)
        monkeypatch.setattr(os, "_exit", end)
        await write(module, 1)

    with pytest.raises(Ended):
        asyncio.run(run())


def test_snapshot_that_was_not_loaded_does_not_become_an_empty_game(tmp_path: Path) -> None:
    (tmp_path / journal.SNAPSHOT).write_text('{"cut": ')
    with pytest.raises(UnreadableSnapshot):
        installed(tmp_path, dynamodb(), durable=False).recover()
