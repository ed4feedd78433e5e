"""Which embedded game the command line finds."""

from __future__ import annotations

from pathlib import Path

import pytest
import tapstack
from tapstack.cli.game import state_folder


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout that the package is installed from, beside the folder that the shell is in."""
    package = tmp_path / "checkout/layers/tapstack/python/tapstack"
    package.mkdir(parents=True)
    monkeypatch.setattr(tapstack, "__file__", str(package / "__init__.py"))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return tmp_path / "checkout"


def run_game(folder: Path) -> Path:
    (folder / ".local").mkdir()
    (folder / ".local/run.json").write_text("{}")
    return folder / ".local"


def test_game_of_this_folder_comes_first(checkout: Path) -> None:
    run_game(checkout)
    run_game(Path())
    assert state_folder({}) == Path(".local")


def test_game_of_the_checkout_is_found_from_any_folder(checkout: Path) -> None:
    state = run_game(checkout)
    assert state_folder({}) == state


def test_without_a_game_the_message_names_this_folder(checkout: Path) -> None:
    assert state_folder({}) == Path(".local")


def test_state_dir_names_another_folder_as_for_the_game_itself(checkout: Path) -> None:
    run_game(checkout)
    assert state_folder({"STATE_DIR": "/data/game"}) == Path("/data/game")
