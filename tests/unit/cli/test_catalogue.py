"""`tapstack catalogue`: what a team runs before it changes prices."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from support.economy import CATALOGUE
from tapstack.cli import cli


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CATALOGUE, tmp_path / "catalogue"))


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, ["--json", "catalogue", *map(str, words)])


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_shipped_catalogue_passes() -> None:
    done = run("lint")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["items"] == 80


def test_lint_names_file_and_id_and_fails(folder: Path) -> None:
    replace(folder / "crates.yaml", "weight: 200000, item: mint_tea", "weight: 210000, item: mint_tea")
    replace(folder / "shops.yaml", "item: tent, price: 800", "item: tent, price: 100")
    replace(folder / "tiers.yaml", "xp: 2000,", "xp: 0,")
    done = run("lint", folder)
    assert done.exit_code == 1
    assert {(row["file"], row["id"]) for row in json.loads(done.stdout)} == {
        ("crates.yaml", "paper_bag"),
        ("shops.yaml", "tent"),
        ("tiers.yaml", ""),
    }


def test_lint_of_a_file_that_cannot_be_read_fails(folder: Path) -> None:
    (folder / "money.yaml").write_text("names: [")
    done = run("lint", folder)
    assert done.exit_code == 1
    assert "money.yaml" in done.stderr


def test_lint_against_what_is_to_be_replaced_refuses_a_removed_id(folder: Path) -> None:
    lines = (folder / "shops.yaml").read_text().splitlines()
    (folder / "shops.yaml").write_text("\n".join(line for line in lines if "item: decoy_palace" not in line))
    lines = (folder / "items.yaml").read_text().splitlines()
    (folder / "items.yaml").write_text("\n".join(line for line in lines if "id: decoy_palace" not in line))
    assert run("lint", folder).exit_code == 0
    done = run("lint", folder, "--before", CATALOGUE)
    assert done.exit_code == 1
    assert [row["id"] for row in json.loads(done.stdout)] == ["decoy_palace"]


def test_diff_lists_what_a_folder_changes(folder: Path) -> None:
    replace(folder / "shops.yaml", "item: tent, price: 800", "item: tent, price: 900")
    done = run("diff", folder, "--against", CATALOGUE)
    assert done.exit_code == 0
    assert json.loads(done.stdout) == [{"part": "shops/always/tent", "what": "price", "before": 800, "after": 900}]
