"""Unit tests touch no network: whatever opens a connection fails the test that caused it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest
from support.fakes.ports import MemoryGame, memory_game
from support.fakes.telegram import MemoryBot
from tapstack import composition
from tapstack.bot import sharing
from tapstack.telegram import client


def _refuse(_: socket.socket, address: Any, *__: Any) -> NoReturn:
    raise AssertionError(f"a unit test connects to {address}")


@pytest.fixture(autouse=True, scope="module")
def no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _refuse)
        patch.delenv("AWS_ENDPOINT_URL", raising=False)  # the emulator's, of integration tests in the same worker
        yield


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Telegram that takes whatever message it is asked to prepare."""
    monkeypatch.setattr(sharing, "bot_of", lambda _: MemoryBot())
    yield
    client.close()


@pytest.fixture
def game(telegram: None) -> Iterator[MemoryGame]:  # noqa: ARG001
    """All functions over stores in memory."""
    yield memory_game()
    composition.use(None)
