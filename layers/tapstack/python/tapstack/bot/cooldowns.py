"""What somebody hears in the chat who is too fast: how long to wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.bot.texts import TEXTS
from tapstack.telegram.durations import duration

if TYPE_CHECKING:
    from tapstack.platform.errors import TooManyRequests


def too_fast(error: TooManyRequests, language: str) -> str:
    """The line over the chat, where a button was pressed."""
    return TEXTS.plain("cooldown.again", language, time=duration(error.retry_after_ms, language))
