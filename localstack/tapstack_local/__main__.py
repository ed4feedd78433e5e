"""`python -m tapstack_local up` runs the game, `build` and `npm` build its Mini App; the rest operates a game.

The supervisor starts `server`, `events` and `live`.
"""

import argparse
import os
import sys
from pathlib import Path

from tapstack_local.errors import LocalError
from tapstack_local.operations import OPERATIONS, add_operations


def main() -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tapstack_local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    up = commands.add_parser("up", help="run everything until Ctrl-C")
    up.add_argument("--root", type=Path, default=Path.cwd(), help="the folder of template.yaml")
    npm = commands.add_parser("npm", help="run one of the Mini App's npm scripts with the game's own Node")
    npm.add_argument("script")
    npm.add_argument("--root", type=Path, default=Path.cwd(), help="the folder of template.yaml")
    build = commands.add_parser("build", help="build the Mini App, for a game that can't write to its folder")
    build.add_argument("--root", type=Path, default=Path.cwd(), help="the folder of template.yaml")
    add_operations(commands)
    server = commands.add_parser("server")
    server.add_argument("--model", required=True)
    server.add_argument("--fds", required=True)
    server.add_argument("--workers", type=int, required=True)
    server.add_argument("--threads", type=int, required=True)
    server.add_argument("--dist", required=True)
    server.add_argument("--signin", action="store_true")
    server.add_argument("--home", default="/app/")
    events = commands.add_parser("events")
    events.add_argument("--model", type=Path, required=True)
    events.add_argument("--period", type=float)
    live = commands.add_parser("live", help="a WebSocket API beside LocalStack, which has none (docs/live.md)")
    live.add_argument("--host", default="127.0.0.1")
    live.add_argument("--port", type=int, required=True)
    live.add_argument("--invoke", required=True, help="Lambda's Invoke call, with {function} for the name")
    live.add_argument("--route", action="append", default=[], metavar="KEY=FUNCTION")
    live.add_argument("--rate", type=float, default=10_000.0, help="connections and frames a second")
    arguments = parser.parse_args()
    try:
        return _run(arguments)
    except LocalError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _run(arguments: argparse.Namespace) -> int:
    if arguments.command == "up":
        from tapstack_local.settings import read_settings
        from tapstack_local.supervisor import Supervisor

        root = arguments.root.resolve()
        return Supervisor(read_settings(root, os.environ)).run()
    if arguments.command in OPERATIONS:
        return OPERATIONS[arguments.command](arguments)
    if arguments.command == "build":
        from tapstack_local.miniapp import build_miniapp

        build_miniapp(arguments.root.resolve(), print)
        return 0
    if arguments.command == "npm":
        from tapstack_local.miniapp import run_script

        return run_script(arguments.root.resolve(), arguments.script, print)
    if arguments.command == "live":
        from tapstack_local.live.limits import Limits
        from tapstack_local.live.process import run as run_live

        routes = dict(route.partition("=")[::2] for route in arguments.route)
        limits = Limits(rate_per_s=arguments.rate)
        return run_live(arguments.host, arguments.port, arguments.invoke, routes, limits)
    from tapstack_local.gateway.server import configure_logging, serve

    configure_logging()
    if arguments.command == "server":
        fds = [int(fd) for fd in arguments.fds.split(",")]
        paths = (arguments.dist, arguments.home)
        serve(arguments.model, fds, arguments.workers, arguments.threads, paths, arguments.signin)
        return 0
    from tapstack_local.events.process import run

    return run(arguments.model, arguments.period)


if __name__ == "__main__":
    sys.exit(main())
