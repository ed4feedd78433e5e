"""One update of a person at a time, over all containers."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tapstack.errors import StoreUnavailable
from tapstack.stores import keys

if TYPE_CHECKING:
    from tapstack.services.stores import Stores

LEASE_MS = 12_000
"""Longer than the webhook may run: who holds it can't come back after it has passed to another."""

PATIENCE_S = 4.0
PAUSE_S = 0.02


@contextmanager
def alone(stores: Stores, user_id: int) -> Iterator[None]:
    """Holds a person's conversation for the time of a with-block; raises StoreUnavailable where another holds it.

    Telegram then brings the update again. The version of what is saved is the second lock: even a holder that has
    lost its lease overwrites nothing.
    """
    name, token = keys.chat_lock(user_id), secrets.token_hex(8)
    deadline_s = time.monotonic() + PATIENCE_S
    while not stores.hot.claim(name, LEASE_MS, token):
        if time.monotonic() > deadline_s:
            raise StoreUnavailable("another update of this person is being handled", retry_after_s=1)
        time.sleep(PAUSE_S)
    try:
        yield
    finally:
        stores.hot.hold(name, token, 0)
