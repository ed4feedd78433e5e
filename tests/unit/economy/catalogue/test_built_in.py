"""The catalogue in the layer is the one of the files, and what is pushed replaces it, until it is taken back."""

from __future__ import annotations

import msgspec
import pytest
from support.economy import CATALOGUE, catalogue
from support.fakes.ports import MemoryPorts
from support.racing import ManualClock
from tapstack.economy import publishing
from tapstack.economy.catalogue import compiling
from tapstack.economy.catalogue.built_in import BUILT_IN, built_in
from tapstack.economy.catalogue.model import Catalogue
from tapstack.economy.catalogues import KEPT_MS
from tapstack.platform.errors import NotFound


def other() -> Catalogue:
    """The same with a smaller bag."""
    return msgspec.structs.replace(catalogue(), money=msgspec.structs.replace(catalogue().money, bag=10))


def test_built_in_catalogue_is_what_its_files_say() -> None:
    """`python -m tapstack.economy.catalogue layers/catalogue` makes it so."""
    assert compiling.compiled(compiling.read(CATALOGUE))[1] == BUILT_IN.read_bytes()


def test_pushed_catalogue_counts_from_its_time_on_and_within_a_minute() -> None:
    clock = ManualClock()
    ports = MemoryPorts(clock)
    assert ports.catalogues.current() == built_in()
    pushed = publishing.push(ports, other(), from_s=clock() // 1_000 + 3_600)
    clock.now_ms += KEPT_MS
    assert ports.catalogues.current() == built_in()
    clock.now_ms += 3_600_000
    assert ports.catalogues.current().version == pushed.version
    assert ports.catalogues.current().money.bag == 10
    assert ports.catalogues.version(built_in().version) == built_in()


def test_rollback_brings_the_one_before_back_also_the_built_in_one() -> None:
    clock = ManualClock()
    ports = MemoryPorts(clock)
    publishing.push(ports, other())
    clock.now_ms += KEPT_MS
    assert ports.catalogues.current().money.bag == 10
    assert publishing.roll_back(ports).version == built_in().version
    clock.now_ms += KEPT_MS
    assert ports.catalogues.current() == built_in()
    with pytest.raises(NotFound) as refusal:
        publishing.roll_back(ports, "0" * 16)
    assert refusal.value.code == "catalogue_unknown"
