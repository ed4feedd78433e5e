"""A game as it runs on one server: production settings, and what an operator types."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tapstack_local.testing import Game

from support.identity import BOT_TOKEN
from support.servers import ROOT

SETTINGS = {
    "PRODUCTION": "1",
    "PUBLIC_URL": "https://game.example.com",
    "TELEGRAM_BOT_TOKEN": BOT_TOKEN,
    "TELEGRAM_API_BASE": "https://127.0.0.1:1",  # nobody is there
}


def operate(
    state_dir: Path, *command: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs `python -m tapstack_local ...` on a game's state, as an operator would."""
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tapstack_local", *command],
        env=_environment(state_dir) | dict(environment or {}),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def verify(game: Game, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Runs `tapstack verify`, which lists where Redis and DynamoDB differ."""
    return subprocess.run(
        [sys.executable, "-m", "tapstack", "verify"],
        env=_environment(game.state_dir) | dict(environment or {}),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def _environment(state_dir: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    paths = [str(ROOT / "layers/tapstack/python"), str(ROOT / "localstack")]
    return kept | {"PYTHONPATH": os.pathsep.join(paths), "STATE_DIR": str(state_dir), "ENV_FILE": os.devnull}
