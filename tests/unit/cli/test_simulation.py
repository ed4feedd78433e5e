"""`tapstack sim`: its page, and the exit code by which a build can fail."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from click.testing import CliRunner
from support.economy import CATALOGUE
from tapstack.cli import cli

SHORT = ("--json", "sim", "--players", "120", "--days", "5", "--processes", "1")


def test_a_run_within_its_limits_writes_its_page(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, [*SHORT, "--page", str(tmp_path / "page.md")])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["passed"] is True
    page = (tmp_path / "page.md").read_text()
    assert "120 players for 5 days (seed 1)" in page
    assert "| sum of all accounts | 0 | 0 | yes |" in page


def test_a_catalogue_without_sinks_fails(tmp_path: Path) -> None:
    folder = shutil.copytree(CATALOGUE, tmp_path / "catalogue")
    path = folder / "shops.yaml"
    path.write_text(path.read_text().replace("price: ", "price: 9999"))
    done = CliRunner().invoke(cli, [*SHORT, "--catalogue", str(folder)])
    assert done.exit_code == 1
    failed = [verdict["name"] for verdict in json.loads(done.stdout)["verdicts"] if verdict["ok"] is False]
    assert failed == ["sunk of minted, days 4-5"]
