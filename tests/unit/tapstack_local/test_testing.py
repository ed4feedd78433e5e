"""A game under test is the same on every developer's machine."""

from pathlib import Path

import pytest
from tapstack_local.settings import read_settings
from tapstack_local.testing import Game


def test_settings_of_the_developer_do_not_reach_a_game_under_test(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TAPS_PER_S=3\nTELEGRAM_BOT_TOKEN=1:mine\n")
    game = Game(tmp_path, tmp_path / "state", {"SESSION_IDLE_S": "4"})
    given = read_settings(tmp_path, game.settings).given
    assert given["SESSION_IDLE_S"] == "4"
    assert not {"TAPS_PER_S", "TELEGRAM_BOT_TOKEN"} & given.keys()


def test_game_under_test_reads_a_file_that_its_test_names(tmp_path: Path) -> None:
    (tmp_path / "settings").write_text("TAPS_PER_S=3\n")
    game = Game(tmp_path, tmp_path / "state", {"ENV_FILE": "settings"})
    assert read_settings(tmp_path, game.settings).given["TAPS_PER_S"] == "3"


@pytest.mark.parametrize("name", ["", ".env"])
def test_env_file_is_dotenv_unless_another_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / ".env").write_text("TAPS_PER_S=3\n")
    assert read_settings(tmp_path, {"ENV_FILE": name}).given["TAPS_PER_S"] == "3"
