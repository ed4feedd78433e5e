"""Schedule expressions."""

from datetime import UTC, datetime, timedelta

import pytest
from tapstack_local.template.schedule_expression import parse_schedule

NOON = datetime(2026, 3, 4, 12, 0, 30, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("rate(1 minute)", NOON + timedelta(minutes=1)),
        ("rate(5 minutes)", NOON + timedelta(minutes=5)),
        ("rate(2 days)", NOON + timedelta(days=2)),
        ("cron(* * * * ? *)", datetime(2026, 3, 4, 12, 1, tzinfo=UTC)),
        ("cron(0/15 * * * ? *)", datetime(2026, 3, 4, 12, 15, tzinfo=UTC)),
        ("cron(5 3 * * ? *)", datetime(2026, 3, 5, 3, 5, tzinfo=UTC)),
        ("cron(0 0 ? * MON *)", datetime(2026, 3, 9, tzinfo=UTC)),
        ("cron(30 8 ? * MON-FRI *)", datetime(2026, 3, 5, 8, 30, tzinfo=UTC)),
        ("cron(0 0 1 * ? *)", datetime(2026, 4, 1, tzinfo=UTC)),
        ("cron(0 0 29 2 ? *)", datetime(2028, 2, 29, tzinfo=UTC)),
        ("cron(10,20 12 4 MAR ? 2026)", datetime(2026, 3, 4, 12, 10, tzinfo=UTC)),
    ],
)
def test_next_firing_is_the_first_after_the_moment(expression: str, expected: datetime) -> None:
    assert parse_schedule(expression)(NOON) == expected


def test_a_cron_of_the_past_never_fires() -> None:
    assert parse_schedule("cron(0 0 1 1 ? 2020)")(NOON) is None


@pytest.mark.parametrize(
    "expression",
    ["rate(0 minutes)", "rate(1 second)", "every minute", "cron(* * * *)", "cron(60 * * * ? *)", "cron(a * * * ? *)",
     "cron(* * * * ? 5)", "cron(5-2 * * * ? *)", "cron(*/0 * * * ? *)"],
)  # fmt: skip
def test_other_expressions_are_refused(expression: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_schedule(expression)
