"""Who imports whom, and what importing costs: no environment, no socket, and on a hot path no heavy library."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import tapstack

ROOT = Path(__file__).resolve().parents[2]
LAYER = Path(tapstack.__file__).parent
FUNCTIONS = sorted(ROOT.glob("functions/*/app.py"))

FRESH = """
import importlib.util, json, pkgutil, socket, sys

def refuse(*_, **__):
    raise AssertionError("importing opens a socket")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
layer, whole, *functions = sys.argv[1:]
sys.path.insert(0, layer)
if whole == "whole":
    import tapstack
    for module in pkgutil.walk_packages(tapstack.__path__, "tapstack."):
        importlib.import_module(module.name)
for number, path in enumerate(functions):
    spec = importlib.util.spec_from_file_location(f"fn_{number}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.app if hasattr(module, "app") else module.handler
print(json.dumps(sorted(sys.modules)))
"""


def fresh(whole: bool, *functions: Path) -> set[str]:
    """The modules that a new interpreter without an environment has, after importing."""
    command = [sys.executable, "-I", "-W", "error", "-c", FRESH, str(LAYER.parent), "whole" if whole else ""]
    command += map(str, functions)
    done = subprocess.run(command, env={}, capture_output=True, text=True, timeout=180, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def test_importing_everything_needs_no_environment_and_opens_no_socket() -> None:
    modules = fresh(True, *FUNCTIONS)
    assert {
        "tapstack.composition",
        "tapstack.platform.dynamo_tables",
        "tapstack.bot.router",
        "tapstack.admin.sync_jobs",
    } <= modules


@pytest.mark.parametrize("name", ["click", "heartbeat", "leaderboard", "players", "sessions"])
def test_function_without_a_bot_starts_without_its_library(name: str) -> None:
    """A third of a second and 38 MB: what a share needs of it is served by the webhook's function."""
    assert "telegram" not in fresh(False, ROOT / f"functions/{name}/app.py")


@pytest.mark.parametrize("name", ["click", "heartbeat"])
def test_hot_function_starts_without_what_it_rarely_needs(name: str) -> None:
    """They are most of a cold start, and a tap needs none of them."""
    modules = fresh(False, ROOT / f"functions/{name}/app.py")
    assert "tapstack.play.taps" in modules
    assert not modules & {"boto3", "botocore", "pynamodb", "redis", "asyncio", "telegram"}
    assert not modules & {"tapstack.play.operations", "tapstack.players.operations", "tapstack.live.operations"}


SOURCES = ("functions", "infra", "layers/tapstack/python", "localstack", "tests/support/import_contracts.py")
IMPORTED_FROM = ("layers/tapstack/python", "localstack", "infra")
CONTRACTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(root: Path) -> tuple[int, str]:
    """What import-linter says of the sources below a folder."""
    installed = [path for path in sys.path if not Path(path).is_relative_to(ROOT) or "site-packages" in path]
    roots = ("layers/tapstack/python", "localstack", "localstack/telegram", "infra", "tests", *installed)
    env = {"PYTHONPATH": os.pathsep.join(roots), "COLUMNS": "200", "PATH": os.environ["PATH"]}
    command = [sys.executable, "-c", CONTRACTS, "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, timeout=180, check=False)  # noqa: S603
    return done.returncode, done.stdout + done.stderr


def test_imports_keep_every_contract() -> None:
    status, said = lint(ROOT)
    assert status == 0, said


FORBIDDEN = [
    ("concepts", "tapstack.players.model", "tapstack.play.model"),
    ("concepts", "tapstack.platform.clock", "tapstack.composition"),
    ("rules", "tapstack.play.rules.score", "tapstack.play.taps"),
    ("rules", "tapstack.play.rules.score", "time"),
    ("models", "tapstack.players.model", "tapstack.players.accounts"),
    ("adapters", "tapstack.play.taps", "tapstack.play.redis_play"),
    ("clients", "tapstack.play.taps", "redis"),
    ("bot-library", "tapstack.play.taps", "telegram"),
    ("functions", "functions.click.app", "functions.sessions.app"),
    ("handlers", "functions.click.app", "boto3"),
    ("cycles", "tapstack.play.model", "tapstack.play.taps"),
    ("runtimes", "tapstack.play.taps", "tapstack_local.settings"),
    ("runtimes", "tapstack_local.settings", "tapstack_aws.publish"),
]
"""Contracts, with imports that each of them forbids."""


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is said of a copy of all sources in which somebody imports all that is forbidden."""
    root = tmp_path_factory.mktemp("sources")
    ignored = shutil.ignore_patterns("__pycache__", "*.txt")
    for source in SOURCES:
        target = root / source
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, target, ignore=ignored)
        else:
            shutil.copy(ROOT / source, target)
    shutil.copy(ROOT / "pyproject.toml", root)
    for _, module, imported in FORBIDDEN:
        found = [root / folder / f"{module.replace('.', '/')}.py" for folder in ("", *IMPORTED_FROM)]
        with next(file for file in found if file.exists()).open("a") as file:
            file.write(f"\n\ndef broken() -> None:\n    import {imported}\n")
    status, said = lint(root)
    assert status == 1, said
    return said


@pytest.mark.parametrize(("contract", "module", "imported"), FORBIDDEN)
def test_import_that_a_contract_forbids_is_found(broken: str, contract: str, module: str, imported: str) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    name = next(each["name"] for each in contracts if each["id"] == contract)
    said = re.search(rf"^{re.escape(name)}\n-+\n(.*?)(^-+\n|\Z)", broken, re.DOTALL | re.MULTILINE)
    assert said, broken
    names = (module.rpartition(".")[2], imported.rpartition(".")[2])
    assert re.search(rf"\b{names[0]}\b.*\b{names[1]}\b", said[1]), said[1]
