"""The pytest plugin, active wherever `telegram-local[testing]` is installed.

Imports the package inside the fixtures: a project that does not use them pays nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .testing import Answer, LocalTelegram, Receiver


@pytest.fixture
def local_telegram_options() -> dict[str, Any]:
    """Override it to choose the arguments of `LocalTelegram`: `limits`, `clock`, `username`, ..."""
    return {}


@pytest.fixture
def local_telegram(local_telegram_options: dict[str, Any]) -> Iterator[LocalTelegram]:
    """A local Telegram of the test's own, with Telegram's limits."""
    from .testing import LocalTelegram

    with LocalTelegram(**local_telegram_options) as telegram:
        yield telegram


@pytest.fixture
def telegram_webhook(
    local_telegram: LocalTelegram,
) -> Iterator[Callable[[Callable[[dict[str, Any]], Answer]], Receiver]]:
    """Starts a webhook, set at the local Telegram, from a function that answers updates; it ends with the test."""
    from .testing import Receiver

    with ExitStack() as stack:

        def start(decide: Callable[[dict[str, Any]], Answer]) -> Receiver:
            receiver = stack.enter_context(Receiver(decide))
            local_telegram.call("setWebhook", url=receiver.url)
            return receiver

        yield start
        local_telegram.call("deleteWebhook")
