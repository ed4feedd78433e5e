"""What docs/contributing.md shows is built in a copy of the repository, and works there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.servers import ROOT

PAGE = ROOT / "docs/contributing.md"
COPIED = ("functions", "infra", "layers/tapstack/python", "localstack", "template.yaml", "pyproject.toml", "Makefile")
TESTS = ("support", "unit", "conftest.py")
PYTHON_ROOTS = ("layers/tapstack/python", "localstack", "localstack/telegram", "infra", "tests")


def examples() -> list[tuple[str, str, str]]:
    """Kind (python, diff), path and text of each block of the page that is about a file."""
    found, path = [], ""
    pattern = re.compile(r"^`([\w./]+)`$|^```(python|diff)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    for named, kind, text in pattern.findall(PAGE.read_text()):
        path = named or path
        if kind:
            found.append((kind, path, text))
    return found


def apply(file: Path, diff: str) -> None:
    """Replaces a block's old lines, which must stand in the file together and once, by its new ones."""
    lines = diff.splitlines(keepends=True)
    text = file.read_text()
    before, after = (f"\n{''.join(line[1:] for line in lines if line[0] != left)}" for left in "+-")
    assert text.count(before) == 1, f"{file.name} has not once:\n{before}"
    file.write_text(text.replace(before, after))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository with everything that the page adds, and with what Python and mypy know of its files."""
    root = tmp_path_factory.mktemp("example")
    if (ROOT / ".mypy_cache").exists():
        shutil.copytree(ROOT / ".mypy_cache", root / ".mypy_cache")
    for name in (*COPIED, *(f"tests/{name}" for name in TESTS)):
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns("*.pyc.*"))  # still being written
        else:
            shutil.copy(ROOT / name, target)
    for kind, path, text in examples():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if kind == "diff":
            apply(file, text)
        else:
            file.write_text(text)
    return root


def run(root: Path, *command: str) -> None:
    installed = [path for path in sys.path if not Path(path).is_relative_to(ROOT) or "site-packages" in path]
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join((*PYTHON_ROOTS, *installed)), "COLUMNS": "200"}
    done = subprocess.run(  # noqa: S603
        [sys.executable, *command], cwd=root, env=env, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_example_keeps_the_import_contracts(copy: Path) -> None:
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    contracts = ("concepts", "rules", "models", "adapters", "clients", "functions", "handlers")
    chosen = [option for contract in contracts for option in ("--contract", contract)]
    run(copy, "-c", lint, "--no-cache", "--no-logo", *chosen)


def test_example_is_typed(copy: Path) -> None:
    colours = ("layers/tapstack/python/tapstack/colours", "tests/support/fakes/colours.py", "tests/unit/colours")
    run(copy, "-m", "mypy", *colours, "functions/colours", "layers/tapstack/python/tapstack/bot/scene_list.py")


def test_example_is_formatted(copy: Path) -> None:
    for command in (["check"], ["format", "--check"]):
        run(copy, "-m", "ruff", *command, "layers/tapstack/python/tapstack", "functions", "tests/unit/colours")


def test_example_works_and_the_template_gives_it_what_it_reads(copy: Path) -> None:
    tests = (
        "tests/unit/colours",
        "tests/unit/platform/test_settings.py",
        "tests/unit/bot",
        "tests/unit/test_architecture.py",
    )
    run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "not contract", *tests)
