"""What came of a call to Telegram: python-telegram-bot's errors as values that anybody may read."""

from __future__ import annotations

from collections.abc import Awaitable

import httpx
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from tapstack.telegram.client import retry_after_ms
from tapstack.telegram.model import Attempt, Result

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


async def attempt(call: Awaitable[object]) -> Attempt:
    """Makes a call and says what came of it; errors that are not Telegram's are raised."""
    try:
        made = await call
    except RetryAfter as error:
        return Attempt(Result.RETRY_AFTER, error.message, wait_ms=retry_after_ms(error))
    except ChatMigrated as error:
        return Attempt(Result.MIGRATED, error.message, new_chat_id=error.new_chat_id)
    except Forbidden as error:
        return Attempt(Result.BLOCKED, error.message)
    except BadRequest as error:
        return Attempt(Result.REFUSED, error.message)
    except NetworkError as error:
        left = not isinstance(error.__cause__, _NEVER_LEFT)
        return Attempt(Result.UNANSWERED if left else Result.UNREACHED, error.message)
    except TelegramError as error:
        return Attempt(Result.FAILED, error.message)
    return Attempt(Result.SENT, message_id=getattr(made, "message_id", 0))
