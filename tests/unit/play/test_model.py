"""What is read of a player from a store is within all bounds, or is refused."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from tapstack.platform.bounds import KEPT_CLICKS, MAX_TAPS, MAX_TIME_MS, MAX_UPDATE_ID
from tapstack.play.model import CountedUpdate, Counter, SessionState, check
from tapstack.play.rules.periods import Periods, PeriodTotal

DONE = PeriodTotal(20_000, 5, 1_800_000_000_000)
GOOD = Counter(
    "a" * 16,
    5,
    1_800_000_000_000_000,
    1_800_000_000_000,
    {"s": SessionState(5, 1, 2)},
    Periods(20_000, (0, -3, 2), (DONE, None, DONE)),
    CountedUpdate(7, 1_800_000_000_000),
)


def test_counter_within_bounds_is_handed_on() -> None:
    assert check(GOOD) is GOOD
    assert check(Counter("a")) == Counter("a")


@pytest.mark.parametrize(
    "change",
    [
        *({"clicks": n} for n in (-1, KEPT_CLICKS + 1, 10**20, 1.5, "5", None, True)),
        *({"last_tap_at_ms": n} for n in (-1, MAX_TIME_MS + 1, 10**18)),
        {"tat_us": 10**19},
        {"sessions": {"s": SessionState(MAX_TAPS + 1, 1)}},
        {"sessions": {"s": SessionState(-1, 1)}},
        {"sessions": {"s": SessionState(1, MAX_TIME_MS + 1)}},
        {"sessions": {"s": SessionState(1, 1, -1)}},
        {"periods": Periods(10**9, (0, 0, 0))},
        {"periods": Periods(-1, (0, 0, 0))},
        {"periods": Periods(20_000, (0, 10**14, 0))},
        {"periods": Periods(20_000, (0, 0, 0), (PeriodTotal(10**9, 1, 1), None, None))},
        {"counted_update": CountedUpdate(MAX_UPDATE_ID + 1, 1)},
        {"counted_update": CountedUpdate(-2, 1)},
    ],
    ids=str,
)
def test_counter_out_of_bounds_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="whole number"):
        check(replace(GOOD, **change))
