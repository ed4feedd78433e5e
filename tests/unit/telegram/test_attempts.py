"""What came of a call to Telegram, as a value."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from tapstack.platform.errors import StoreUnavailable
from tapstack.telegram.attempts import attempt
from tapstack.telegram.model import Attempt, Result
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)


async def call(error: Exception | None = None, cause: Exception | None = None) -> None:
    if error:
        raise error from cause


@pytest.mark.parametrize(
    ("error", "cause", "made"),
    [
        (None, None, Attempt(Result.SENT)),
        (Forbidden("blocked by the user"), None, Attempt(Result.BLOCKED, "blocked by the user")),
        (BadRequest("Chat not found"), None, Attempt(Result.REFUSED, "Chat not found")),
        (TelegramError("odd"), None, Attempt(Result.FAILED, "odd")),
        (Conflict("another poller"), None, Attempt(Result.FAILED, "another poller")),
        (NetworkError("Bad Gateway"), None, Attempt(Result.UNANSWERED, "Bad Gateway")),
        (TimedOut(), httpx.ReadTimeout("slow"), Attempt(Result.UNANSWERED, "Timed out")),
        (TimedOut(), httpx.ConnectTimeout("slow"), Attempt(Result.UNREACHED, "Timed out")),
        (NetworkError("x"), httpx.ConnectError("refused"), Attempt(Result.UNREACHED, "x")),
    ],
    ids=lambda value: getattr(value, "result", None),
)
def test_answer_of_telegram_is_told_apart(error: Exception | None, cause: Exception | None, made: Attempt) -> None:
    assert asyncio.run(attempt(call(error, cause))) == made


def test_wait_and_new_chat_come_with_their_results() -> None:
    assert asyncio.run(attempt(call(RetryAfter(3)))).wait_ms == 3_000
    assert asyncio.run(attempt(call(ChatMigrated(-100)))).new_chat_id == -100


def test_error_that_is_not_telegrams_is_raised() -> None:
    with pytest.raises(StoreUnavailable):
        asyncio.run(attempt(call(StoreUnavailable("Redis", retry_after_s=1))))
