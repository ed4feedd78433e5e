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


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Game]:
    """One game for the tests of a module that kill its processes: each waits until all of it works again."""
    with toy_game(tmp_path_factory.mktemp("lasting")) as game:
        yield game


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Game]:
    """One game for the tests of a module that edit its code: each waits for the end of its last reload."""
    with toy_game(tmp_path_factory.mktemp("edited")) as game:
        yield game


@pytest.fixture
def toy(tmp_path: Path) -> Iterator[Game]:
    """A game of one test's own, not yet started; it is stopped afterwards."""
    game = toy_game(tmp_path)
    yield game
    game.stop()


def toy_game(folder: Path) -> Game:
    root = Path(shutil.copytree(TOY, folder / "root"))
    return Game(root, folder / "state", {"WEB_WORKERS": "1"})
