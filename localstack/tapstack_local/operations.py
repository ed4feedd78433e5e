"""What an operator does with a game on this machine, besides starting it: health, backup, restore, reload, stores.

Imports what a command needs only when it runs: `health` runs every few seconds.
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tapstack_local.errors import OperationError

_HEALTH_S = 5.0
_NICE = 10
"""A backup's priority: players go first."""


def add_operations(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the command line."""
    for name, help_ in (
        ("health", "tell how the running game is; exit code 0 if players can play"),
        ("reload", "run the code of this folder in the running game, without an interruption"),
    ):
        _add(commands, name, help_)
    backup = _add(commands, "backup", "write an archive of the tables and secrets; the game may be running")
    backup.add_argument("folder", type=Path, help="where archives are kept; copy them to another machine")
    backup.add_argument("--keep", type=int, default=0, help="delete all but so many of the newest archives there")
    restore = _add(commands, "restore", "put an archive in the place of a stopped game's state")
    restore.add_argument("archive", type=Path)
    create = _add(commands, "create-stores", "create the tables and queues on AWS that a game with STORES=aws uses")
    create.add_argument("--policy", action="store_true", help="create nothing; print the policy that the game needs")


def _add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, help_: str) -> Any:
    command = commands.add_parser(name, help=help_)
    command.add_argument("--root", type=Path, default=Path.cwd(), help="the folder of template.yaml")
    return command


def _state(root: Path) -> Path:
    from tapstack_local.settings import given_settings, state_folder

    return state_folder(root.resolve(), given_settings(root, os.environ))


def _running(root: Path) -> dict[str, Any]:
    """Return run.json of the running game; raises OperationError if none runs."""
    path = _state(root) / "run.json"
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


def _backup(arguments: argparse.Namespace) -> int:
    from tapstack_local.backups.archive import write
    from tapstack_local.backups.snapshot import open_state

    os.nice(_NICE)
    with open_state(_state(arguments.root)) as parts:
        path = write(parts, arguments.folder, datetime.now(UTC), keep=arguments.keep)
        held = sum(part.size for part in parts)
    print(f"{path}: {held:,} bytes of state in {path.stat().st_size:,}")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    from tapstack_local.backups.restore import restore

    state_dir = _state(arguments.root)
    try:
        kept = restore(arguments.archive, state_dir, datetime.now(UTC))
    except OSError as error:
        raise OperationError(f"nothing was restored: {error}") from None
    print(f"{arguments.archive} is restored to {state_dir}" + (f"; what was there is kept in {kept}" if kept else ""))
    return 0


def _create_stores(arguments: argparse.Namespace) -> int:
    from tapstack_local.stores_on_aws import create, policy

    root = arguments.root.resolve()
    print(json.dumps(policy(root, os.environ) if arguments.policy else create(root, os.environ), indent=2))
    return 0


OPERATIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "health": _health,
    "reload": _reload,
    "backup": _backup,
    "restore": _restore,
    "create-stores": _create_stores,
}
