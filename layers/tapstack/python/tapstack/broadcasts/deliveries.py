"""A broadcast's messages on their last step: claimed in DynamoDB, then sent, each at most once.

Why at most once, and what that costs, is argued in driving.py. The outbox's sender calls this for the calls that it
handles (telegram/sender.py).
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tapstack.broadcasts.model import Broadcast, Outcome, State
from tapstack.broadcasts.rules import broadcast_of
from tapstack.platform.errors import NotFound
from tapstack.telegram.model import Attempt, Result

if TYPE_CHECKING:
    from tapstack.broadcasts.ports import DeliveryPorts
    from tapstack.telegram.model import LeasedCall

log = logging.getLogger(__name__)

BELIEVED_S = 0.5
"""How long a broadcast's state is believed: the sender heeds a stop within this time."""

HOLD_S = 5.0
"""How long broadcasts pause after Telegram has not answered: a message without an answer may be lost."""

_OUTCOMES = {Result.SENT: Outcome.SENT, Result.BLOCKED: Outcome.BLOCKED}


class Deliveries:
    """Delivers the broadcasts' messages for one run of the sender."""

    def __init__(self, ports: DeliveryPorts, clock: Callable[[], float] = time.monotonic) -> None:
        self.ports, self.clock = ports, clock
        self._known: dict[str, tuple[float, Broadcast | None]] = {}
        self._held_until_s = 0.0

    def handles(self, leased: LeasedCall) -> bool:
        """Whether a call is a broadcast's."""
        return bool(broadcast_of(leased.key))

    async def deliver(self, leased: LeasedCall, make: Callable[[], Awaitable[Attempt]]) -> bool:
        """Makes one call if it is due at all, and acks or retries it; False if the person has blocked the bot.

        Raises StoreUnavailable: the call comes back, and is made only if it was not claimed.
        """
        outbox, token = self.ports.outbox, secrets.token_hex(8)
        wait_s = self._held_until_s - self.clock()
        if wait_s > 0:
            outbox.retry(leased, int(wait_s * 1_000), counts=False)
            return True
        broadcast = await asyncio.to_thread(self._running, broadcast_of(leased.key))
        claim = self.ports.broadcasts.claim
        if broadcast is None or not await asyncio.to_thread(claim, broadcast, leased.chat_id, token):
            outbox.ack(leased)
            return True
        made = await make()
        if made.result is Result.RETRY_AFTER:
            await self._release(leased, token, made.wait_ms, pause_ms=made.wait_ms)
            return True
        if made.result in (Result.UNREACHED, Result.UNANSWERED):
            await self._unanswered(leased, token, made)
            return True
        outcome = _OUTCOMES.get(made.result, Outcome.FAILED)
        reason = made.reason if outcome is Outcome.FAILED else ""
        if reason:
            log.warning("broadcast failed: %s: %s", leased.what, reason)
        await asyncio.to_thread(self.ports.broadcasts.conclude, broadcast, leased.chat_id, token, outcome, reason)
        outbox.ack(leased)
        return outcome is not Outcome.BLOCKED

    def _running(self, broadcast_id: str) -> Broadcast | None:
        """The broadcast, None if it was stopped, or has expired."""
        read_at_s, known = self._known.get(broadcast_id, (-BELIEVED_S, None))
        if self.clock() - read_at_s >= BELIEVED_S:
            read_at_s = self.clock()
            try:
                known = self.ports.broadcasts.get(broadcast_id)
            except NotFound:
                known = None
            self._known[broadcast_id] = (read_at_s, known)
        return known if known and known.state is State.RUNNING else None

    async def _unanswered(self, leased: LeasedCall, token: str, made: Attempt) -> None:
        """Telegram has not answered: a message that can't have reached it is retried, one that may have is not."""
        log.warning("no answer: %s: %s", leased.what, made.reason)
        self._held_until_s = self.clock() + HOLD_S
        if made.result is Result.UNREACHED:
            await self._release(leased, token, int(HOLD_S * 1_000))
        else:
            self.ports.outbox.ack(leased)

    async def _release(self, leased: LeasedCall, token: str, retry_ms: int, pause_ms: int = 0) -> None:
        await asyncio.to_thread(self.ports.broadcasts.release, broadcast_of(leased.key), leased.chat_id, token)
        self.ports.outbox.retry(leased, retry_ms, pause_ms=pause_ms, counts=False)
