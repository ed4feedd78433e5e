"""Starts the game on each runtime that TAPSTACK_TARGET lists (embedded,ministack), once for the whole suite.

`make test` uses the embedded runtime and MiniStack, `make test-localstack` real LocalStack.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from e2e.game.places import PLACES, Target

CHOSEN = [name for name in os.environ.get("TAPSTACK_TARGET", "embedded,ministack").split(",") if name]


@pytest.fixture(scope="session", params=CHOSEN)
def target(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """A running game, shared by this suite."""
    with PLACES[request.param](tmp_path_factory.mktemp(request.param)) as found:
        yield found
