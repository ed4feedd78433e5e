"""Starts the game on each runtime that TAPSTACK_TARGET lists (embedded,ministack), once for all tests of this folder.

`make test` uses the embedded runtime and MiniStack, `make test-localstack` real LocalStack.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from e2e.game.places import PLACES, Target
from support.sharing import Shared

CHOSEN = [name for name in os.environ.get("TAPSTACK_TARGET", "embedded,ministack").split(",") if name]


shared = Shared[Target](Path(__file__).parent)


@pytest.fixture(scope="module", params=CHOSEN)
def target(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Target:
    """A running game, shared by this suite."""
    name = str(request.param)
    return shared.get(name, lambda: PLACES[name](tmp_path_factory.mktemp(name)))


def pytest_sessionfinish() -> None:
    """Of a run that was interrupted, too."""
    shared.after(None)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    shared.after(nextitem)
