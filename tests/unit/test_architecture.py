"""Importing anything needs no environment and opens no socket."""

from __future__ import annotations

import json
import subprocess
import sys
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
    assert not modules & {"aws_lambda_powertools", "boto3", "botocore", "pynamodb", "telegram"}
