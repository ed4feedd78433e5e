"""What is expanded once is read the next time; without a place to keep it, it is expanded each time."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from tapstack_local.template import cache


class Making:
    """Counts how often something is made."""

    def __init__(self, made: dict[Any, Any]) -> None:
        self.made, self.times = made, 0

    def __call__(self) -> dict[Any, Any]:
        self.times += 1
        return self.made


def test_second_start_makes_nothing(tmp_path: Path) -> None:
    make = Making({"Resources": {"A": [1, None, "x"]}})
    found = [cache.kept(cache.key("a"), make, tmp_path / "new") for _ in range(2)]
    assert found == [make.made, make.made]
    assert make.times == 1


def test_other_template_is_made() -> None:
    assert len({cache.key("a"), cache.key("b"), cache.key("a", {"x": 1}), cache.key("a", {"x": 2})}) == 4


@pytest.mark.parametrize("content", ["", "{", "[]", "\x00"])
def test_file_that_cannot_be_read_is_made_again(tmp_path: Path, content: str) -> None:
    name = cache.key("a")
    (tmp_path / f"{name}.json").write_text(content)
    make = Making({"A": 1})
    assert [cache.kept(name, make, tmp_path) for _ in range(2)] == [{"A": 1}] * 2
    assert make.times == 1


def test_without_a_folder_to_write_it_is_made_each_time(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    make = Making({"A": 1})
    assert [cache.kept(cache.key("a"), make, tmp_path / "file/sub") for _ in range(2)] == [{"A": 1}] * 2
    assert make.times == 2


@pytest.mark.parametrize("made", [{"on": datetime.date(2026, 11, 22)}, {1: "x"}])
def test_what_json_does_not_hold_stays_what_it_is(tmp_path: Path, made: dict[Any, Any]) -> None:
    make = Making(made)
    assert [cache.kept(cache.key("a"), make, tmp_path) for _ in range(2)] == [made, made]
    assert cache.key(datetime.date(2026, 11, 22)) is None


def test_old_ones_are_deleted(tmp_path: Path) -> None:
    for number in range(60):
        cache.kept(cache.key(number), Making({"A": number}), tmp_path)
    assert len(list(tmp_path.iterdir())) == 50
