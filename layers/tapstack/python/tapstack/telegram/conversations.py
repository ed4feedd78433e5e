"""Conversations: one update of a person at a time over all containers, and the record of what was said."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from contextlib import AbstractContextManager
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from tapstack.platform.batches import ItemsRefused
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.leases import Retries, held
from tapstack.telegram import leases
from tapstack.telegram.model import Message

if TYPE_CHECKING:
    from tapstack.telegram.ports import LockPorts, RecordPorts

log = logging.getLogger(__name__)

LEASE_MS = 12_000
"""Longer than the webhook may run: a holder can't come back after its lease has passed to another."""

PATIENCE_S = 4.0
PAUSE_S = 0.02

WAITING_THREADS = 2
"""Threads of a process that may wait for a conversation: one person who writes fast must not occupy all of them."""

_may_wait = BoundedSemaphore(WAITING_THREADS)


def conversation_lock(ports: LockPorts, user_id: int) -> AbstractContextManager[None]:
    """Holds a person's conversation for a with-block; raises StoreUnavailable while another update holds it.

    Telegram then sends the update again. The version of what is saved is a second lock: even a holder that has lost
    its lease overwrites nothing.
    """
    name = leases.conversation(user_id)
    return held(ports.leases, name, LEASE_MS, _retries(), "another update of this person is being handled")


def _retries() -> Retries:
    """Retries for a while, if this process has a thread to spare for waiting."""
    if not _may_wait.acquire(blocking=False):
        return
    try:
        deadline_s = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline_s:
            time.sleep(PAUSE_S)
            yield
    finally:
        _may_wait.release()


def record(
    ports: RecordPorts, *, chat_id: int, message_id: int, said: str, answered: Iterable[tuple[int, str]]
) -> None:
    """Keeps what a person said and what the bot answered: ids (0 where there is none yet) and texts.

    For operators, who read it later: where it can't be kept, the person gets their answer all the same.
    """
    at_ms = ports.clock()
    lines = [Message(chat_id=chat_id, message_id=message_id, direction="in", text=said, at_ms=at_ms)]
    lines += [
        Message(chat_id=chat_id, message_id=i, direction="out", text=text, at_ms=at_ms + n)
        for n, (i, text) in enumerate(answered, 1)
    ]
    try:
        ports.messages.put(*lines)
    except (StoreUnavailable, ItemsRefused):
        log.warning("not recorded: %d messages of a chat", len(lines))
