"""Schedule expressions."""

from datetime import timedelta

import pytest
from tapstack_local.template.schedule_expression import parse_rate


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("rate(1 minute)", timedelta(minutes=1)),
        ("rate(5 minutes)", timedelta(minutes=5)),
        ("rate(1 hour)", timedelta(hours=1)),
        ("rate(2 days)", timedelta(days=2)),
    ],
)
def test_rate_is_the_time_between_two_firings(expression: str, expected: timedelta) -> None:
    assert parse_rate(expression) == expected


@pytest.mark.parametrize(
    "expression", ["rate(0 minutes)", "rate(1 second)", "rate(-1 minutes)", "every minute", "cron(5 3 * * ? *)", ""]
)
def test_other_expressions_are_refused(expression: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_rate(expression)
