"""Servers of a folder run for its tests, and not beside those that follow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from support.sharing import Shared

FOLDER = Path("/suite/game")


class Servers:
    """Two servers, and which of them run."""

    def __init__(self) -> None:
        self.running: list[str] = []
        self.shared = Shared[str](FOLDER)

    @contextmanager
    def _server(self, name: str) -> Iterator[str]:
        self.running.append(name)
        yield name
        self.running.remove(name)

    def get(self, name: str) -> str:
        return self.shared.get(name, lambda: self._server(name))


def item(path: str) -> pytest.Item:
    return cast(pytest.Item, SimpleNamespace(path=Path(path)))


def test_server_starts_once_and_runs_until_the_folder_is_left() -> None:
    servers = Servers()
    assert [servers.get(name) for name in ("one", "one", "two")] == ["one", "one", "two"]
    servers.shared.after(item("/suite/game/test_more.py"))
    assert servers.running == ["one", "two"]
    servers.shared.after(item("/suite/test_other.py"))
    assert servers.running == []


@pytest.mark.parametrize("following", [None, item("/suite/test_other.py")])
def test_server_that_has_ended_starts_again_for_a_worker_that_comes_back(following: Any) -> None:
    servers = Servers()
    servers.get("one")
    servers.shared.after(following)
    assert servers.running == []
    servers.get("one")
    assert servers.running == ["one"]
