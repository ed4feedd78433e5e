"""Unit tests touch no network: whatever opens a connection fails the test that caused it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest
from support.game import Game
from support.memory import memory_game
from tapstack import bootstrap


def _refuse(_: socket.socket, address: Any, *__: Any) -> NoReturn:
    raise AssertionError(f"a unit test connects to {address}")


@pytest.fixture(autouse=True, scope="module")
def no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _refuse)
        yield


@pytest.fixture
def game() -> Iterator[Game]:
    """All functions over stores in memory."""
    yield memory_game()
    bootstrap.use(None)
