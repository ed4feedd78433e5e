"""Long polling, for a game that Telegram can't reach: fetches updates and posts them to the webhook."""

from __future__ import annotations

import asyncio
import json
import logging
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

from telegram.error import NetworkError, RetryAfter, TelegramError

from tapstack.telegram.client import retry_after_ms
from tapstack.telegram.sender import METHODS
from tapstack.telegram.updates import ALLOWED_UPDATES

if TYPE_CHECKING:
    from telegram import Update
    from telegram.ext import ExtBot

log = logging.getLogger(__name__)

WAIT_S = 25
PAUSE_S = 1.0
ANSWERS = METHODS | {"answerInlineQuery": "answer_inline_query"}


async def poll(bot: ExtBot[Any], game_url: str, secret: str) -> None:
    """Delivers updates to the game until it is cancelled, each at least once and in order.

    An update counts as fetched once the game has accepted it: what a crash interrupts is delivered again.
    """
    await bot.delete_webhook()
    offset = 0
    while True:
        try:
            updates = await bot.get_updates(offset=offset, timeout=WAIT_S, allowed_updates=list(ALLOWED_UPDATES))
        except RetryAfter as error:
            await asyncio.sleep(retry_after_ms(error) / 1_000)
            continue
        except NetworkError as error:
            log.warning("Telegram is unavailable: %s", error.message)
            await asyncio.sleep(PAUSE_S)
            continue
        for update in updates:
            await deliver(bot, game_url, secret, update)
            offset = update.update_id + 1


async def deliver(bot: ExtBot[Any], game_url: str, secret: str, update: Update) -> None:
    """Delivers one update until the game accepts it, and makes the call that the game answers with."""
    body = update.to_json()
    while True:
        status, answer = await asyncio.to_thread(_post, f"{game_url}/telegram/webhook", body, secret)
        if status == 200:
            break
        if 400 <= status < 500:
            log.error("update %d is refused: %s", update.update_id, answer[:200])
            return
        await asyncio.sleep(PAUSE_S)
    call = json.loads(answer or b"{}")
    method = ANSWERS.get(call.pop("method", ""))
    if method:
        try:
            await getattr(bot, method)(**call)
        except TelegramError as error:
            log.warning("answer to update %d: %s", update.update_id, error.message)


def _post(url: str, body: str, secret: str) -> tuple[int, bytes]:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret, "Content-Type": "application/json"}
    request = urllib.request.Request(url, body.encode(), headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except OSError as error:
        log.warning("the game is unavailable: %s", error)
        return 503, b""
