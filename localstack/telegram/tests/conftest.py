"""Fixtures of all suites. They need this package and its `dev` dependencies, nothing else of the repository."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

# python-telegram-bot warns about a change of its return types unless this is set before its first use.
os.environ.setdefault("PTB_TIMEDELTA", "true")


@pytest.fixture(autouse=True)
def unchanged_environment() -> Iterator[None]:
    """Fails a test that leaves the process's environment changed."""

    def now() -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}

    before = now()
    yield
    assert now() == before, "the test left the environment changed"
