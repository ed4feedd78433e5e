"""What all tests of a worker share, and none may leave changed: found where it happens, not three files later."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_NOT_OF_TESTS = ("PYTEST_", "AWS_EXECUTION_ENV")
"""What pytest says of itself, and Chalice whenever a function is loaded."""

_expected: dict[str, str] = {}


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(_NOT_OF_TESTS)}


def expect_environment() -> None:
    """The environment of now is that of the tests to come: for fixtures that outlive a test."""
    _expected.clear()
    _expected.update(environment())


def leftovers() -> list[str]:
    """What a test has left behind, put right again."""
    found = []
    if (now := environment()) != _expected:
        found += [f"the variable {name}" for name in sorted(now.keys() ^ _expected.keys())]
        found += [f"the variable {name}" for name in sorted(now.keys() & _expected) if now[name] != _expected[name]]
        for name in now.keys() - _expected.keys():
            del os.environ[name]
        os.environ.update(_expected)
    return found


def forget_container() -> None:
    """Each call of a function puts its game's container in the place of the process's own: it ends with the test."""
    if composition := sys.modules.get("tapstack.composition"):
        composition.use(None)


@contextmanager
def kept() -> Iterator[None]:
    """Fails at the end of a with-block that leaves the process changed."""
    expect_environment()
    folder, level, disabled = os.getcwd(), logging.root.level, logging.root.manager.disable  # noqa: PTH109
    yield
    forget_container()
    # Chalice adds to it: boto3 sends it with each request, and at 128 KB no program starts any more.
    os.environ.pop("AWS_EXECUTION_ENV", None)
    found = leftovers()
    if os.getcwd() != folder:  # noqa: PTH109
        found.append("the current folder")
        os.chdir(folder)
    if (logging.root.level, logging.root.manager.disable) != (level, disabled):
        found.append("the level of logging")
        logging.root.setLevel(level)
        logging.disable(disabled)
    assert not found, f"left behind for the next test: {', '.join(found)}"
