"""A file that can't be read says which it is, and where in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.economy import CATALOGUE, catalogue
from tapstack.economy.catalogue import compiling


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CATALOGUE, tmp_path / "catalogue"))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("shops.yaml", "item: tent, price: 800", "item: tent, price: 0", "shops.yaml: tent: Expected `int` >= 1"),
        ("items.yaml", "hours: 9", "hours: nine", "items.yaml: tent: Expected `int`, got `str`"),
        ("crates.yaml", "opens: 40", "opens: 101", "crates.yaml: wardrobe: Expected `int` <= 100"),
        (
            "titles.yaml",
            "{id: title_fox",
            "{id: title_fox, price: 3",
            "titles.yaml: title_fox: Object contains unknown",
        ),
        ("energy.yaml", "full: 3000", "full: [", "energy.yaml: "),
        ("money.yaml", "bag: 50\n", "", "money.yaml: Object missing required field `bag`"),
    ],
)
def test_an_unreadable_file_is_named_with_the_part(folder: Path, name: str, old: str, new: str, fault: str) -> None:
    replace(folder / name, old, new)
    with pytest.raises(compiling.UnreadableCatalogue) as error:
        compiling.read(folder)
    assert str(error.value).startswith(fault)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "boosts.yaml").unlink()
    with pytest.raises(compiling.UnreadableCatalogue, match=r"^boosts\.yaml: "):
        compiling.read(folder)


def test_the_same_files_give_the_same_bytes_and_any_change_another_version(folder: Path) -> None:
    final, data = compiling.compiled(compiling.read(folder))
    assert final.version == catalogue().version
    assert compiling.decode(data) == final
    replace(folder / "shops.yaml", "item: tent, price: 800", "item: tent, price: 801")
    assert compiling.compiled(compiling.read(folder))[0].version != final.version


def test_a_compiled_catalogue_fits_into_one_item() -> None:
    assert len(compiling.compiled(catalogue())[1]) <= compiling.MAX_BYTES
