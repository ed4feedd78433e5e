"""Days, weeks and months: numbers, names and bounds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.errors import BadRequest
from tapstack.play.rules.periods import Periods, PeriodTotal

days = st.integers(min_value=1, max_value=60_000)
clicks = st.integers(min_value=0, max_value=2**46)


@given(st.sampled_from(Period), days)
def test_period_holds_its_days_and_no_other(period: Period, day: int) -> None:
    number = period.number(day)
    start, end = period.start_ms(number), period.start_ms(number + 1)
    assert start <= day * DAY_MS < end
    assert period.number_at(end) == period.number_at(end - 1) + 1 == number + 1


@given(st.sampled_from(Period), days)
def test_label_names_one_period(period: Period, day: int) -> None:
    number = period.number(day)
    assert period.parse(period.label(number)) == number
    assert period.label(number) < period.label(number + 1)


def test_labels_are_those_of_the_calendar() -> None:
    at_ms = int(datetime(2027, 1, 1, 12, tzinfo=UTC).timestamp()) * 1_000
    labels = [period.label(period.number_at(at_ms)) for period in Period]
    assert labels == ["2027-01-01", "2026-W53", "2027-01", "2027"]


@pytest.mark.parametrize(
    ("period", "label"),
    [
        (Period.DAY, "2026-02-30"),
        (Period.DAY, "2026-11"),
        (Period.WEEK, "2026-W54"),
        (Period.WEEK, "2026-11"),
        (Period.WEEK, "2026-W1"),
        (Period.MONTH, "2026-13"),
        (Period.MONTH, "2026-11-21"),
        (Period.MONTH, ""),
        (Period.YEAR, "2026-11"),
        (Period.YEAR, "26"),
        (Period.YEAR, "0000"),
    ],
)
def test_label_of_no_such_period_is_refused(period: Period, label: str) -> None:
    with pytest.raises(BadRequest):
        period.parse(label)


done = st.none() | st.builds(PeriodTotal, st.integers(1, 60_000), clicks, st.integers(0, 2**50))


@given(days, st.tuples(clicks, clicks, clicks), st.tuples(done, done, done), done, st.sampled_from(["", ":7", ":7:-1"]))
def test_packing_keeps_everything(
    day: int,
    bases: tuple[int, int, int],
    before: tuple[PeriodTotal | None, PeriodTotal | None, PeriodTotal | None],
    year: PeriodTotal | None,
    tail: str,
) -> None:
    for periods in (Periods(day, bases, before), Periods(day, bases, before, tail, bases[0], year)):
        assert Periods.unpack(day, periods.packed()) == periods
