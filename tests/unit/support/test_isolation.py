"""A test that leaves the process changed is told so, and the process is put right."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from support import isolation


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda: os.environ.update(LEFT="1"), "the variable LEFT"),
        (lambda: os.environ.pop("PATH"), "the variable PATH"),
        (lambda: os.environ.update(PATH="/elsewhere"), "the variable PATH"),
        (lambda: os.chdir("/"), "the current folder"),
        (lambda: logging.root.setLevel(1), "the level of logging"),
        (lambda: logging.disable(logging.ERROR), "the level of logging"),
    ],
)
def test_what_is_left_behind_is_named_and_put_right(change: Callable[[], object], said: str) -> None:
    before = dict(os.environ), Path.cwd(), logging.root.level, logging.root.manager.disable
    with pytest.raises(AssertionError, match=f"left behind for the next test: {said}"), isolation.kept():
        change()
    assert (dict(os.environ), Path.cwd(), logging.root.level, logging.root.manager.disable) == before


def test_environment_that_a_lasting_fixture_sets_is_expected() -> None:
    with isolation.kept():
        os.environ["LASTING"] = "1"
        isolation.expect_environment()
    del os.environ["LASTING"]
    isolation.expect_environment()


def test_container_of_a_test_is_forgotten() -> None:
    from support.fakes.ports import memory_game
    from tapstack import composition

    with isolation.kept():
        composition.use(cast(composition.Container, memory_game().stores))
    assert composition._container is None
