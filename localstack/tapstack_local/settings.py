"""Settings: the process environment wins over `.env`, which wins over the local defaults.

An empty value counts as not set, so that a copied `.env.example` changes nothing.
"""

import json
import os
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tapstack_local.errors import SettingsError
from tapstack_local.template.model import App

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LOCAL_BOT = "tapstack_local_bot"
"""The bot of the Telegram started here, unless TELEGRAM_BOT_USERNAME gives it another name."""

GAME_SECRETS = ("TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "TOKEN_SIGNING_KEY")
"""What the functions need; made up where nobody has set it."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Settings:
    """What the runtime itself needs; `given` holds every explicit setting, of .env and of the environment."""

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

    @property
    def url(self) -> str:
        """The game's address for a browser on this machine, without a slash at the end."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host  # noqa: S104
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def local_only(self) -> bool:
        """Whether nobody but this machine can connect."""
        return self.host in LOOPBACK


def read_settings(root: Path, environ: Mapping[str, str]) -> Settings:
    """Read and check the settings; raises SettingsError with one line for a bad value."""
    dotenv = parse_dotenv(root / ".env")
    given = _not_empty(dotenv) | _not_empty(environ)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Settings(
        root=root,
        given=given,
        state_dir=(root / given.get("STATE_DIR", ".local")).resolve(),
        host=given.get("HOST", "127.0.0.1"),
        port=_integer(given, "PORT", 8080, 1, 65535),
        workers=_integer(given, "WEB_WORKERS", cores, 1, 256),
        threads=_integer(given, "WEB_THREADS", 4, 1, 256),
        reload=_flag(given, "LOCAL_RELOAD", True),
        schedule_s=_seconds(given, "LOCAL_SCHEDULE_S"),
        parameters=_pairs(given, "LOCAL_PARAMETERS"),
    )


def _not_empty(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def parse_dotenv(path: Path) -> dict[str, str]:
    """Read `NAME=value` lines; quotes around a value are taken off, `#` starts a comment after a space."""
    values: dict[str, str] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return values
    for number, line in enumerate(lines, 1):
        line = line.strip().removeprefix("export ").strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        name, value = name.strip(), value.strip()
        if not equals or not _NAME.fullmatch(name):
            raise SettingsError(f"{path.name} line {number} is not NAME=value")
        if value[:1] in ("'", '"') and value.find(value[0], 1) > 0:
            value = value[1 : value.find(value[0], 1)]
        else:
            value = re.split(r"(?:^|\s)#", value, maxsplit=1)[0].rstrip()
        values[name] = value
    return values


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


def local_secrets(state_dir: Path) -> dict[str, str]:
    """Return this game's own secrets, made once and kept in a file only its owner can read."""
    path = state_dir / "secrets.json"
    kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    made = {
        # The form of a real one: <bot id>:<35 characters>
        "TELEGRAM_BOT_TOKEN": f"{10**9 + secrets.randbelow(9 * 10**9)}:{secrets.token_urlsafe(26)}",
        "TELEGRAM_WEBHOOK_SECRET": secrets.token_urlsafe(32),
        "TOKEN_SIGNING_KEY": secrets.token_urlsafe(48),
        "AWS_ACCESS_KEY_ID": f"local{secrets.token_hex(16)}",
        "AWS_SECRET_ACCESS_KEY": secrets.token_urlsafe(32),
        "REDIS_PASSWORD": secrets.token_urlsafe(32),
    } | kept
    if made != kept:
        state_dir.mkdir(parents=True, exist_ok=True)
        write_private(path, json.dumps(made))
    return made


def write_private(path: Path, text: str) -> None:
    """Replace a file by one that only its owner can read."""
    temporary = path.with_suffix(".tmp")
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    temporary.replace(path)


def base_environment(settings: Settings, redis_url: str, endpoint_url: str, telegram_url: str = "") -> dict[str, str]:
    """Return the environment of a child that knows the stores, without the template's own variables.

    `telegram_url` is the Telegram started here, where there is one.

    Where the AWS endpoint is the one started here, region and credentials are this game's, which it asks for
    (emulator/guard.py): a developer's own AWS profile must neither leak into the emulator nor make boto3
    look for it.
    """
    own = local_secrets(settings.state_dir)
    defaults = {name: own[name] for name in GAME_SECRETS} | {"MINIAPP_URL": f"{settings.url}/app/"}
    if telegram_url:
        defaults |= {"TELEGRAM_API_BASE": telegram_url, "TELEGRAM_BOT_USERNAME": LOCAL_BOT}
    environment = defaults | settings.given
    environment |= {
        "REDIS_URL": redis_url,
        "AWS_ENDPOINT_URL": endpoint_url,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    if "AWS_ENDPOINT_URL" in settings.given:
        environment.setdefault("AWS_DEFAULT_REGION", "us-east-1")
        return environment
    for name in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_CONFIG_FILE"):
        environment.pop(name, None)
    return environment | {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": own["AWS_ACCESS_KEY_ID"],
        "AWS_SECRET_ACCESS_KEY": own["AWS_SECRET_ACCESS_KEY"],
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }


def function_environment(app: App, base: Mapping[str, str]) -> dict[str, str]:
    """Return the one environment that all functions share, `base` winning over the template.

    Raises SettingsError where the template gives a name two values, or none that exists here.
    """
    merged: dict[str, str] = dict(base)
    owners: dict[str, str] = {}
    for function in app.functions.values():
        _refuse_missing(function.id, _without(function.missing, base))
        for name, value in _without(function.environment, base).items():
            if merged.setdefault(name, value) != value:
                raise SettingsError(
                    f"{owners[name]} and {function.id} give {name} different values; all functions share one "
                    f"process here: use one value, or set {name} in .env"
                )
            owners.setdefault(name, function.id)
    return merged


def _without(values: Mapping[str, str], base: Iterable[str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if name not in base}


def _refuse_missing(function: str, missing: Mapping[str, str]) -> None:
    for name, reason in missing.items():
        raise SettingsError(f"{function}: {name} refers to {reason}; set {name} in .env or the environment")
