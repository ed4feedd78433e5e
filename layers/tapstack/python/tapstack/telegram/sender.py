"""The outbox at work: makes the calls that wait, each at its time, and records the outcome."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from tapstack.platform.errors import StoreUnavailable
from tapstack.telegram.attempts import attempt
from tapstack.telegram.client import SPENT, bot_of, run
from tapstack.telegram.model import Attempt, LeasedCall, Result
from tapstack.telegram.notices import wake_sender

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from tapstack.telegram.context import Call
    from tapstack.telegram.ports import SenderPorts

log = logging.getLogger(__name__)

MARGIN_MS = 8_000
"""Time that a run leaves itself to finish its calls."""

ATTEMPTS = 6
BACKOFF_MS = 500
DEAD_LETTER_AGAIN_MS = 60_000
IDLE_S = 0.25
PAUSE_S = 0.01

METHODS = {
    "sendMessage": "send_message",
    "editMessageText": "edit_message_text",
    "deleteMessage": "delete_message",
    "setChatMenuButton": "set_chat_menu_button",
    "answerCallbackQuery": "answer_callback_query",
}
"""The methods that the outbox carries, and python-telegram-bot's names for them."""

GONE = ("message to edit not found", "message can't be edited")
"""Refusals of a screen whose message the person has deleted: it is sent as a new one."""

NON_RETRYABLE = (
    *GONE,
    "message is not modified",
    "message to delete not found",
    "message can't be deleted",
    "message_id_invalid",
    "query is too old",
    "query_id_invalid",
    "chat not found",
    "user is deactivated",
    "peer_id_invalid",
    "group chat was upgraded",
    "have no rights to send",
    "not enough rights",
)
"""Refusals of calls that nobody waits for any more; any other refusal is a fault of ours."""


class Deliveries(Protocol):
    """Delivers a kind of call in its own way."""

    def handles(self, leased: LeasedCall) -> bool:
        """Whether a call is of this kind."""

    async def deliver(self, leased: LeasedCall, make: Callable[[], Awaitable[Attempt]]) -> bool:
        """Makes the call if it is due at all, and acks or retries it; False where the person has blocked the bot."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the game adds: `render` completes a call just before it is made, `deliveries` handle some calls."""

    render: Callable[[Call], Call]
    deliveries: tuple[Deliveries, ...] = ()


def send_waiting(ports: SenderPorts, hooks: Hooks, remaining_ms: Callable[[], int]) -> int:
    """Makes the calls that wait until none is due soon, or the time is over; returns how many."""
    return run(_Sender(ports, hooks).send(remaining_ms))


