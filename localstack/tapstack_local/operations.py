"""What an operator does with a game on this machine, besides starting it: health, backup, restore, reload, stores.

Imports what a command needs only when it runs: `health` runs every few seconds.
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tapstack_local.errors import OperationError

_HEALTH_S = 5.0


def add_operations(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the command line."""
    for name, help_ in (
        ("health", "tell how the running game is; exit code 0 if players can play"),
        ("reload", "run the code of this folder in the running game, without an interruption"),
    ):
        command = commands.add_parser(name, help=help_)
        command.add_argument("--root", type=Path, default=Path.cwd(), help="the folder of template.yaml")


def _running(root: Path) -> dict[str, Any]:
    """Return run.json of the running game; raises OperationError if none runs."""
    from tapstack_local.settings import given_settings, state_folder

    path = state_folder(root.resolve(), given_settings(root, os.environ)) / "run.json"
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise OperationError(f"no game is ready here: there is no {path}") from None
    return found


def _health(arguments: argparse.Namespace) -> int:
    import urllib.error
    import urllib.request

    run = _running(arguments.root)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{run['url']}/health", timeout=_HEALTH_S) as answer:
            status, body = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            status, body = error.code, error.read()
    except OSError as error:
        raise OperationError(f"the game does not answer: {error}") from None
    print(body.decode(errors="replace"))
    _show_processes(run["processes"])
    return 0 if status == 200 else 1


def _show_processes(processes: Mapping[str, Mapping[str, int]]) -> None:
    for name, process in processes.items():
        status = Path(f"/proc/{process['pid']}/status")
        lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
        memory = next((line.split()[1] for line in lines if line.startswith("VmRSS:")), None)
        print(f"{name:<10} process {process['pid']}, {int(memory) // 1024 if memory else '?'} MB", file=sys.stderr)


def _reload(arguments: argparse.Namespace) -> int:
    from tapstack_local.miniapp import build_miniapp

    run = _running(arguments.root)
    build_miniapp(arguments.root.resolve(), print)
    os.kill(run["pid"], signal.SIGUSR1)
    print(f"process {run['pid']} reloads; its console says when, or why not")
    return 0


OPERATIONS: dict[str, Callable[[argparse.Namespace], int]] = {"health": _health, "reload": _reload}
