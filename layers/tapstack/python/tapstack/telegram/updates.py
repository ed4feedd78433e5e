"""Telegram's updates, as the bot needs them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec
import telegram
from telegram import CallbackQuery, ChatMemberUpdated, InlineQuery, MaybeInaccessibleMessage, Message, User
from telegram.constants import ChatType

from tapstack.platform.bounds import MAX_CALLBACK_DATA, MAX_MESSAGE, MAX_TELEGRAM_ID, MAX_UPDATE_ID
from tapstack.platform.errors import BadRequest
from tapstack.telegram.init_data import TelegramUser


class Kind(StrEnum):
    """The updates that the bot handles, by Telegram's names."""

    MESSAGE = "message"
    CALLBACK_QUERY = "callback_query"
    INLINE_QUERY = "inline_query"
    MY_CHAT_MEMBER = "my_chat_member"


ALLOWED_UPDATES = tuple(str(kind) for kind in Kind)


@dataclass(frozen=True, slots=True)
class Update:
    """One update: who did what, where. `message_id` is the message whose button was tapped, `written_id` their own.

    In a group `message_id` is 0 where the message has no button with this data: a client may send any data under any
    message, and nobody may have a message of all show something else.
    `upgraded_from` is the id that this supergroup had as a group, in the one update that says so.
    """

    id: int
    user: TelegramUser
    kind: Kind
    chat_id: int = 0
    private: bool = True
    text: str = ""
    data: str = ""
    query_id: str = ""
    message_id: int = 0
    written_id: int = 0
    upgraded_from: int = 0
    replied: str = ""
    """The text of the bot's message that this one replies to."""

    @property
    def command(self) -> str:
        """`top` for "/top@our_bot 1"; empty where it is none."""
        first = self.text.split(maxsplit=1)[0] if self.text.strip() else ""
        return first[1:].partition("@")[0].lower() if first.startswith("/") else ""

    @property
    def argument(self) -> str:
        """What follows the command."""
        return self.text.partition(" ")[2].strip()


def read(raw: dict[str, Any]) -> Update | None:
    """An update; None for one that the bot does not handle. Raises BadRequest for anything else."""
    try:
        return _read(telegram.Update.de_json(raw, None))
    except Exception as error:  # python-telegram-bot checks no types: garbage raises whatever it leads to
        raise BadRequest("this is not an update") from error


def _read(update: telegram.Update) -> Update | None:
    number = _number(update.update_id, 0, MAX_UPDATE_ID)
    if isinstance(update.message, Message):
        return _message(number, update.message)
    if isinstance(update.callback_query, CallbackQuery):
        return _callback_query(number, update.callback_query)
    if isinstance(update.inline_query, InlineQuery):
        query = update.inline_query
        text, query_id = _text(query.query), _text(query.id, MAX_CALLBACK_DATA)
        return Update(number, _user(query.from_user), Kind.INLINE_QUERY, text=text, query_id=query_id)
    if isinstance(update.my_chat_member, ChatMemberUpdated):
        change = update.my_chat_member
        if change.chat.type == ChatType.CHANNEL:
            return None
        status, private = _text(change.new_chat_member.status), change.chat.type == ChatType.PRIVATE
        chat_id = _chat_id(change.chat.id)
        return Update(number, _user(change.from_user), Kind.MY_CHAT_MEMBER, chat_id, private, text=status)
    return None


def _message(number: int, message: Message) -> Update | None:
    sender = message.from_user
    if message.migrate_to_chat_id or message.migrate_from_chat_id:
        return _upgrade(number, message)
    if sender is None or sender.is_bot or message.via_bot or message.write_access_allowed:
        return None
    private = message.chat.type == ChatType.PRIVATE
    if not private and message.chat.type not in (ChatType.GROUP, ChatType.SUPERGROUP):
        return None
    text = _text(message.text or "")
    written = _number(message.message_id, 0, MAX_TELEGRAM_ID)
    chat_id, replied = _chat_id(message.chat.id), _replied(message)
    return Update(number, _user(sender), Kind.MESSAGE, chat_id, private, text, written_id=written, replied=replied)


def _replied(message: Message) -> str:
    """What a message replies to, where a bot has said it: Telegram sends the bot replies to its own messages."""
    original = message.reply_to_message
    if original is None or original.from_user is None or not original.from_user.is_bot:
        return ""
    return _text(original.text or "")


def _upgrade(number: int, message: Message) -> Update:
    """A group has become a supergroup; Telegram says so in both, whoever has done it."""
    now, before = message.migrate_to_chat_id or message.chat.id, message.migrate_from_chat_id or message.chat.id
    by = _user(message.from_user) if message.from_user else TelegramUser(1)
    return Update(number, by, Kind.MESSAGE, _chat_id(now), private=False, upgraded_from=_chat_id(before))


def _callback_query(number: int, query: CallbackQuery) -> Update:
    message = query.message
    if message and message.chat.type == ChatType.CHANNEL:  # the bot writes to none
        message = None
    private = message is not None and message.chat.type == ChatType.PRIVATE
    is_known = message is not None and (private or _has_button(message, query.data))
    return Update(
        number,
        _user(query.from_user),
        Kind.CALLBACK_QUERY,
        chat_id=_chat_id(message.chat.id) if message else 0,
        private=private,
        data=_text(query.data or "", MAX_CALLBACK_DATA),
        query_id=_text(query.id, MAX_CALLBACK_DATA),
        message_id=_number(message.message_id, 0, MAX_TELEGRAM_ID) if message and is_known else 0,
    )


def _has_button(message: MaybeInaccessibleMessage, data: str | None) -> bool:
    """Whether a message shows a button with this data; one whose content Telegram keeps to itself shows none."""
    markup = message.reply_markup if isinstance(message, Message) else None
    return markup is not None and any(one.callback_data == data for row in markup.inline_keyboard for one in row)


def _user(user: User) -> TelegramUser:
    return msgspec.convert(user.to_dict(), TelegramUser)


def _chat_id(value: object) -> int:
    return _number(value, -MAX_TELEGRAM_ID, MAX_TELEGRAM_ID)


def _number(value: object, lowest: int, highest: int) -> int:
    number = msgspec.convert(value, int)
    if not lowest <= number <= highest:
        raise ValueError("a number of this update is out of its bounds")
    return number


def _text(value: object, longest: int = MAX_MESSAGE) -> str:
    text = msgspec.convert(value, str)
    if len(text) > longest:
        raise ValueError("a text of this update is out of its bounds")
    return text
