"""Settings: the environment takes precedence over `.env`, which takes precedence over the local defaults.

An empty value counts as not set, so that a copied `.env.example` changes nothing. ENV_FILE names another file than
`.env`: tests set it, so that a developer's own settings never reach a game under test.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tapstack_local.env_file import read_env_file
from tapstack_local.errors import SettingsError
from tapstack_local.production import faults

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Settings:
    """The runtime's settings; `given` holds every explicit setting from .env and the environment.

    `public_url` is where players and Telegram reach the game, "" if nobody but this machine does. `on_aws` means real
    DynamoDB and SQS instead of the emulator.
    """

    root: Path
    given: dict[str, str]
    state_dir: Path
    host: str
    port: int
    workers: int
    threads: int
    reload: bool
    schedule_s: float | None
    parameters: dict[str, str]
    production: bool
    public_url: str
    on_aws: bool

    @property
    def url(self) -> str:
        """The game's address for a browser on this machine, without a slash at the end."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host  # noqa: S104
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def live_port(self) -> int | None:
        """The port of the WebSocket API, None for any that is free; a proxy in front needs to know it."""
        return _integer(self.given, "LIVE_PORT", 0, 0, 65535) or None

    @property
    def local_only(self) -> bool:
        """Whether only this machine can connect."""
        return self.host in LOOPBACK


def read_settings(root: Path, environ: Mapping[str, str]) -> Settings:
    """Read and check the settings; raises SettingsError with one line for a bad value."""
    given = given_settings(root, environ)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    production = _flag(given, "PRODUCTION", False)
    settings = Settings(
        root=root,
        given=given,
        state_dir=state_folder(root, given),
        host=given.get("HOST", "127.0.0.1"),
        port=_integer(given, "PORT", 8080, 1, 65535),
        workers=_integer(given, "WEB_WORKERS", cores, 1, 256),
        threads=_integer(given, "WEB_THREADS", 4, 1, 256),
        reload=_flag(given, "LOCAL_RELOAD", not production),
        schedule_s=_seconds(given, "LOCAL_SCHEDULE_S"),
        parameters=_pairs(given, "LOCAL_PARAMETERS"),
        production=production,
        public_url=given.get("PUBLIC_URL", "").rstrip("/"),
        on_aws=_one_of(given, "STORES", ("emulator", "aws")) == "aws",
    )
    if settings.on_aws and "AWS_ENDPOINT_URL" in given:
        raise SettingsError("STORES=aws means AWS's own endpoints, and AWS_ENDPOINT_URL names another: unset one")
    if production and (found := faults(given, reload=settings.reload, local_only=settings.local_only)):
        raise SettingsError("PRODUCTION=1: " + "; ".join(found))
    return settings


def state_folder(root: Path, given: Mapping[str, str]) -> Path:
    """Return the folder of everything that a game keeps."""
    return (root / given.get("STATE_DIR", ".local")).resolve()


def given_settings(root: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """Return every explicit setting, of the environment and of the file that ENV_FILE names (`.env`)."""
    return _not_empty(read_env_file(root / (environ.get("ENV_FILE") or ".env"))) | _not_empty(environ)


def _not_empty(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _integer(given: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = given.get(name, str(default))
    try:
        value = int(text)
    except ValueError:
        value = low - 1
    if not low <= value <= high:
        raise SettingsError(f"{name}={text} is not a whole number from {low} to {high}")
    return value


def _flag(given: Mapping[str, str], name: str, default: bool) -> bool:
    text = given.get(name, "1" if default else "0")
    if text.lower() not in ("0", "1", "true", "false", "no", "yes", "off", "on"):
        raise SettingsError(f"{name}={text} is neither 0 nor 1")
    return text.lower() in ("1", "true", "yes", "on")


def _one_of(given: Mapping[str, str], name: str, choices: Sequence[str]) -> str:
    """Return the value, by default the first choice."""
    value = given.get(name, choices[0])
    if value not in choices:
        raise SettingsError(f"{name}={value} is neither {' nor '.join(choices)}")
    return value


def _seconds(given: Mapping[str, str], name: str) -> float | None:
    if name not in given:
        return None
    try:
        value = float(given[name])
    except ValueError:
        value = 0
    if not 0.05 <= value <= 86400:
        raise SettingsError(f"{name}={given[name]} is not a number of seconds from 0.05 to 86400")
    return value


def _pairs(given: Mapping[str, str], name: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for item in filter(None, given.get(name, "").split(",")):
        key, equals, value = item.partition("=")
        if not equals:
            raise SettingsError(f"{name}: {item!r} is not Parameter=value")
        pairs[key.strip()] = value.strip()
    return pairs
