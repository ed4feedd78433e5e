"""`make test-stress` counts what happened, and leaves nothing running."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest
from stress.__main__ import main
from stress.load import busy
from support.waiting import DEADLINE_S
from tapstack_local.processes.process import Background
from tapstack_local.processes.readiness import wait_until_ready

SUITE = """
import pytest

def test_good():
    pass

@pytest.fixture
def broken():
    yield
    assert False, "torn down badly"

def test_error_around_it(broken):
    pass

def test_bad():
    assert False

@pytest.mark.skip(reason="not here")
def test_skipped():
    pass
"""


@pytest.fixture(autouse=True)
def rounds_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of a stress run that runs these tests, and no other plugins: to import them all takes seconds."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.delenv("LATE_MS", raising=False)


def stress(folder: Path, suite: str, *options: str) -> int:
    """Rounds of a suite of its own, beside one busy process."""
    (folder / "pytest.ini").write_text("[pytest]\n")
    (folder / "test_it.py").write_text(suite)
    return main(["--busy", "1", *options, "-q", "-p", "pytest_randomly", "-p", "no:cacheprovider", str(folder)])


def test_rounds_are_counted_and_one_failure_fails_the_run(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert stress(tmp_path, SUITE, "--seed", "5", "--rounds", "2") == 1
    out = capfd.readouterr().out
    table = out[out.rindex("round ") :]
    rows = [line.split()[:5] for line in table.splitlines()[1:3]]
    assert rows == [["1", "5", "1", "2", "1"], ["2", "6", "1", "2", "1"]]
    assert "failed in 2 of 2: test_it::test_bad" in table
    assert "failed in 2 of 2: test_it::test_error_around_it" in table


def test_rounds_without_a_failure_are_good_and_rounds_without_a_test_are_not(tmp_path: Path) -> None:
    assert stress(tmp_path, "def test_good(): pass", "--rounds", "1") == 0
    assert stress(tmp_path, "", "--rounds", "1") == 1


def test_pages_get_late_answers_in_every_second_round(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    suite = "import os\ndef test_soon(): assert os.environ['LATE_MS'] == '0'"
    assert stress(tmp_path, suite, "--rounds", "3") == 1
    assert "failed in 1 of 3: test_it::test_soon" in capfd.readouterr().out


def test_busy_processes_end_with_the_block() -> None:
    with busy(2, 60) as started:
        assert [process.poll() for process in started] == [None, None]
    assert all(process.poll() is not None for process in started)


def test_busy_processes_end_by_themselves_when_time_is_up() -> None:
    with busy(1, 0) as (process,):
        assert process.wait(60) == 0
        assert process.pid != os.getpid()


def test_stress_run_that_is_ended_takes_its_busy_processes_along(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_it.py").write_text("import time\ndef test_long(): print('begun', flush=True); time.sleep(600)")
    command = [sys.executable, "-m", "stress", "--rounds", "1", "--busy", "1", "-s", "-p", "pytest_randomly"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    run = Background("stress", [*command, str(tmp_path)], environment, tmp_path / "stress.log", folder=tmp_path)
    run.start()
    try:
        wait_until_ready(run, lambda: "begun" in run.tail(), DEADLINE_S)
        family = psutil.Process(run.pid).children(recursive=True)
        assert len(family) == 2  # one that computes, and pytest
        run.terminate()
        assert run.wait(DEADLINE_S) == 143
        _, left = psutil.wait_procs(family, timeout=DEADLINE_S)
        assert left == []
    finally:
        run.kill()
