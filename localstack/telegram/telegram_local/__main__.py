"""`telegram-local` or `python -m telegram_local`: serve until SIGTERM or Ctrl-C. See `settings` for the environment."""

import asyncio
import logging
import os
import signal
import socket
import sys

from .bot_api import METHODS
from .core import Core
from .server import listen, serve
from .settings import Settings


async def _run(settings: Settings, listener: socket.socket) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host

    def ready() -> None:
        print(f"The local Telegram is at http://{shown}:{port}/", flush=True)

    await serve(Core(settings, METHODS), listener, stop, ready)


def main() -> int:
    """Run the server; returns the exit status."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    try:
        settings = Settings.from_environment(os.environ)
    except ValueError as error:
        print(f"telegram_local: {error}", file=sys.stderr)
        return 2
    try:
        listener = listen(settings.host, settings.port)
    except OSError as error:
        print(f"telegram_local: port {settings.port}: {error}", file=sys.stderr)
        return 1
    asyncio.run(_run(settings, listener))
    return 0


if __name__ == "__main__":
    sys.exit(main())
