"""Real Redis and MiniStack servers for tests, each on a free loopback port, ended with the test run."""

from __future__ import annotations

import os
import socket
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tapstack_local.backing_services import redis_binary
from tapstack_local.emulator import PROGRAM
from tapstack_local.processes.ports import free_port
from tapstack_local.processes.process import Background, Process
from tapstack_local.processes.readiness import wait_until_ready

from support import evidence
from support.waiting import DEADLINE_S

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def running(command: list[str], env: dict[str, str] | None = None, name: str = "") -> Iterator[Process]:
    """A process for the time of a with-block; its output is in a log that a failing test's report names."""
    name = name or Path(command[0]).name
    log = evidence.new_log(name)
    with evidence.watch(log):
        process = Background(name, command, {**os.environ, **(env or {})}, log)
        process.start()
        try:
            yield process
        finally:
            process.stop(10)


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def redis_server(*options: str, port: int = 0) -> Iterator[str]:
    """A Redis that keeps nothing on disk; yields its URL."""
    port = port or free_port()
    command = [redis_binary(), "--port", str(port), "--bind", "127.0.0.1", "--save", "", *options]
    with running(command, name="redis") as process:
        wait_until_ready(process, lambda: _accepts(port), DEADLINE_S)
        yield f"redis://127.0.0.1:{port}/0"


def ministack_python() -> str:
    """The Python that MiniStack is installed in."""
    return os.environ.get("MINISTACK_PYTHON") or str(ROOT / ".venv-ministack/bin/python")


def _healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_ministack/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def ministack(services: str = "") -> Iterator[str]:
    """A MiniStack that forgets everything; yields its endpoint.

    Without a list of services, it is as a game runs it, with stores and queues, and open to any credentials.
    """
    python = ministack_python()
    port = free_port()
    env = {
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "SERVICES": services or "dynamodb,sqs",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
    }
    program = Path(python).with_name("ministack") if services else PROGRAM
    with running([python, str(program)], env, name="ministack") as process:
        wait_until_ready(process, lambda: _healthy(port), DEADLINE_S)
        yield f"http://127.0.0.1:{port}"