class Window:
    """The messages that may reach Telegram within any one second: those in flight, and those just arrived.

    The allowance in Redis spaces the sending; a network or a machine that stalls can still bunch the arrivals. What
    arrives in a second was in flight, or had been answered for less than a second, when the last of it was sent.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.clock = most, clock
        self.in_flight = 0
        self.arrived: deque[float] = deque()

    def full(self) -> bool:
        """Whether one more might be one too many."""
        while self.arrived and self.arrived[0] <= self.clock() - 1.0:
            self.arrived.popleft()
        return self.in_flight + len(self.arrived) >= self.most

    @contextmanager
    def sending(self) -> Iterator[None]:
        """Counts a message for the time of a with-block, and for a second after it."""
        self.in_flight += 1
        try:
            yield
        finally:
            self.in_flight -= 1
            self.arrived.append(self.clock())


class _Sender:
    """One run of the sender."""

    def __init__(self, ports: SenderPorts, hooks: Hooks) -> None:
        self.ports, self.hooks = ports, hooks
        self.bot: ExtBot[Any] = bot_of(ports)
        self.window = Window(ports.settings.telegram.outbox_per_s + 1)
        self.id = secrets.token_hex(8)

    async def send(self, remaining_ms: Callable[[], int]) -> int:
        outbox, made, in_flight = self.ports.outbox, 0, set[asyncio.Task[None]]()
        while remaining_ms() > MARGIN_MS:
            if self.window.full():
                await asyncio.sleep(PAUSE_S)
                continue
            calls, wait_ms = outbox.take(self.id)
            if wait_ms < 0:
                break  # another sender is at work
            for leased in calls:
                task = asyncio.ensure_future(self._deliver(leased))
                in_flight.add(task)
                task.add_done_callback(in_flight.discard)
            made += len(calls)
            if not calls and not in_flight and outbox.go_idle(self.id):
                break
            await asyncio.sleep(min(IDLE_S, max(wait_ms, 2) / 1_000))
        else:
            await asyncio.gather(*in_flight)
            outbox.go_idle(self.id, anyway=True)
            wake_sender(self.ports)
        await asyncio.gather(*in_flight)
        return made

    async def _deliver(self, leased: LeasedCall) -> None:
        """Makes one call; while a store is unavailable, whoever takes the call next does."""
        try:
            with self.window.sending() if leased.limited else nullcontext():
                for deliveries in self.hooks.deliveries:
                    if deliveries.handles(leased):
                        if not await deliveries.deliver(leased, lambda: attempt(self._call(leased))):
                            self._mark_blocked(leased.chat_id)
                        return
                await self._make(leased)
        except StoreUnavailable:
            log.warning("neither acked nor retried: %s", leased.what)

    async def _call(self, leased: LeasedCall) -> object:
        call = await asyncio.to_thread(self.hooks.render, leased.call)
        params = {name: value for name, value in call.items() if name != "method"}
        return await getattr(self.bot, METHODS[leased.call["method"]])(**params, rate_limit_args=SPENT)

    async def _make(self, leased: LeasedCall) -> None:
        made, outbox = await attempt(self._call(leased)), self.ports.outbox
        match made.result:
            case Result.SENT:
                outbox.ack(leased, sent=True, message_id=made.message_id)
            case Result.RETRY_AFTER:
                outbox.retry(leased, made.wait_ms, pause_ms=made.wait_ms, counts=False)
            case Result.MIGRATED:
                self._follow_migration(leased, made.new_chat_id)
            case Result.BLOCKED:
                outbox.ack(leased)
                self._mark_blocked(leased.chat_id)
            case Result.REFUSED:
                self._refused(leased, made.reason)
            case Result.UNREACHED | Result.UNANSWERED:
                self._retry(leased, made.reason)
            case Result.FAILED:
                self._dead_letter(leased, made.reason)

    def _follow_migration(self, leased: LeasedCall, new_chat_id: int) -> None:
        """A group has become a supergroup: messages follow it, edits are dropped, for message ids are new there."""
        self.ports.outbox.ack(leased)
        if leased.call["method"].startswith("send"):
            self.ports.outbox.put_once(leased.key, leased.call | {"chat_id": new_chat_id})

    def _mark_blocked(self, chat_id: int) -> None:
        """Records that a person has blocked the bot, so that it writes to them no more unasked."""
        if chat_id > 0:
            chat = self.ports.conversations.get(chat_id)
            if not chat.blocked:
                chat.blocked = True
                self.ports.conversations.save(chat, self.ports.clock() // 1_000)

    def _refused(self, leased: LeasedCall, reason: str) -> None:
        if leased.is_screen and any(part in reason.lower() for part in GONE):
            self.ports.outbox.send_anew(leased)
        elif any(part in reason.lower() for part in NON_RETRYABLE):
            log.info("non-retryable: %s: %s", leased.what, reason)
            self.ports.outbox.ack(leased, sent="not modified" in reason.lower())
        else:
            self._dead_letter(leased, reason)

    def _retry(self, leased: LeasedCall, reason: str) -> None:
        if leased.attempts + 1 >= ATTEMPTS:
            self._dead_letter(leased, reason)
        else:
            self.ports.outbox.retry(leased, BACKOFF_MS * 2**leased.attempts)

    def _dead_letter(self, leased: LeasedCall, reason: str) -> None:
        """Leaves a call that fails for good to an operator: what it was and why, but not to whom, nor what it said.

        Dead letters outlive the people in them by two weeks. While the queue is unavailable, the call is retried.
        """
        log.error("dead-lettered: %s: %s", leased.what, reason)
        if self.ports.outbox_queue.dead_letter({"method": leased.call["method"], "name": leased.what}, reason):
            self.ports.outbox.ack(leased)
        else:
            self.ports.outbox.retry(leased, DEAD_LETTER_AGAIN_MS, counts=False)
