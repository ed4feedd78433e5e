"""Servers that the tests of a folder share on a worker, and that end with the last of them.

pytest's scopes have nothing for it: a package needs to be one, and what is made for a session runs, idles and takes
memory beside all tests that follow.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Generic, TypeVar

import pytest

T = TypeVar("T")


class Shared(Generic[T]):
    """A folder's servers by name; a hook of its conftest calls `after` when a test is over."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._stack = folder, ExitStack()
        self._running: dict[str, T] = {}

    def get(self, name: str, start: Callable[[], AbstractContextManager[T]]) -> T:
        """The running one of this name, or a new one."""
        if name not in self._running:
            self._running[name] = self._stack.enter_context(start())
        return self._running[name]

    def after(self, next_test: pytest.Item | None) -> None:
        """Stops all of them, if the next test of this worker is none of the folder's."""
        if next_test is None or self._folder not in next_test.path.parents:
            self._running.clear()
            self._stack.close()
