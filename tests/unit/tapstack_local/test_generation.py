"""The processes of one version of the code."""

from pathlib import Path

import pytest
from tapstack_local.generation import prepare
from tapstack_local.settings import read_settings
from tapstack_local.template.model import App


@pytest.mark.parametrize(
    ("settings", "telegram_url", "signs_in"),
    [
        ({}, "http://127.0.0.1:8081", True),
        ({}, "", False),
        ({"HOST": "192.0.2.1"}, "http://127.0.0.1:8081", False),
    ],
)
def test_sign_in_is_for_a_game_on_loopback_with_a_telegram_of_its_own(
    app: App, tmp_path: Path, settings: dict[str, str], telegram_url: str, signs_in: bool
) -> None:
    made = prepare(1, app, read_settings(tmp_path, settings), {}, [], print, telegram_url)
    assert ("--signin" in made.server.command) == signs_in
