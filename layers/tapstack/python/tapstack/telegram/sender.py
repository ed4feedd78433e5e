"""The outbox at work: makes the calls that wait, each at its time, and settles what comes of them."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from tapstack.broadcasts.deliveries import Deliveries
from tapstack.platform.errors import StoreUnavailable
from tapstack.players.mentions import named
from tapstack.telegram.answers import wake_sender
from tapstack.telegram.client import SPENT, bot_of, retry_after_ms, run

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from tapstack.ports import Stores
    from tapstack.telegram.model import LeasedCall

log = logging.getLogger(__name__)

MARGIN_MS = 8_000
"""Time that a run leaves itself to see its calls through."""

ATTEMPTS = 6
BACKOFF_MS = 500
DEAD_LETTER_AGAIN_MS = 60_000
IDLE_S = 0.25
PAUSE_S = 0.01

METHODS = {
    "sendMessage": "send_message",
    "editMessageText": "edit_message_text",
    "answerCallbackQuery": "answer_callback_query",
}
"""What the outbox may carry, and python-telegram-bot's names for it."""

MOOT = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
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
"""Refusals that say that nobody is waiting for this any more; anything else is a fault of ours."""


def send_waiting(stores: Stores, remaining_ms: Callable[[], int]) -> int:
    """Makes the calls that wait until none is due soon, or the time is over; how many it has made."""
    return run(_send(stores, remaining_ms))


class Window:
    """How many messages may have reached Telegram within any one second: those on their way, and those just there.

    The allowance in Redis spaces the sending; a network or a machine that stalls can still bunch the arrivals. What
    arrives in a second was on its way, or had been answered for less than a second, when the last of it was sent.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.clock = most, clock
        self.on_the_way = 0
        self.arrived: deque[float] = deque()

    def full(self) -> bool:
        """Whether one more might be one too many."""
        while self.arrived and self.arrived[0] <= self.clock() - 1.0:
            self.arrived.popleft()
        return self.on_the_way + len(self.arrived) >= self.most

    @contextmanager
    def sending(self) -> Iterator[None]:
        """Counts a message for the time of a with-block, and for a second after it."""
        self.on_the_way += 1
        try:
            yield
        finally:
            self.on_the_way -= 1
            self.arrived.append(self.clock())


async def _send(stores: Stores, remaining_ms: Callable[[], int]) -> int:
    bot, made, under_way = bot_of(stores), 0, set[asyncio.Task[None]]()
    window, me = Window(stores.settings.outbox_per_s + 1), secrets.token_hex(8)
    deliveries = Deliveries(stores)
    while remaining_ms() > MARGIN_MS:
        if window.full():
            await asyncio.sleep(PAUSE_S)
            continue
        calls, wait_ms = stores.outbox.take(me)
        if wait_ms < 0:
            break  # another sender is at work
        for taken in calls:
            task = asyncio.ensure_future(_deliver(stores, bot, taken, window, deliveries))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        made += len(calls)
        if not calls and not under_way and stores.outbox.rest(me):
            break
        await asyncio.sleep(min(IDLE_S, max(wait_ms, 2) / 1_000))
    else:
        await asyncio.gather(*under_way)
        stores.outbox.rest(me, anyway=True)
        wake_sender(stores)
    await asyncio.gather(*under_way)
    return made


async def _deliver(stores: Stores, bot: ExtBot[Any], taken: LeasedCall, window: Window, deliveries: Deliveries) -> None:
    """Makes one call and settles it; a store that is away leaves it to whoever takes it next."""
    try:
        with window.sending() if taken.limited else nullcontext():
            if not taken.broadcast_id:
                await _make(stores, bot, taken)
            elif not await deliveries.deliver(taken, lambda: _call(stores, bot, taken)):
                _mark_blocked(stores, taken.chat_id)
    except StoreUnavailable:
        log.warning("left unsettled: %s", taken.what)


async def _call(stores: Stores, bot: ExtBot[Any], taken: LeasedCall) -> None:
    call = await asyncio.to_thread(named, stores, taken.call)
    params = {name: value for name, value in call.items() if name != "method"}
    await getattr(bot, METHODS[taken.call["method"]])(**params, rate_limit_args=SPENT)


async def _make(stores: Stores, bot: ExtBot[Any], taken: LeasedCall) -> None:
    try:
        await _call(stores, bot, taken)
    except RetryAfter as error:
        wait_ms = retry_after_ms(error)
        stores.outbox.settle(taken, retry_ms=wait_ms, pause_ms=wait_ms, counts=False)
    except ChatMigrated as error:
        _moved(stores, taken, error.new_chat_id)
    except Forbidden:
        stores.outbox.settle(taken)
        _mark_blocked(stores, taken.chat_id)
    except BadRequest as error:
        _refused(stores, taken, error)
    except NetworkError as error:
        _again(stores, taken, error)
    except TelegramError as error:
        _give_up(stores, taken, error)
    else:
        stores.outbox.settle(taken, sent=True)


def _moved(stores: Stores, taken: LeasedCall, new_chat_id: int) -> None:
    """A group has become a supergroup: messages follow it, edits are moot, for message ids are new there."""
    stores.outbox.settle(taken)
    if taken.call["method"].startswith("send"):
        stores.outbox.put_once(taken.name.split(":", 2)[2], taken.call | {"chat_id": new_chat_id})


def _mark_blocked(stores: Stores, chat_id: int) -> None:
    """Remembers that a person has blocked the bot, so that nobody writes to them by itself."""
    if chat_id > 0:
        chat = stores.conversations.get(chat_id)
        if not chat.blocked:
            chat.blocked = True
            stores.conversations.save(chat, stores.clock() // 1_000)


def _refused(stores: Stores, taken: LeasedCall, error: BadRequest) -> None:
    reason = error.message.lower()
    if any(part in reason for part in MOOT):
        log.info("moot: %s: %s", taken.what, error.message)
        stores.outbox.settle(taken, sent="not modified" in reason)
    else:
        _give_up(stores, taken, error)


def _again(stores: Stores, taken: LeasedCall, error: TelegramError) -> None:
    if taken.attempts + 1 >= ATTEMPTS:
        _give_up(stores, taken, error)
    else:
        stores.outbox.settle(taken, retry_ms=BACKOFF_MS * 2**taken.attempts)


def _give_up(stores: Stores, taken: LeasedCall, error: TelegramError) -> None:
    """Leaves a call that fails for good to an operator: what it was and why, but not to whom, nor what it said.

    The dead-letter queue outlives the people in it by two weeks. While it is unavailable, the call is tried again.
    """
    log.error("given up: %s: %s", taken.what, error.message)
    if stores.outbox_queue.dead_letter({"method": taken.call["method"], "name": taken.what}, error.message):
        stores.outbox.settle(taken)
    else:
        stores.outbox.settle(taken, retry_ms=DEAD_LETTER_AGAIN_MS, counts=False)
