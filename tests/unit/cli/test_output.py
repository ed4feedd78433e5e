"""Answers of the command line: tables that lose nothing, and JSON for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tapstack.cli.invocation import Invocation
from tapstack.cli.output import table

ROWS: list[dict[str, Any]] = [
    {"id": "a" * 150, "name": "Ада \x1b[31mred\x1b[0m\nnew line [bold]", "clicks": 12_000},
    {"id": "b", "name": None, "clicks": 7},
]


def printed(capsys: pytest.CaptureFixture[str], *, as_json: bool) -> str:
    table(Invocation(state=Path(), stack="", as_json=as_json, yes=False), ROWS)
    return capsys.readouterr().out


def test_table_in_a_pipe_is_plain_and_loses_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    header, first, second = printed(capsys, as_json=False).splitlines()
    assert header.split() == ["id", "name", "clicks"]
    assert first.split()[0] == "a" * 150
    assert first.endswith("12,000")
    assert second.split() == ["b", "7"]


def test_names_that_players_choose_do_not_reach_the_terminal_as_commands(capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, as_json=False)
    assert "\x1b" not in shown
    assert "[bold]" in shown
    assert len(shown.splitlines()) == 3


def test_json_is_exact_and_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = printed(capsys, as_json=True)
    assert shown.count("\n") == 1
    assert json.loads(shown) == ROWS
