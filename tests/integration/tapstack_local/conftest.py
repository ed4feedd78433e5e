"""The toy template as a running game, with real Redis, MiniStack and server processes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tapstack_local.testing import Game

TOY = Path(__file__).parents[2] / "fixtures" / "toy_game"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Game]:
    """One game for the tests of a module that leave it as they find it."""
    folder = tmp_path_factory.mktemp("toy")
    root = Path(shutil.copytree(TOY, folder / "root"))
    with Game(root, folder / "state", {"LOCAL_SCHEDULE_S": "0.5", "WEB_WORKERS": "2"}) as game:
        yield game


@pytest.fixture
def toy(tmp_path: Path) -> Iterator[Game]:
    """A game of one test's own, not yet started; it is stopped afterwards."""
    root = Path(shutil.copytree(TOY, tmp_path / "root"))
    game = Game(root, tmp_path / "state", {"WEB_WORKERS": "1"})
    yield game
    game.stop()
