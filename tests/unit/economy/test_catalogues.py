"""Which catalogue counts, whatever was pushed, taken back, or written by another release."""

from __future__ import annotations

import logging

import msgspec
import pytest
from support.economy import changed, offer
from support.fakes.economy import MemoryCommons
from support.racing import ManualClock
from tapstack.economy import publishing
from tapstack.economy.catalogue import compiling
from tapstack.economy.catalogue.built_in import built_in
from tapstack.economy.catalogue.model import Catalogue, Pointer
from tapstack.economy.catalogues import KEPT_MS, Catalogues
from tapstack.platform.clock import Clock
from tapstack.platform.errors import NotFound, StoreUnavailable

NEWER = "f" * 16


class Counted(MemoryCommons):
    """Counts the versions that are read."""

    def __init__(self) -> None:
        super().__init__()
        self.reads: list[str] = []

    def catalogue(self, version: str) -> bytes | None:
        self.reads.append(version)
        return super().catalogue(version)


class Ports:
    """What a push needs, and a function's catalogues."""

    def __init__(self) -> None:
        self.time, self.commons = ManualClock(1_790_000_000_000), Counted()
        self.clock: Clock = self.time
        self.catalogues = Catalogues(self.commons, self.clock)

    def push(self, price: int) -> Catalogue:
        new = compiling.compiled(changed(lambda data: offer(data, "tent").update(price=price)))[0]
        publishing.push(self, new)
        self.time.now_ms += KEPT_MS
        return new

    def push_of_a_newer_release(self) -> None:
        data = msgspec.json.decode(compiling.compiled(built_in())[1])
        self.commons.put_catalogue(NEWER, msgspec.json.encode({**data, "weather": {}, "version": NEWER}))
        self.commons.points = (Pointer(NEWER, self.clock() // 1_000), *self.commons.points)
        self.time.now_ms += KEPT_MS


@pytest.fixture
def ports() -> Ports:
    return Ports()


def test_what_was_pushed_last_counts_and_a_rollback_brings_back_what_was_before(ports: Ports) -> None:
    assert ports.catalogues.current() is built_in()
    first = ports.push(700)
    second = ports.push(750)
    assert ports.catalogues.current() == second
    publishing.roll_back(ports)
    ports.time.now_ms += KEPT_MS
    assert ports.catalogues.current() == first


def test_a_version_of_a_newer_release_is_passed_over_for_the_one_before(
    ports: Ports, caplog: pytest.LogCaptureFixture
) -> None:
    ports.push_of_a_newer_release()
    assert ports.catalogues.current() is built_in()
    mine = ports.push(700)
    ports.push_of_a_newer_release()
    with caplog.at_level(logging.ERROR):
        assert [ports.catalogues.current() for _ in range(3)] == [mine] * 3
    with pytest.raises(StoreUnavailable, match="newer release"):
        ports.catalogues.version(NEWER)
    assert ports.commons.reads.count(NEWER) == 1


def test_whatever_was_pushed_can_still_be_pushed_upon(ports: Ports) -> None:
    mine = ports.push(700)
    ports.push_of_a_newer_release()
    assert {one.version for one in publishing.counted(ports)} == {built_in().version, mine.version}


def test_a_version_that_nobody_pushed_is_unknown(ports: Ports) -> None:
    with pytest.raises(NotFound):
        ports.catalogues.version("0" * 16)


def test_what_was_drawn_by_the_built_in_catalogue_can_be_checked_after_the_next_release(ports: Ports) -> None:
    for _ in range(3):
        ports.catalogues.keep()
    assert compiling.decode(ports.commons.versions[built_in().version]) == built_in()
    assert len(ports.commons.reads) == 1


def test_only_the_version_that_counts_is_kept(ports: Ports) -> None:
    ports.push(700)
    ports.catalogues.keep()
    assert built_in().version not in ports.commons.versions
