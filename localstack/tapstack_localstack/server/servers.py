"""Starts and stops LocalStack, the MiniStack behind its DynamoDB, and the game's Redis as background processes."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import socket
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tapstack_local import emulator
from tapstack_local.backing_services import redis_binary
from tapstack_local.processes.orphans import end_recorded, record
from tapstack_local.processes.ports import free_port
from tapstack_local.processes.process import Background
from tapstack_local.processes.readiness import wait_until_ready

from tapstack_localstack.errors import LocalStackError

START_S = 90
STOP_S = 8
_HERE = "127.0.0.1"


@dataclass(frozen=True)
class Place:
    """This checkout's LocalStack: `state` is the folder of its logs and data, `port` its port."""

    root: Path
    state: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://{_HERE}:{self.port}"

    @property
    def record(self) -> Path:
        """The file with the running servers' addresses, as environment variables."""
        return self.state / "running.json"

    @property
    def processes(self) -> Path:
        """The file with the running processes, for a later command to end them."""
        return self.state / "processes.json"


def place_of(root: Path, environment: Mapping[str, str]) -> Place:
    """This checkout's LocalStack; raises LocalStackError for an invalid port."""
    port = environment.get("LOCALSTACK_PORT") or "4566"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise LocalStackError(f"LOCALSTACK_PORT={port} is not a port number")
    state = (root / (environment.get("STATE_DIR") or ".local")).resolve()
    return Place(root, state / "localstack", int(port))


def environment(place: Place, ministack: str, given: Mapping[str, str]) -> dict[str, str]:
    """LocalStack's settings: loopback only, no downloads or telemetry, functions as processes of this machine.

    https://docs.localstack.cloud/references/configuration/
    """
    clean = {n: v for n, v in given.items() if not n.startswith(("AWS_", "PYTHON", "LOCALSTACK_"))}
    dynamodb = {
        "GATEWAY_PORT": "{port}",
        "BIND_HOST": _HERE,
        # LocalStack forwards its client's Host header, and signs with the account's number.
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
    """Starts the servers and waits until they answer; returns their addresses as environment variables.

    With REDIS_URL given, that Redis is used and none is started. Raises StartError with the end of the log.
    """
    ministack = given.get("MINISTACK_PYTHON") or str(place.root / ".venv-ministack" / "bin" / "python")
    if not Path(ministack).exists():
        raise LocalStackError(
            f"MiniStack's Python is not at {ministack}: run `make setup`, or set MINISTACK_PYTHON=..."
        )
    if _accepts(place.port):
        raise LocalStackError(f"port {place.port} is taken: set LOCALSTACK_PORT=... to use another")
    for folder in ("files", "tmp", "cache"):
        (place.state / folder).mkdir(parents=True, exist_ok=True)
    started: list[Background] = []
    addresses = {"AWS_ENDPOINT_URL": place.url, "REDIS_URL": given.get("REDIS_URL", "")}
    try:
        if not addresses["REDIS_URL"]:
            port = free_port()
            command = [redis_binary(), "--bind", _HERE, "--port", str(port), "--save", ""]
            _start(place, started, "redis", command, os.environ, partial(_accepts, port))
            addresses["REDIS_URL"] = f"redis://{_HERE}:{port}/0"
        command = [str(localstack), "-P", "-m", "localstack.runtime.main"]
        _start(place, started, "localstack", command, environment(place, ministack, given), partial(_healthy, place))
    except BaseException:
        for process in reversed(started):
            process.stop(STOP_S)
        raise
    record(place.processes, {process.name: process.pid for process in started})
    place.record.write_text(json.dumps({"environment": addresses}, indent=1))
    return addresses


def stop(place: Place) -> bool:
    """Stops what `start` has started, LocalStack including its children: its timers can keep it alive for minutes."""
    found = end_recorded(place.processes, STOP_S)
    place.record.unlink(missing_ok=True)
    shutil.rmtree(place.state / "files", ignore_errors=True)
    shutil.rmtree(place.state / "tmp", ignore_errors=True)
    return bool(found)


def running(place: Place) -> bool:
    """Whether the LocalStack of this checkout answers."""
    return place.record.exists() and _healthy(place)


def _start(
    place: Place,
    started: list[Background],
    name: str,
    command: list[str],
    variables: Mapping[str, str],
    ready: Callable[[], bool],
) -> None:
    log = place.state / f"{name}.log"
    log.unlink(missing_ok=True)
    # Started in the state folder, because LocalStack's package and this project's folder have the same name.
    process = Background(name, command, variables, log, folder=place.state)
    process.start()
    started.append(process)
    wait_until_ready(process, ready, START_S)


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
