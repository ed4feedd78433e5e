"""One call to Telegram, and what came of it, without the types of its library."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import NamedTuple

import httpx
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from tapstack.telegram.client import retry_after_ms

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Answer(Enum):
    """What came of a call."""

    DONE = "done"
    RATE_LIMITED = "rate limited"
    """Not done: Telegram says when to try again."""
    BLOCKED = "blocked"
    """Not done: the person has blocked the bot."""
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    """The call has certainly not reached Telegram."""
    UNANSWERED = "unanswered"
    """The call may have reached Telegram, or not."""


class Attempt(NamedTuple):
    """An answer, Telegram's words for it, and after how long to try again."""

    answer: Answer
    reason: str = ""
    wait_ms: int = 0


async def attempt(make: Callable[[], Awaitable[object]]) -> Attempt:
    """Makes one call."""
    try:
        await make()
    except RetryAfter as error:
        return Attempt(Answer.RATE_LIMITED, error.message, retry_after_ms(error))
    except Forbidden as error:
        return Attempt(Answer.BLOCKED, error.message)
    except BadRequest as error:
        return Attempt(Answer.REFUSED, error.message)
    except NetworkError as error:
        unreachable = isinstance(error.__cause__, _NEVER_LEFT)
        return Attempt(Answer.UNREACHABLE if unreachable else Answer.UNANSWERED, error.message)
    except TelegramError as error:
        return Attempt(Answer.REFUSED, error.message)
    return Attempt(Answer.DONE)
