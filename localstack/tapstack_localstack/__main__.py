"""python -m tapstack_localstack start|stop|python: real LocalStack on this machine, without Docker.
python -m tapstack_localstack deploy|check|destroy: the game on LocalStack, or anything that answers like it.

LOCALSTACK_PORT (4566) is the port of the LocalStack started here, LOCALSTACK_PYTHON the Python it is installed with.
With REDIS_URL the game uses that Redis, else one is started beside LocalStack.

AWS_ENDPOINT_URL or LOCALSTACK_HOST says where to deploy (http://localhost:4566), STACK under which name (tapstack).
Every parameter of the template can be set by its name in capitals. With TELEGRAM_WEBHOOK_HOST, the endpoint as
Telegram sees it, the bot is set up at TELEGRAM_API_BASE too.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tapstack_build.errors import DeployError
from tapstack_local.errors import LocalError

from tapstack_localstack.deployment import deploy, settings
from tapstack_localstack.errors import LocalStackError
from tapstack_localstack.server import install, servers
from tapstack_localstack.server.servers import Place, place_of


def main(arguments: list[str]) -> int:
    """Runs one command; returns 0 on success, 1 with a message on failure."""
    parser = argparse.ArgumentParser(prog="python -m tapstack_localstack", description=__doc__.partition("\n\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("start", help="install LocalStack if needed, and start it")
    commands.add_parser("stop", help="stop it; everything deployed to it is lost")
    commands.add_parser("python", help="print the Python that LocalStack would use, or nothing")
    chosen = commands.add_parser("deploy", help="create or update the stack, then call its API")
    chosen.add_argument("--no-check", action="store_true", help="don't call the API afterwards")
    commands.add_parser("check", help="call the API of the deployed stack")
    commands.add_parser("destroy", help="delete the stack, its tables and its archives")
    try:
        _run(parser.parse_args(arguments))
    except (DeployError, LocalStackError, LocalError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _run(chosen: argparse.Namespace) -> None:
    root = Path.cwd()
    match chosen.command:
        case "start":
            _start(place_of(root, os.environ))
        case "stop":
            print("LocalStack is stopped" if servers.stop(place_of(root, os.environ)) else "LocalStack was not running")
        case "python":
            print(install.find_python(os.environ) or "")
        case "deploy":
            deploy.deploy(settings.read(root, os.environ), check=not chosen.no_check)
        case "check":
            deploy.check(settings.read(root, os.environ))
        case "destroy":
            deploy.destroy(settings.read(root, os.environ))


def _start(place: Place) -> None:
    if servers.running(place):
        print(f"LocalStack is already running at {place.url}")
        return
    servers.stop(place)  # leftovers of a killed run
    python = install.installed(place.root, os.environ)
    addresses = servers.start(place, python, os.environ)
    print(f"LocalStack answers at {place.url}; its log is {place.state / 'localstack.log'}")
    print(f"the game's Redis is {addresses['REDIS_URL']}; now: make deploy-local")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
