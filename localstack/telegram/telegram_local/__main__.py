"""`python -m telegram_local`: serve until SIGTERM or Ctrl-C. See `settings` for the environment."""

import asyncio
import logging
import os
import signal
import sys

from .core import Core
from .running import serve
from .settings import Settings


async def _run(settings: Settings) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)

    def ready() -> None:
        print(f"The local Telegram is at http://{settings.host}:{settings.port}/", flush=True)

    await serve(Core(settings), stop, ready)


def main() -> int:
    """Run; answers the exit status."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    try:
        settings = Settings.from_environment(os.environ)
    except ValueError as error:
        print(f"telegram_local: {error}", file=sys.stderr)
        return 2
    try:
        asyncio.run(_run(settings))
    except OSError as error:
        print(f"telegram_local: port {settings.port}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
