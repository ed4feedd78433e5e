"""python -m host start|stop|python: real LocalStack on this machine, without Docker.

LOCALSTACK_PORT (4566) is its port. LOCALSTACK_PYTHON chooses the Python it is installed with. With REDIS_URL the
game uses that Redis, else one is started beside LocalStack.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from host import install, servers
from host.errors import HostError
from host.servers import Place


def place_of(root: Path, environment: Mapping[str, str]) -> Place:
    """Where this checkout's LocalStack is; raises HostError for a port that is none."""
    port = environment.get("LOCALSTACK_PORT") or "4566"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise HostError(f"LOCALSTACK_PORT={port} is no port number")
    state = (root / (environment.get("STATE_DIR") or ".local")).resolve()
    return Place(root, state / "localstack", int(port))


def main(arguments: list[str]) -> int:
    """Runs one command; 0 when all went well, 1 with a message where it did not."""
    parser = argparse.ArgumentParser(prog="python -m host", description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("start", help="install LocalStack where needed, and start it")
    commands.add_parser("stop", help="stop it; what was deployed to it is gone")
    commands.add_parser("python", help="print the Python that LocalStack would use, nothing where there is none")
    chosen = parser.parse_args(arguments)
    try:
        place = place_of(Path.cwd(), os.environ)
        match chosen.command:
            case "start":
                _start(place)
            case "stop":
                print("LocalStack is stopped" if servers.stop(place) else "LocalStack was not running")
            case "python":
                print(install.find_python(os.environ) or "")
    except HostError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _start(place: Place) -> None:
    if servers.running(place):
        print(f"LocalStack runs already at {place.url}")
        return
    servers.stop(place)  # what a killed run has left
    python = install.installed(place.root, os.environ)
    addresses = servers.start(place, python, os.environ)
    print(f"LocalStack answers at {place.url}; its log is {place.state / 'localstack.log'}")
    print(f"the game's Redis is {addresses['REDIS_URL']}; now: make deploy-local")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
