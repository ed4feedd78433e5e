"""Ports: the public one as listening sockets, private ones that stay the same from run to run."""

import fcntl
import json
import os
import random
import socket
import sys
import tempfile
import time
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from tapstack_local.errors import StartError

_BACKLOG = 1024
_CHOICE = range(20_000, 32_000)
"""Below the ports of outgoing connections: from 32,768 on Linux, from 49,152 elsewhere."""

_CLAIM_S = 120
"""How long an assigned port is reserved: longer than the slowest server takes to open it."""

_chance = random.SystemRandom()
"""Not `random`: its seed may be set, and then processes that start together choose the same ports."""


def listen(host: str, port: int, count: int) -> list[socket.socket]:
    """Open the public port for `count` workers, before anything else starts.

    The supervisor holds the sockets and its servers inherit them, so no connection is refused while a server
    restarts. On Linux each worker has a queue of its own (the kernel spreads connections over them);
    elsewhere the workers share one. Raises StartError naming the process that has the port.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Without SO_REUSEPORT: a second game of the same user would share the port instead of failing.
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen(1)
        return [_listener(family, host, port) for _ in range(count if sys.platform == "linux" else 1)]
    except socket.gaierror as error:
        raise StartError(f"HOST={host} is not an address of this machine: {error.strerror}") from None
    except OSError as error:
        raise StartError(f"can't open {host}:{port}: {_why(port, error)}; set PORT=... to use another") from None


def _listener(family: int, host: str, port: int) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if sys.platform == "linux":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind((host, port))
    listener.listen(_BACKLOG)
    listener.setblocking(False)
    return listener


def _why(port: int, error: OSError) -> str:
    owner = _owner(port)
    return f"port {port} is taken by {owner}" if owner else str(error.strerror).lower()


def _owner(port: int) -> str | None:
    try:
        found = [c for c in psutil.net_connections(kind="tcp") if c.status == psutil.CONN_LISTEN]
    except psutil.Error:
        return None
    owners = [one.pid for one in found if one.laddr and one.laddr.port == port]
    if not owners:
        return None
    try:
        process = psutil.Process(next(filter(None, owners)))
        # Of a family that shares the socket, name the one to stop.
        while (parent := process.parent()) and _listens(parent, port):
            process = parent
        return f"process {process.pid} ({' '.join(process.cmdline())[:80]})"
    except (psutil.Error, StopIteration):
        return "a process of another user"


def _listens(process: psutil.Process, port: int) -> bool:
    return any(
        one.status == psutil.CONN_LISTEN and one.laddr.port == port for one in process.net_connections(kind="tcp")
    )


def stable_port(state_dir: Path, name: str) -> int:
    """Return the loopback port that `name` had in earlier runs, or a new one if that is taken."""
    path = state_dir / "ports.json"
    try:
        ports: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        ports = {}
    port = ports.get(name)
    if port is None or not _free(port):
        ports[name] = port = free_port()
        path.write_text(json.dumps(ports), encoding="utf-8")
    return port


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a free loopback port, which is not assigned again for two minutes.

    Games and tests start at the same time, and a server opens its port only some time after it was chosen. A port
    chosen by the system (port 0) may be assigned to anybody's next outgoing connection too.
    """
    path = Path(tempfile.gettempdir()) / f"tapstack-ports-{os.getuid()}.json"
    with path.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        now_s = time.time()
        claims = {port: at_s for port, at_s in _claims(file.read()).items() if now_s - _CLAIM_S < at_s <= now_s}
        while str(port := _chance.choice(_CHOICE)) in claims or not _free(port):
            pass
        file.truncate(0)
        file.write(json.dumps({**claims, str(port): now_s}))
    return port


def _claims(text: str) -> dict[str, float]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
