"""Holding a lease for the time of a block."""

from __future__ import annotations

import pytest
from support.fakes.platform import MemoryLeases
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.leases import every, held


def test_lease_is_held_within_the_block_and_released_after_it() -> None:
    leases = MemoryLeases()
    with held(leases, "work", 1_000, every(0, 0), "busy"):
        assert not leases.claim("work", 1_000)
    assert leases.claim("work", 1_000)


def test_lease_is_released_after_a_failure() -> None:
    leases = MemoryLeases()
    with pytest.raises(ZeroDivisionError), held(leases, "work", 1_000, every(0, 0), "busy"):
        raise ZeroDivisionError
    assert leases.claim("work", 1_000)


def test_lease_of_another_is_waited_for_and_then_refused() -> None:
    leases, pauses = MemoryLeases(), list[float]()
    leases.claim("work", 1_000, "another")
    with (
        pytest.raises(StoreUnavailable, match="busy") as refusal,
        held(leases, "work", 1_000, every(0.5, 3, pauses.append), "busy", retry_after_s=7),
    ):
        pass
    assert refusal.value.retry_after_s == 7
    assert pauses == [0.5] * 3
    assert not leases.claim("work", 1_000)


def test_lease_that_is_released_meanwhile_is_taken() -> None:
    leases = MemoryLeases()
    leases.claim("work", 1_000, "another")
    with held(leases, "work", 1_000, every(0, 3, lambda _: leases.release("work", "another")), "busy"):
        assert not leases.claim("work", 1_000)
    assert leases.claim("work", 1_000)


def test_lease_that_was_lost_within_the_block_stays_with_its_new_holder() -> None:
    leases = MemoryLeases()
    with held(leases, "work", 1_000, every(0, 0), "busy"):
        leases.holders["work"] = "another"
    assert leases.holders["work"] == "another"
