"""Telegram's proof of who opened the Mini App.

Rules: https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import parse_qsl

import msgspec
from msgspec import Meta

from tapstack.platform.errors import Unauthenticated

CLOCK_SKEW_S = 300
"""How far Telegram's clock may be ahead before its data counts as forged."""


class TelegramUser(msgspec.Struct, frozen=True):
    """The fields of a WebAppUser that the game uses."""

    id: Annotated[int, Meta(ge=1, le=2**52)]  # "at most 52 significant bits": the Bot API's User
    first_name: str = ""
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_bot: bool = False


class InitData(msgspec.Struct, frozen=True):
    user: TelegramUser
    auth_date_s: int
    start_param: str = ""


def _invalid(message: str) -> Unauthenticated:
    return Unauthenticated(message, code="init_data_invalid")


def data_check_hash(fields: dict[str, str], bot_token: str) -> str:
    """The hex HMAC over every field but `hash` (`signature` included), as Telegram computes it."""
    lines = "\n".join(f"{name}={fields[name]}" for name in sorted(fields) if name != "hash")
    key = hmac.digest(b"WebAppData", bot_token.encode(), hashlib.sha256)
    return hmac.new(key, lines.encode(), hashlib.sha256).hexdigest()


def verify(raw: str, bot_tokens: Sequence[str], *, now_s: int, max_age_s: int) -> InitData:
    """The user behind an initData string that one of the bot's tokens has signed.

    Raises Unauthenticated: `init_data_invalid` for what is malformed, forged or another bot's,
    `init_data_expired` for what is older than max_age_s.
    """
    if not raw.isascii():
        raise _invalid("initData is not URL-encoded")
    try:
        pairs = parse_qsl(raw, keep_blank_values=True, strict_parsing=True, max_num_fields=32)
    except ValueError as error:
        raise _invalid("initData can't be read") from error
    fields = dict(pairs)
    given = fields.get("hash", "").encode()
    if len(fields) != len(pairs) or not any(
        hmac.compare_digest(data_check_hash(fields, token).encode(), given) for token in bot_tokens
    ):
        raise _invalid("initData is not signed by this bot")
    auth_date = fields.get("auth_date", "")
    if not (auth_date.isascii() and auth_date.isdigit() and len(auth_date) <= 12):
        raise _invalid("initData has no auth_date")
    if int(auth_date) > now_s + CLOCK_SKEW_S:
        raise _invalid("initData comes from the future")
    if int(auth_date) < now_s - max_age_s:
        raise Unauthenticated("open the app again: its launch data has expired", code="init_data_expired")
    try:
        user = msgspec.json.decode(fields.get("user", ""), type=TelegramUser)
    except msgspec.DecodeError as error:
        raise _invalid("initData names no user") from error
    if user.is_bot:
        raise _invalid("initData names no human user")
    return InitData(user, int(auth_date), fields.get("start_param", ""))
