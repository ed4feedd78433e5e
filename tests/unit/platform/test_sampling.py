"""A flood writes few lines, and no count is lost."""

from __future__ import annotations

import gc
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.racing import ManualClock, race
from tapstack.platform import sampling
from tapstack.platform.sampling import LINES_A_MINUTE, SampledLog

KINDS = (
    {"operation": "tap", "code": "flood"},
    {"operation": "tap", "code": "ended"},
    {"operation": "beat", "code": "flood"},
)


class Lines(logging.Handler):
    """What is written, as (operation, code, request id or how many were suppressed)."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[str, str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        said = vars(record)
        assert record.getMessage() == "refused"
        self.rows.append((said["operation"], said["code"], said.get("request_id", said.get("suppressed"))))

    @property
    def counted(self) -> int:
        """How many refusals the lines tell of."""
        return sum(what if isinstance(what, int) else 1 for _, _, what in self.rows)


@pytest.fixture
def lines() -> Lines:
    return Lines()


@pytest.fixture
def log(lines: Lines) -> Iterator[logging.Logger]:
    log = logging.Logger("sampled")
    log.addHandler(lines)
    yield log


def refuse(sampled: SampledLog, kind: dict[str, str], request_id: str = "r") -> None:
    sampled.write(logging.INFO, "refused", kind, {"request_id": request_id})


def test_first_lines_of_each_kind_are_written_and_the_others_counted(log: logging.Logger, lines: Lines) -> None:
    clock = ManualClock(60_000_000)
    sampled = SampledLog(log, clock)
    for n in range(57):
        refuse(sampled, KINDS[0], f"r{n}")
    refuse(sampled, KINDS[1], "other")
    assert lines.rows == [*(("tap", "flood", f"r{n}") for n in range(LINES_A_MINUTE)), ("tap", "ended", "other")]
    clock.advance(60)
    refuse(sampled, KINDS[1], "next minute")
    assert lines.rows[-2:] == [("tap", "flood", 57 - LINES_A_MINUTE), ("tap", "ended", "next minute")]


def test_call_that_is_not_refused_writes_what_an_earlier_minute_suppressed(log: logging.Logger, lines: Lines) -> None:
    clock = ManualClock(60_000_000)
    sampled = SampledLog(log, clock)
    for _ in range(8):
        refuse(sampled, KINDS[0])
    sampled.flush()
    assert len(lines.rows) == LINES_A_MINUTE
    clock.advance(60)
    sampled.flush()
    sampled.flush()
    assert lines.rows[LINES_A_MINUTE:] == [("tap", "flood", 8 - LINES_A_MINUTE)]


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from([0, 0, 0, 0, 1, 30, 60, 3_600, -3_600]))))
def test_no_count_is_lost_whatever_comes_when(calls: list[tuple[int, int]]) -> None:
    """Nor where the clock is set back."""
    lines, log, clock = Lines(), logging.Logger("sampled"), ManualClock(6_000_000_000)
    log.addHandler(lines)
    sampled = SampledLog(log, clock)
    for kind, later_s in calls:
        clock.advance(later_s)
        refuse(sampled, KINDS[kind])
    clock.advance(60)
    sampled.flush()
    assert lines.counted == len(calls)


def test_what_is_suppressed_is_written_when_its_owner_ends(log: logging.Logger, lines: Lines) -> None:
    sampled = SampledLog(log, ManualClock(60_000_000))
    for _ in range(9):
        refuse(sampled, KINDS[2])
    del sampled
    gc.collect()
    assert lines.counted == 9


def test_threads_lose_no_count_between_them(log: logging.Logger, lines: Lines) -> None:
    clock = ManualClock(60_000_000)
    sampled = SampledLog(log, clock)

    def one(n: int) -> None:
        if n % 10 == 0:
            clock.advance(30)
        refuse(sampled, KINDS[n % 3])

    race(64, one)
    clock.advance(60)
    sampled.flush()
    assert lines.counted == 64


FLOODED = """
import json, sys
from tapstack.http.openapi import OPENAPI
from tapstack.http.app import create_app, serves
from tapstack.platform.errors import NotFound

class Ports:
    settings = clock = None

def refuse(call):
    raise KeyError("no") if call.headers.get("fail") else NotFound("no")

app = create_app("test", Ports)
serves(app, OPENAPI)(refuse)
context = type("Context", (), {"aws_request_id": "r"})()
for _ in range(1_000):
    for event in sys.argv[1:]:
        app(json.loads(event), context)
"""


HEADERS: tuple[dict[str, str], ...] = ({}, {"fail": "1"})


def test_flood_of_a_function_is_a_few_lines_that_count_every_refusal() -> None:
    """The process ends at once: its last count is written then."""
    from support.game import api_event

    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", FLOODED, *(json.dumps(api_event("GET", "/openapi.json", headers=h)) for h in HEADERS)],
        env={"PYTHONPATH": str(Path(sampling.__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    said = [json.loads(line) for line in done.stdout.splitlines()]
    refused, failed = ([line for line in said if line["message"] == message] for message in ("refused", "failed"))
    for lines, fields in ((refused, {"code": "not_found"}), (failed, {"error": "KeyError", "level": "ERROR"})):
        assert LINES_A_MINUTE < len(lines) <= 4 * (LINES_A_MINUTE + 1), "a run may go on into another minute"
        assert sum(line.get("suppressed", 1) for line in lines) == 1_000
        assert all(line | fields == line for line in lines)
    assert {"suppressed" in line or "stackTrace" in line for line in failed} == {True}
