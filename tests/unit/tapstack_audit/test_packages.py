"""The audit of locked packages: fails for what is known, and says what nobody could be asked about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from support.servers import ROOT
from tapstack_audit import packages

HERE = Path()


def answering(answer: Any) -> packages.Run:
    """A command that prints JSON, or the text that it is given."""
    text = answer if isinstance(answer, str) else json.dumps(answer)
    return lambda _command, _folder: text


CLEAN = {"name": "redis", "version": "8.1.0", "vulns": []}
HOLED = {"name": "chalice", "version": "1.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["1.1"]}]}
UNKNOWN = {"name": "ours", "skip_reason": "Dependency not found on PyPI and could not be audited: ours (1)"}


def test_package_with_a_hole_is_named_with_what_fixes_it() -> None:
    found = packages.of_python(HERE, "lock.txt", answering({"dependencies": [CLEAN, HOLED]}))
    assert (found.audited, found.not_audited) == (2, "")
    assert found.holes == ["chalice 1.0 has PYSEC-2026-1: fixed in 1.1"]


@pytest.mark.parametrize("answer", ["", "Traceback", "[]", {"dependencies": [UNKNOWN]}])
def test_service_that_does_not_answer_fails_nothing_and_is_said(answer: Any) -> None:
    found = packages.of_python(HERE, "lock.txt", answering(answer))
    assert found.holes == []
    assert packages.report(found, 3) == [
        "lock.txt: not audited: PyPI's advisories do not answer here; locked 3 days ago"
    ]


def test_package_that_pypi_does_not_know_is_said() -> None:
    found = packages.of_python(HERE, "lock.txt", answering({"dependencies": [CLEAN, UNKNOWN]}))
    assert packages.report(found, None) == [
        "lock.txt: 1 packages audited, 0 holes known",
        "lock.txt: not audited: PyPI does not know ours",
    ]


def test_old_lock_that_can_not_be_audited_is_a_warning() -> None:
    unaudited = packages.Audit("lock.txt", not_audited="nobody answers")
    assert len(packages.report(unaudited, packages.STALE_DAYS)) == 1
    assert packages.report(unaudited, packages.STALE_DAYS + 1)[1].startswith("warning: lock.txt is older than 90 days")


def test_holes_that_npm_knows_are_named_and_its_silence_is_said() -> None:
    answer = {
        "vulnerabilities": {"vite": {"severity": "high", "range": "<7.0.1"}},
        "metadata": {"dependencies": {"total": 80}},
    }
    found = packages.of_node(HERE, "miniapp/package-lock.json", answering(answer))
    assert (found.holes, found.audited) == (["vite <7.0.1 is high"], 80)
    silent = packages.of_node(HERE, "miniapp/package-lock.json", answering({"message": "405 Method Not Allowed"}))
    assert (silent.holes, silent.not_audited) == ([], "npm's advisories do not answer here")


def test_age_of_a_lock_is_that_of_its_last_commit() -> None:
    asked: list[Sequence[str]] = []

    def git(command: Sequence[str], _folder: Path) -> str:
        asked.append(command)
        return "1000000\n"

    assert packages.age_days(HERE, "lock.txt", 1_000_000 + 86_400 * 5 + 1, git) == 5
    assert asked[0][-1] == "lock.txt"
    assert packages.age_days(HERE, "lock.txt", 0.0, answering("")) is None


def test_every_lock_is_audited() -> None:
    python = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("localstack/locks/*.txt")}
    python -= {"localstack/locks/local.txt"}  # all of it is in dev.txt
    layers = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("layers/*/requirements.txt")}
    assert set(packages.PYTHON_LOCKS) == python | layers
    assert (ROOT / packages.NODE_LOCK).is_file()


def test_command_that_is_not_there_is_a_service_that_does_not_answer() -> None:
    assert packages.run(["no-such-command-of-ours"], HERE) == ""
