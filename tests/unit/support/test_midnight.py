from __future__ import annotations

import pytest
from support import midnight, racing
from support.racing import ManualClock
from tapstack.platform.calendar import DAY_MS

TODAY_MS = 20_779 * DAY_MS


@pytest.mark.parametrize(("before_ms", "expected"), [(60_000, 0), (30_001, 0), (30_000, 30_001), (1, 2), (DAY_MS, 0)])
def test_real_time_waits_out_midnight(before_ms: int, expected: int) -> None:
    assert midnight.wait_ms(TODAY_MS - before_ms) == expected


def test_manual_clock_that_starts_before_midnight_starts_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute's advance would take half of a test into the next day."""
    for before_ms, expected in ((20_000, TODAY_MS + 1), (3_600_000, TODAY_MS - 3_600_000)):
        monkeypatch.setattr(racing, "system_clock", lambda before_ms=before_ms: TODAY_MS - before_ms)
        clock = ManualClock()
        assert clock() == expected
        clock.advance(61)
        assert clock() // DAY_MS == expected // DAY_MS
