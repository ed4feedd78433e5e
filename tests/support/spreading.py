"""How tests are spread over workers: who shares servers goes to one worker, and what waits longest goes first."""

from __future__ import annotations

import os
import re

import pytest
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

MOST_WORKERS = 5
LONGEST_FIRST = (
    "tests/e2e/game/",
    "tests/e2e/miniapp/",
    "tests/integration/broadcasts/test_broadcast_kills.py",
    "tests/faults/",
    "tests/attack/",
    "tests/integration/bot/test_scenes.py",
    "tests/integration/play/test_releases.py",
    "tests/soak/",
    "tests/e2e/",
    "localstack/telegram/tests/e2e/",
    "tests/integration/docs/",
    "tests/integration/tapstack_local/",
    "tests/integration/play/test_tap_callback_properties.py",
    "tests/integration/play/test_counting_properties.py",
    "tests/integration/bot/",
    "tests/integration/broadcasts/",
    "tests/integration/telegram/",
    "localstack/telegram/tests/integration/",
    "tests/integration/",
    "tests/unit/http/",
    "",
)
"""By suite or file: the order by chance is that inside of it. A long file at the end would leave other workers idle."""

_PLACE = re.compile(r"\[(embedded|ministack|localstack)\b")


def workers() -> int:
    """Three more than there are cores: much of a test's time is spent waiting for servers and schedules."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores + 3, MOST_WORKERS)


def rank(nodeid: str) -> int:
    """The place of a test's suite in the order."""
    return next(n for n, prefix in enumerate(LONGEST_FIRST) if nodeid.startswith(prefix))


def shared(nodeid: str) -> str:
    """What a test shares with others of the same worker: the game at a place, else what its file sets up."""
    file = nodeid.partition("::")[0]
    place = _PLACE.search(nodeid)
    return f"tests/e2e/game[{place[1]}]" if place and file.startswith("tests/e2e/game/") else file


class Spread(LoadFileScheduling):  # type: ignore[misc]  # xdist ships no types
    """Gives out tests in the order of their collection, together with those that share servers with them."""

    def __init__(self, config: pytest.Config, log: object = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False  # by the number of tests: long files have few

    def _split_scope(self, nodeid: str) -> str:
        return shared(nodeid)
