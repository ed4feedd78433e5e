"""Processes of ours start, become ready, and end, by themselves or not."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest
from support.waiting import wait_until
from tapstack_local.errors import StartError
from tapstack_local.processes.child import Child
from tapstack_local.processes.orphans import end_recorded, record
from tapstack_local.processes.process import Background
from tapstack_local.processes.readiness import wait_until_ready

SLEEPS = "import time; print('here', flush=True); time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPS}"


@pytest.fixture
def started(tmp_path: Path) -> Iterator[list[Background]]:
    """The processes of a test: none outlives it."""
    processes: list[Background] = []
    yield processes
    for process in processes:
        process.kill()


def start(started: list[Background], folder: Path, code: str) -> Background:
    process = Background("toy", [sys.executable, "-c", code], {}, folder / "toy.log", folder=folder)
    process.start()
    started.append(process)
    return process


def prints(process: Background) -> bool:
    return "here" in process.tail()


def test_process_that_is_ready_runs_until_it_is_stopped(tmp_path: Path, started: list[Background]) -> None:
    process = start(started, tmp_path, SLEEPS)
    wait_until_ready(process, lambda: prints(process), 60)
    assert process.running()
    assert process.exit_code() is None
    process.stop(60)
    assert process.exit_code() == -signal.SIGTERM


def test_process_that_ignores_the_question_is_killed_with_its_children(
    tmp_path: Path, started: list[Background]
) -> None:
    child = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {SLEEPS!r}]); "
    process = start(started, tmp_path, child + STUBBORN)
    wait_until_ready(process, lambda: process.tail().count("here") == 2, 60)
    (grandchild,) = psutil.Process(process.pid).children()
    process.stop(0.2)
    assert process.exit_code() == -signal.SIGKILL
    psutil.wait_procs([grandchild], timeout=60)
    assert not grandchild.is_running() or grandchild.status() == psutil.STATUS_ZOMBIE


def test_start_that_fails_shows_the_output(tmp_path: Path, started: list[Background]) -> None:
    process = start(started, tmp_path, "print('no such thing'); raise SystemExit(3)")
    with pytest.raises(StartError, match=r"toy did not start \(its log is .*toy.log\):\nno such thing"):
        wait_until_ready(process, lambda: False, 60)
    assert process.wait(60) == 3


def test_start_that_takes_too_long_or_is_abandoned_is_an_error(tmp_path: Path, started: list[Background]) -> None:
    process = start(started, tmp_path, SLEEPS)
    with pytest.raises(StartError, match="toy is not ready after 0 s"):
        wait_until_ready(process, lambda: False, 0)
    with pytest.raises(StartError, match="stopped while starting"):
        wait_until_ready(process, lambda: False, 60, abandoned=lambda: True)
    with pytest.raises(TimeoutError, match="toy still runs"):
        process.wait(0)


def test_later_command_ends_what_is_recorded(tmp_path: Path, started: list[Background]) -> None:
    process = start(started, tmp_path, SLEEPS)
    wait_until_ready(process, lambda: prints(process), 60)
    file = tmp_path / "processes.json"
    record(file, {"toy": process.pid})
    assert end_recorded(file, 60) == ["toy"]
    assert not process.running()
    assert not file.exists()
    assert end_recorded(file) == []


def test_process_with_a_recorded_number_that_started_at_another_time_is_not_ours(
    tmp_path: Path, started: list[Background]
) -> None:
    process = start(started, tmp_path, SLEEPS)
    file = tmp_path / "processes.json"
    record(file, {"toy": process.pid})
    created = psutil.Process(process.pid).create_time()
    file.write_text(file.read_text().replace(str(created), str(created - 3600)))
    assert end_recorded(file) == []
    time.sleep(0.05)
    assert process.running()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_child_goes_on_when_its_log_is_on_a_full_disk(tmp_path: Path) -> None:
    more_than_a_pipe_holds = "for n in range(20_000): print('line', n)"
    (tmp_path / "child.log").symlink_to("/dev/full")
    child = Child("noisy", [sys.executable, "-c", more_than_a_pipe_holds], os.environ, tmp_path / "child.log")
    child.start()
    try:
        assert child.wait(60) == 0
        wait_until("the last line", lambda: child.tail(1) == "line 19999")
    finally:
        child.stop(1)
