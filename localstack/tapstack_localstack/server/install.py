"""LocalStack's own environment: created from a supported Python, and kept in line with the lock file."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from tapstack_localstack.errors import LocalStackError

VERSIONS = ("3.13",)
"""The Pythons that localstack-core 2026.3.0 runs on, newest first. It declares 3.10, but needs 3.13."""

_PLUGIN = Path(__file__).parents[1] / "plugin"
_NONE_FOUND = (
    "LocalStack needs Python 3.13, and there is none on PATH, under ~/.pyenv or of uv's. Install one "
    "(`uv python install 3.13`, `pyenv install 3.13`, or your system's package), or set "
    "LOCALSTACK_PYTHON=/path/to/python3.13. Everything else runs without it: see `make up`"
)


def find_python(environment: Mapping[str, str]) -> str | None:
    """A Python that LocalStack runs on: LOCALSTACK_PYTHON, or the newest one that starts; None if there is none.

    Raises LocalStackError if LOCALSTACK_PYTHON is not suitable.
    """
    chosen = environment.get("LOCALSTACK_PYTHON")
    if chosen:
        if _version(chosen) not in VERSIONS:
            raise LocalStackError(f"LOCALSTACK_PYTHON={chosen} is not Python 3.13, or does not start")
        return chosen
    return next((python for wanted in VERSIONS for python in _candidates(wanted) if _version(python) == wanted), None)


def _candidates(version: str) -> Iterator[str]:
    yield sys.executable
    if found := shutil.which(f"python{version}"):
        yield found
    for folder in (".pyenv/versions/", ".local/share/uv/python/cpython-"):
        yield from map(str, sorted(Path.home().glob(f"{folder}{version}.*/bin/python"), reverse=True))


def _version(python: str) -> str | None:
    """An interpreter's version; None if it does not start, like pyenv's shim of an inactive version."""
    code = "import sys, venv; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([python, "-I", "-c", code], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def installed(root: Path, environment: Mapping[str, str]) -> Path:
    """The Python of .venv-localstack, created or renewed if the lock file or this plugin's metadata has changed.

    Raises LocalStackError if there is no suitable Python, or a package can't be installed.
    """
    lock = root / "localstack" / "locks" / "localstack.txt"
    folder = root / ".venv-localstack"
    python = folder / "bin" / "python"
    wanted = hashlib.sha256(lock.read_bytes() + (_PLUGIN / "pyproject.toml").read_bytes()).hexdigest()
    stamp = folder / "tapstack-lock"
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    base = find_python(environment)
    if base is None:
        raise LocalStackError(_NONE_FOUND)
    print(f"installing LocalStack with {base} into {folder} (once, about a minute)", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    _run([base, "-m", "venv", str(folder)])
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    _run([*pip, "--require-hashes", "--requirement", str(lock)])
    _add_plugin(python)
    stamp.write_text(wanted)
    return python


def _add_plugin(python: Path) -> None:
    """Installs this folder as a distribution in that environment, with the entry points that LocalStack looks for.

    Without pip: LocalStack's plux changes setuptools there, which breaks editable installs.
    """
    with (_PLUGIN / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    packages = next((python.parent.parent / "lib").glob("python3*/site-packages"))
    (packages / "tapstack-localstack-host.pth").write_text(f"{_PLUGIN.parents[1]}\n")
    metadata = packages / f"tapstack_localstack_host-{project['version']}.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    )
    groups = project["entry-points"].items()
    text = "\n".join(f"[{group}]\n" + "".join(f"{n} = {v}\n" for n, v in names.items()) for group, names in groups)
    (metadata / "entry_points.txt").write_text(text)


def _run(command: list[str]) -> None:
    # Another environment's PYTHON* settings would affect this one.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, env=clean, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise LocalStackError(f"{' '.join(command[:4])} ... failed:\n{done.stderr.strip()[-3000:]}")
