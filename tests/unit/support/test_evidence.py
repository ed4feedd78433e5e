"""The report of a failing test names the logs of the servers that it ran, and no others."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from support import evidence


@pytest.fixture(autouse=True)
def no_servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_running", "_ended"):
        monkeypatch.setattr(evidence, name, [])
    monkeypatch.setattr(evidence, "_folder", tmp_path)


def log(name: str, text: str = "") -> Path:
    path = evidence.new_log(name)
    path.write_text(text)
    return path


def test_log_of_a_server_that_runs_or_ran_during_the_test_is_named_with_its_last_lines() -> None:
    before, during, still = (log(name, f"{name} 1\n{name} 2\n") for name in ("before", "during", "still"))
    with evidence.watch(before):
        pass
    evidence.forget_ended()
    with evidence.watch(during):
        pass
    with evidence.watch(still):
        report = evidence.report()
    assert f"{during} (2 lines)\n    during 1\n    during 2" in report
    assert str(still) in report
    assert str(before) not in report


def test_long_log_is_shown_by_its_end() -> None:
    with evidence.watch(log("long", "".join(f"line {n}\n" for n in range(100)))):
        shown = evidence.report().splitlines()
    assert len(shown) == 1 + evidence.LAST_LINES
    assert shown[-1] == "    line 99"


def test_state_folder_of_a_game_stands_for_its_console_and_logs(tmp_path: Path) -> None:
    (tmp_path / "state/logs").mkdir(parents=True)
    for name in ("console.log", "logs/redis.log", "secrets.json"):
        (tmp_path / "state" / name).touch()
    with evidence.watch(tmp_path / "state"):
        assert [path.name for path in evidence.logs()] == ["console.log", "redis.log"]


def test_game_that_is_killed_started_again_and_stopped_has_ended(tmp_path: Path) -> None:
    state = log("game")
    for running in (True, True, False):
        evidence.changed(state, running)
    evidence.forget_ended()
    assert evidence.report() == ""


def test_long_line_of_a_log_is_cut() -> None:
    with evidence.watch(log("wide", "x" * 5_000)):
        shown = evidence.report().splitlines()[-1]
    assert len(shown.strip()) == evidence.LINE_CHARACTERS + len("...")


def test_verdict_is_one_line_with_the_name_and_why() -> None:
    def report(when: Literal["setup", "call"], why: str) -> pytest.TestReport:
        return pytest.TestReport("test_it.py::test_it", ("", 0, ""), {}, "failed", why, when)

    assert evidence.verdicts([report("call", "wrong\nat length"), report("setup", "no server")]) == [
        "FAILED test_it.py::test_it - wrong",
        "FAILED test_it.py::test_it (setup) - no server",
    ]
    assert len(evidence.verdicts([report("call", "x" * 5_000)])[0]) < 300


def test_server_that_crashed_and_was_started_again_fails_the_test(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "server.log"
    log.parent.mkdir()
    log.write_text("Fatal Python error: Segmentation fault\n\nThread 0x00007f (most recent call first):\n")
    evidence.changed(tmp_path, True)
    with pytest.raises(AssertionError, match="a process has crashed.*server.log"):
        evidence.changed(tmp_path, False)
