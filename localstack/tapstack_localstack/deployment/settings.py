"""The settings of a deployment to an emulator: from the environment, `.env`, and this checkout's own secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tapstack_build.errors import DeployError
from tapstack_local.errors import SettingsError
from tapstack_local.local_secrets import local_secrets
from tapstack_local.settings import given_settings

_STACK_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,127}")


@dataclass(frozen=True)
class Settings:
    """`given` holds every explicit setting; `running` the addresses of a LocalStack that was started here."""

    root: Path
    state_dir: Path
    given: Mapping[str, str]
    running: Mapping[str, str]

    @property
    def stack(self) -> str:
        return self.given["STACK"]

    def parameters(self, template: Mapping[str, Any]) -> dict[str, str]:
        """The template parameters with a value here: RedisUrl from REDIS_URL, and so on."""
        values = local_secrets(self.state_dir) | dict(self.running) | dict(self.given)
        named = {_variable(name): name for name in template.get("Parameters", {})}
        return {named[variable]: value for variable, value in values.items() if variable in named}


def _variable(parameter: str) -> str:
    """TelegramBotToken is TELEGRAM_BOT_TOKEN in the environment."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", parameter).upper()


def read(root: Path, environment: Mapping[str, str]) -> Settings:
    """Reads and checks the settings; raises DeployError."""
    try:
        given = given_settings(root, environment)
    except SettingsError as error:
        raise DeployError(str(error)) from error
    given.setdefault("STACK", "tapstack")
    if not _STACK_NAME.fullmatch(given["STACK"]):
        raise DeployError(f"STACK={given['STACK']} is not a stack name: letters, digits and hyphens, a letter first")
    state_dir = (root / given.get("STATE_DIR", ".local")).resolve()
    return Settings(root, state_dir, given, _running_localstack(state_dir))


def _running_localstack(state_dir: Path) -> dict[str, str]:
    """The addresses of the LocalStack that `make localstack` has started, if any, as environment variables."""
    try:
        found: dict[str, dict[str, str]] = json.loads((state_dir / "localstack" / "running.json").read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return found.get("environment", {})
