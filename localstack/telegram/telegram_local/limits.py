"""Telegram's limits on what a bot sends."""

import math
from collections import deque

from .errors import TooManyRequests
from .settings import Limits


class Limiter:
    """Admits a message, or says when to retry. Times are seconds of the injected clock.

    The whole bot and a group: no more than N in any window (1 s, 60 s). A private chat: one a second, after a
    short burst. A refused message does not count.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._bot: deque[float] = deque()
        self._groups: dict[int, deque[float]] = {}
        self._private: dict[int, float] = {}  # when the chat's bucket will be full again

    def spend(self, chat_id: int, *, private: bool, now: float) -> None:
        """Count one message to a chat. Raises TooManyRequests if that exceeds a limit."""
        wait = _wait(self._bot, self._limits.bot_per_s, 1.0, now)
        if private:
            wait = max(wait, self._private_wait(chat_id, now))
        else:
            group = self._groups.setdefault(chat_id, deque())
            wait = max(wait, _wait(group, self._limits.group_per_min, 60.0, now))
        if wait > 0:
            raise TooManyRequests(max(1, math.ceil(wait)))
        self._bot.append(now)
        if private:
            full = max(self._private.get(chat_id, now), now)
            self._private[chat_id] = full + 1 / self._limits.private_per_s
        else:
            self._groups[chat_id].append(now)
        self._prune(now)

    def _private_wait(self, chat_id: int, now: float) -> float:
        full = max(self._private.get(chat_id, now), now)
        room = self._limits.private_burst / self._limits.private_per_s
        # Tolerance: a bot that sends exactly once a second stays within the limit despite floating-point error.
        return full + 1 / self._limits.private_per_s - now - room - 1e-6

    def _prune(self, now: float) -> None:
        if len(self._private) > 10_000:
            self._private = {chat: full for chat, full in self._private.items() if full > now}


def _wait(window: deque[float], limit: int, span_s: float, now: float) -> float:
    """Seconds until the window has room for a message."""
    while window and window[0] <= now - span_s:
        window.popleft()
    return 0.0 if len(window) < limit else window[len(window) - limit] + span_s - now
