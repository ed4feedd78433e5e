"""The process `live`: `python -m tapstack_local live`. It holds no code of the functions, so it outlives their reload.

Beside LocalStack, which has no WebSocket APIs, it is the same process with LocalStack's Invoke API as `--invoke`.
"""

import asyncio
import os
import resource
import signal
import socket
from collections.abc import Callable

from tapstack_local.gateway.invocations import SECRET
from tapstack_local.live.integration import Integration
from tapstack_local.live.limits import Limits
from tapstack_local.live.server import LiveServer
from tapstack_local.processes.child import announce_ready
from tapstack_local.processes.loop import new_event_loop


def run(host: str, port: int, invoke: str, routes: dict[str, str], limits: Limits) -> int:
    """Serve until SIGTERM; returns the exit code."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(serve(listen(host, port), os.environ[SECRET], invoke, routes, limits, announce_ready))
    return 0


def listen(host: str, port: int) -> socket.socket:
    """Open the port."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.setblocking(False)
    return listener


async def serve(
    listener: socket.socket, secret: str, invoke: str, routes: dict[str, str], limits: Limits, ready: Callable[[], None]
) -> None:
    """Serve on a socket until SIGTERM or SIGINT."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    integration = Integration(invoke, routes, secret, limits.integration_s)
    await LiveServer(integration, secret, limits).serve(listener, stopping, ready)
