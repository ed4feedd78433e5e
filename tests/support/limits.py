"""Telegram's limits where a test needs them to the point: without waiting for a second, and not by chance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from telegram_local.errors import TooManyRequests
from telegram_local.limits import Limiter
from telegram_local.testing import Limits, LocalTelegram


class Refusing(Limiter):
    """As if others had sent too much: refuses the first message, and all until a second after that."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self._free_at: float | None = None

    def spend(self, chat_id: int, *, private: bool, now: float) -> None:
        if self._free_at is None:
            self._free_at = now + 1
        if now < self._free_at:
            raise TooManyRequests(1)
        super().spend(chat_id, private=private, now=now)


def forget_limits(telegram: LocalTelegram, **changes: Any) -> None:
    """Nothing has been sent yet, as far as Telegram's limits go; they may be others from now on."""
    telegram.run(lambda core: setattr(core, "limiter", Limiter(replace(core.settings.limits, **changes))))


def refuse_next(telegram: LocalTelegram) -> None:
    """The next message is refused with "retry after 1"; who comes back earlier is refused again."""
    telegram.run(lambda core: setattr(core, "limiter", Refusing(core.settings.limits)))
