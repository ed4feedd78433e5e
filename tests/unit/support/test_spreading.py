"""Tests that share servers share a worker, and the long ones come first."""

from __future__ import annotations

import pytest
from support import spreading

IDLE = "tests/e2e/game/test_behind_the_scenes.py::test_idle"
PLAY = "tests/e2e/game/test_playing.py::test_taps"


def test_tests_at_one_place_share_its_game_whatever_their_file() -> None:
    assert spreading.shared(f"{IDLE}[embedded]") == spreading.shared(f"{PLAY}[embedded]")
    assert spreading.shared(f"{IDLE}[ministack]") == spreading.shared(f"{PLAY}[ministack-7]")
    assert spreading.shared(f"{IDLE}[embedded]") != spreading.shared(f"{IDLE}[ministack]")


@pytest.mark.parametrize(
    "nodeid", ["tests/unit/a.py::test_a[ministack]", "tests/e2e/game/test_runbook.py::test_a", "tests/unit/a.py::T::t"]
)
def test_other_tests_share_what_their_file_sets_up(nodeid: str) -> None:
    assert spreading.shared(nodeid) == nodeid.split("::")[0]


def test_suites_go_from_the_longest_to_the_shortest() -> None:
    suites = [PLAY, "tests/faults/test_faults.py::a", "tests/integration/tapstack_local/test_running.py::a"]
    suites += ["tests/integration/test_rate.py::a", "tests/unit/test_errors.py::a"]
    assert sorted(reversed(suites), key=spreading.rank) == suites


def test_every_suite_has_a_rank(pytestconfig: pytest.Config) -> None:
    for place in spreading.LONGEST_FIRST:
        assert (pytestconfig.rootpath / place).exists()
