"""How long everybody waits when Telegram asks for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tapstack.platform.bounds import MAX_RETRY_AFTER_S
from tapstack.telegram.client import retry_after_ms
from telegram.error import RetryAfter


@pytest.mark.parametrize(
    ("asked", "ms"),
    [
        (0, 0),
        (7, 7_000),
        (timedelta(seconds=1.5), 1_500),
        (-1, 0),
        (10**9, MAX_RETRY_AFTER_S * 1_000),
        (timedelta(days=90), MAX_RETRY_AFTER_S * 1_000),
    ],
)
@pytest.mark.filterwarnings("ignore:.*retry_after")
def test_wait_is_what_telegram_asks_for_within_bounds(asked: int | timedelta, ms: int) -> None:
    assert retry_after_ms(RetryAfter(asked)) == ms
