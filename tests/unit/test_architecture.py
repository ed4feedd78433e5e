"""Imports point one way, and importing anything needs no environment and opens no socket."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import tapstack

ROOT = Path(__file__).resolve().parents[2]
LAYER = Path(tapstack.__file__).parent
FUNCTIONS = sorted(ROOT.glob("functions/*/app.py"))

MAY_IMPORT = {
    "errors": set(),
    "clock": set(),
    "config": set(),
    "breaker": set(),
    "logs": {"config"},
    "domain": {"domain", "errors"},
    "stores": {"stores", "domain", "errors", "config", "breaker"},
    "services": {"services", "stores", "domain", "errors", "config", "clock", "logs"},
    "http": {"http", "services", "domain", "errors", "config", "clock", "bootstrap", "logs"},
    "telegram": {"telegram", "services", "domain", "errors", "config", "breaker"},
    "botctl": {"telegram", "config", "logs"},
    "cli": {"cli", "bootstrap", "services", "stores", "domain", "errors", "config", "logs"},
    "bootstrap": {"stores", "domain", "errors", "config", "clock", "logs"},
    "functions": {"bootstrap", "logs", "http", "telegram", "services", "domain", "errors"},
}
"""What each part of the shared code may know of the others."""

CLIENTS = {"redis", "boto3", "botocore", "pynamodb"}
IMPURE = {"os", "time", "random", "secrets", "socket", "logging", "subprocess", "threading", "asyncio"}


def imports(path: Path) -> Iterator[str]:
    """Every module that a file names in an import, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part_of(path: Path) -> str:
    return "functions" if path in FUNCTIONS else path.relative_to(LAYER).parts[0].removesuffix(".py")


FILES = [path for path in sorted(LAYER.rglob("*.py")) if path.parent != LAYER or path.name != "__init__.py"]


@pytest.mark.parametrize("path", FILES + FUNCTIONS, ids=lambda p: "/".join(p.parts[-2:]))
def test_imports_of_a_file_point_one_way(path: Path) -> None:
    part = part_of(path)
    ours = [name.split(".") for name in imports(path) if name.split(".")[0] == "tapstack"]
    assert {name[1] for name in ours} <= MAY_IMPORT[part]
    third = {name.split(".")[0] for name in imports(path)}
    if part != "stores":
        assert not third & CLIENTS
    if part == "domain":
        assert not third & IMPURE
        assert third - sys.stdlib_module_names <= {"__future__", "tapstack", "msgspec"}
    if part == "functions":
        assert not third & {"functions", "app", *(function.parent.name for function in FUNCTIONS)}


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
        "tapstack.bootstrap",
        "tapstack.stores.tables",
        "tapstack.telegram.bot",
        "tapstack.services.jobs",
    } <= modules


@pytest.mark.parametrize("name", ["click", "heartbeat", "leaderboard", "players", "sessions"])
def test_function_without_a_bot_starts_without_its_library(name: str) -> None:
    """A third of a second and 38 MB: what a share needs of it is served by the webhook's function."""
    assert "telegram" not in fresh(False, ROOT / f"functions/{name}/app.py")


@pytest.mark.parametrize("name", ["click", "heartbeat"])
def test_hot_function_starts_without_what_it_rarely_needs(name: str) -> None:
    """They are most of a cold start, and a tap needs none of them."""
    modules = fresh(False, ROOT / f"functions/{name}/app.py")
    assert "tapstack.services.live" in modules
    assert not modules & {"aws_lambda_powertools", "boto3", "botocore", "pynamodb", "telegram"}
