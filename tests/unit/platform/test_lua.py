"""The scripts name their keys and arguments, and have the clock, GCRA and the score from one place each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tapstack.platform import redis_scripts

PACKAGES = Path(redis_scripts.__file__).parents[1]
SCRIPTS = sorted(PACKAGES.glob("*/lua/*.lua"))
ALL = sorted(PACKAGES.glob("*/lua/**/*.lua"))

SINGLE = {
    "platform/lua/shared/clock.lua": re.compile(r"'TIME'"),
    "platform/lua/shared/gcra.lua": re.compile(r"math\.max\(\w*tat, now\w* - \w*burst"),
    "play/lua/shared/score.lua": re.compile(r"1735689600000|2199023255552"),
}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGES).as_posix()


def code(path: Path) -> list[str]:
    """A script's lines without comments and empty ones."""
    lines = [line.partition("--")[0].rstrip() for line in path.read_text().splitlines()]
    return [line for line in lines if line]


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_script_names_its_keys_and_arguments_before_anything_else(path: Path) -> None:
    """Below that only arguments whose number varies are read, by a loop's index."""
    lines = code(path)
    head = 0
    while head < len(lines) and lines[head].startswith("local "):
        head += 1
    for line in lines[head:]:
        assert not re.search(r"\b(KEYS|ARGV)\[\d", line), line
    named = re.findall(r"KEYS\[(\d+)\]", "\n".join(lines[:head]))
    assert named
    assert sorted(named, key=int) == [str(n) for n in range(1, len(named) + 1)]


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_script_says_what_it_does_takes_and_returns(path: Path) -> None:
    head = path.read_text().split("\n\n")[0]
    assert head.startswith("-- ")
    for part in ("-- KEYS  1 ", "-- ARGV  1 ", "-- Returns "):
        assert part in head


@pytest.mark.parametrize("home", SINGLE)
def test_formula_stands_in_one_file(home: str) -> None:
    found = {name_of(path) for path in ALL if SINGLE[home].search("\n".join(code(path)))}
    assert found == {home}


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_script_includes_what_it_uses_and_nothing_else(path: Path) -> None:
    included = redis_scripts.INCLUDE.findall(path.read_text())
    for shared in included:
        package, _, file = shared.partition("/")
        text = (PACKAGES / package / "lua" / f"{file}.lua").read_text()
        functions = re.findall(r"^local function (\w+)", text, re.MULTILINE)
        assert functions
        assert any(f"{function}(" in "\n".join(code(path)) for function in functions), shared
    loaded = redis_scripts.script(f"{path.parents[1].name}/{path.stem}").text
    assert not redis_scripts.INCLUDE.search(loaded)
    assert loaded.count("local function clock_ms") <= 1
