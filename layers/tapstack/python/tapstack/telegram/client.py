"""Calling Telegram: one event loop and one bot per container, one allowance for all containers."""

from __future__ import annotations

import asyncio
import logging
import os
import ssl
import threading
from collections.abc import Callable, Coroutine
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import httpx
from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import HTTPXRequest

from tapstack.platform.bounds import MAX_RETRY_AFTER_S
from tapstack.platform.breaker import Breaker
from tapstack.platform.errors import StoreUnavailable
from tapstack.telegram.links import known_bot_name

if TYPE_CHECKING:
    from tapstack.telegram.ports import AskNamePorts, ClientPorts

log = logging.getLogger(__name__)

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else python-telegram-bot warns about every RetryAfter

Result = TypeVar("Result")
SPENT = "spent"
"""As `rate_limit_args`: the allowance of this call has been spent already."""

CONNECT_S, READ_S = 2, 4
"""Time-outs for calls that a person waits for."""

ASK_AGAIN_S = 5
_LIMITED = ("send", "edit", "forward", "copy")
_own = threading.local()


class SharedRateLimiter(BaseRateLimiter[str]):
    """Makes every send wait for the allowance that all containers share, and all of them obey "retry after".

    python-telegram-bot's own limiter knows one process only:
    https://docs.python-telegram-bot.org/en/stable/telegram.ext.baseratelimiter.html
    """

    def __init__(self, ports: ClientPorts) -> None:
        self.outbox = ports.outbox

    async def initialize(self) -> None:
        """Nothing to do: the allowance is in Redis."""

    async def shutdown(self) -> None:
        """Nothing to do."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> Any:
        """Makes one call as soon as there is room for it."""
        if rate_limit_args != SPENT and endpoint.startswith(_LIMITED):
            while wait_ms := self.outbox.spend(int(data.get("chat_id", 0)), ahead_ms=0):
                await asyncio.sleep(wait_ms / 1_000)
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            self.outbox.pause(retry_after_ms(error))
            raise


def retry_after_ms(error: RetryAfter) -> int:
    """How long Telegram wants all senders to wait: an hour at most."""
    given = error.retry_after
    seconds = given if isinstance(given, int) else given.total_seconds()
    return int(max(0, min(seconds, MAX_RETRY_AFTER_S)) * 1_000)


def make_bot(token: str, api_base: str, limiter: SharedRateLimiter | None = None) -> ExtBot[Any]:
    """A bot that makes no call of its own: it is never initialized, which would ask getMe on every cold start."""
    request = HTTPXRequest(
        connection_pool_size=64,
        connect_timeout=3,
        read_timeout=10,
        pool_timeout=5,
        httpx_kwargs={"verify": _authorities(api_base.startswith("https:"))},
    )
    return ExtBot(
        token,
        base_url=f"{api_base}/bot",
        base_file_url=f"{api_base}/file/bot",
        request=request,
        get_updates_request=request,
        rate_limiter=limiter,
    )


@cache
def _authorities(needed: bool) -> ssl.SSLContext:
    """Whom all bots of a process trust: reading the list takes 45 ms. A Telegram on this machine needs nobody."""
    return httpx.create_ssl_context() if needed else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def bot_of(ports: ClientPorts) -> ExtBot[Any]:
    """This thread's bot; a Lambda container has one thread, the embedded runtime several."""
    settings = ports.settings
    known: tuple[ClientPorts, ExtBot[Any]] | None = getattr(_own, "bot", None)
    if known is None or known[0] is not ports:
        limiter = SharedRateLimiter(ports)
        known = (ports, make_bot(settings.telegram.bot_tokens[0], settings.telegram.api_base, limiter))
        _own.bot = known
    return known[1]


def close() -> None:
    """Closes this thread's connections and its event loop: for tests and tools; a container keeps both."""
    known: tuple[ClientPorts, ExtBot[Any]] | None = _own.__dict__.pop("bot", None)
    if known is not None:
        run(known[1].request.shutdown())
    loop: asyncio.AbstractEventLoop | None = _own.__dict__.pop("loop", None)
    if loop is not None:
        loop.close()


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Runs a coroutine to its end in this thread's one event loop: connections outlive an invocation."""
    loop: asyncio.AbstractEventLoop | None = getattr(_own, "loop", None)
    if loop is None or loop.is_closed():
        loop = _own.loop = asyncio.new_event_loop()
    return loop.run_until_complete(work)


def bot_name(ports: AskNamePorts) -> str:
    """The bot's username for links: from the settings, else from getMe, asked once for all containers.

    Raises StoreUnavailable (`telegram_unavailable`) while the name is unknown and Telegram can't be reached.
    """
    known = known_bot_name(ports)
    if not known:
        known = _ask_name(ports)
        ports.conversation_cache.keep_bot_name(known)
    return known


def learn_name(ports: AskNamePorts) -> None:
    """Makes the bot's name known to whoever can't ask Telegram: functions without its token, and an operator.

    While Telegram is unavailable, they do without.
    """
    try:
        ports.conversation_cache.keep_bot_name(bot_name(ports))
    except StoreUnavailable as error:
        log.warning("the bot's name is not known yet: %s", error)


def _ask_name(ports: AskNamePorts) -> str:
    """Asks getMe, on a thread that others need: after a failure one caller tries per ASK_AGAIN_S, and not for long."""
    asking = _asking(ports.settings.telegram.api_base)
    if not asking.lets_pass():
        raise _unreachable()
    try:
        me = run(bot_of(ports).get_me(connect_timeout=CONNECT_S, read_timeout=READ_S))
    except TelegramError as error:
        asking.failed()
        raise _unreachable() from error
    asking.worked()
    return me.username or ""


@cache
def _asking(api_base: str) -> Breaker:  # noqa: ARG001 - one per Telegram
    return Breaker(ASK_AGAIN_S)


def _unreachable() -> StoreUnavailable:
    return StoreUnavailable("Telegram does not answer", retry_after_s=ASK_AGAIN_S, code="telegram_unavailable")
