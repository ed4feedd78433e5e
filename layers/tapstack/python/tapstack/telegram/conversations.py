"""Conversations: one update of a person at a time over all containers, and what was said."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from tapstack.platform.batches import ItemsRefused
from tapstack.platform.errors import StoreUnavailable
from tapstack.telegram import redis_keys as keys
from tapstack.telegram.dynamo_messages import Message

if TYPE_CHECKING:
    from tapstack.ports import Stores

log = logging.getLogger(__name__)

LEASE_MS = 12_000
"""Longer than the webhook may run: who holds it can't come back after it has passed to another."""

PATIENCE_S = 4.0
PAUSE_S = 0.02

WAITING = 2
"""Threads of a process that may wait for a conversation: one person who writes fast must not hold all of them."""

_may_wait = BoundedSemaphore(WAITING)


@contextmanager
def alone(stores: Stores, user_id: int) -> Iterator[None]:
    """Holds a person's conversation for the time of a with-block; raises StoreUnavailable where another holds it.

    Telegram then brings the update again. The version of what is saved is the second lock: even a holder that has
    lost its lease overwrites nothing.
    """
    name, token = keys.chat_lock(user_id), secrets.token_hex(8)
    if not (stores.leases.claim(name, LEASE_MS, token) or _claimed_in_time(stores, name, token)):
        raise StoreUnavailable("another update of this person is being handled", retry_after_s=1)
    try:
        yield
    finally:
        stores.leases.release(name, token)


def _claimed_in_time(stores: Stores, name: str, token: str) -> bool:
    """Waits for a conversation that another update holds, if this process has a thread to spare for it."""
    if not _may_wait.acquire(blocking=False):
        return False
    try:
        deadline_s = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline_s:
            time.sleep(PAUSE_S)
            if stores.leases.claim(name, LEASE_MS, token):
                return True
        return False
    finally:
        _may_wait.release()


def record(stores: Stores, chat_id: int, message_id: int, said: str, answered: Iterable[tuple[int, str]]) -> None:
    """Keeps what a person said, and what the bot said to it: ids (0 where it has none yet) and texts.

    For an operator who reads it later: where it can't be kept, the person gets their answer all the same.
    """
    at_ms = stores.clock()
    lines = [Message(chat_id, message_id, "in", said, at_ms)]
    lines += [Message(chat_id, i, "out", text, at_ms + n) for n, (i, text) in enumerate(answered, 1)]
    try:
        stores.messages.put(*lines)
    except (StoreUnavailable, ItemsRefused):
        log.warning("not recorded: %d messages of a chat", len(lines))
