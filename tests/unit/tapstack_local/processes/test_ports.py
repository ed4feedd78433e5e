"""Ports for servers that are about to start."""

import json
import random
import tempfile
import time
from pathlib import Path

import pytest
from tapstack_local.processes import ports


@pytest.fixture(autouse=True)
def own_claims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_port_is_given_to_one_until_it_has_had_time_to_open_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_CHOICE", range(20_000, 20_003))
    monkeypatch.setattr(ports, "_free", lambda _: True)
    assert sorted(ports.free_port() for _ in range(3)) == [20_000, 20_001, 20_002]


def test_claim_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_CHOICE", range(20_000, 20_001))
    monkeypatch.setattr(ports, "_free", lambda _: True)
    ports.free_port()
    (file,) = tmp_path.glob("tapstack-ports-*.json")
    file.write_text(json.dumps({"20000": time.time() - ports._CLAIM_S}))
    assert ports.free_port() == 20_000


@pytest.mark.parametrize("rubbish", ["", "{", "[]", '{"20000": 1e300}'])
def test_unreadable_claims_and_those_of_the_future_hold_up_nobody(tmp_path: Path, rubbish: str) -> None:
    ports.free_port()
    (file,) = tmp_path.glob("tapstack-ports-*.json")
    file.write_text(rubbish)
    assert ports.free_port() in ports._CHOICE


def test_port_does_not_follow_from_the_seed_of_random() -> None:
    """pytest-randomly sets the same seed in every worker."""
    chosen = set()
    for _ in range(5):
        random.seed(1)
        chosen.add(ports.free_port())
    assert len(chosen) == 5
