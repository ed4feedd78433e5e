"""Unit tests use no network: a connection fails the test that opens it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest


def _refuse(_: socket.socket, address: Any, *__: Any) -> NoReturn:
    raise AssertionError(f"a unit test connects to {address}")


@pytest.fixture(autouse=True, scope="module")
def no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _refuse)
        yield
