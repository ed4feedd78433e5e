"""python -m cloud deploy|destroy|check|build: the game on a LocalStack-compatible endpoint.

AWS_ENDPOINT_URL or LOCALSTACK_HOST says where (http://localhost:4566), STACK under which name (tapstack),
REDIS_URL where the functions find Redis. Every parameter of the template can be set by its name in capitals. With
TELEGRAM_WEBHOOK_HOST, the endpoint as Telegram sees it, the bot is set up at TELEGRAM_API_BASE too.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from cloud import deployment, settings
from cloud.errors import DeployError


def main(arguments: list[str]) -> int:
    """Runs one command; 0 when all went well, 1 with a message where it did not."""
    parser = argparse.ArgumentParser(prog="python -m cloud", description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    deploy = commands.add_parser("deploy", help="create or update the stack, then call its API")
    deploy.add_argument("--no-check", action="store_true", help="don't call the API afterwards")
    commands.add_parser("check", help="call the API of the deployed stack")
    commands.add_parser("destroy", help="delete the stack, its tables and its artifacts")
    commands.add_parser("build", help="only build the archives, for AWS's machine, and print their sizes")
    chosen = parser.parse_args(arguments)
    try:
        known = settings.read(Path.cwd(), os.environ)
        match chosen.command:
            case "deploy":
                deployment.deploy(known, check=not chosen.no_check)
            case "check":
                deployment.check(known)
            case "destroy":
                deployment.destroy(known)
            case "build":
                deployment.build(known)
    except DeployError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
