"""The command line on the game of a test."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from support.cli import Run
from support.game import Game
from tapstack.cli import cli
from tapstack.cli.game import QUEUES
from tapstack.platform.settings import TableSettings


@pytest.fixture
def run(game: Game, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the game; with `ask` it is asked, and answered with that."""
    settings = game.stores.settings
    monkeypatch.setenv("REDIS_URL", settings.redis.url)
    for name, _ in TableSettings.settings():
        monkeypatch.setenv(f"{name.upper()}_TABLE", settings.tables.name_of(name))
    for variable in QUEUES:
        monkeypatch.setenv(variable, settings.values[variable])
    monkeypatch.setenv("TAPSTACK_OPERATOR", "grace")

    def invoke(*args: str, ask: str | None = None, plain: bool = False, code: int = 0) -> Result:
        options = [*([] if plain else ["--json"]), *([] if ask is not None else ["--yes"])]
        result = CliRunner().invoke(cli, [*options, *args], input=ask)
        assert result.exit_code == code, (args, result.output, result.exception)
        return result

    return invoke
