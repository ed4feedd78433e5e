"""One update being handled: what a scene knows, and what it may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode

from tapstack.telegram.texts import Html, language_of, plain, say

if TYPE_CHECKING:
    from tapstack.players.model import Player
    from tapstack.ports import Stores
    from tapstack.telegram.model import Chat
    from tapstack.telegram.scene import Scene
    from tapstack.telegram.updates import Incoming

Call = dict[str, Any]
Rows = list[list[InlineKeyboardButton]]
WAIT_MS = 15 * 60_000
"""How long a question stays open before the person is home again."""


def message_call(chat_id: int, text: str, rows: Rows | None = None, message_id: int = 0) -> Call:
    """sendMessage, or editMessageText of a message; without link previews."""
    call: Call = {"method": "sendMessage", "chat_id": chat_id, "text": str(text), "parse_mode": ParseMode.HTML.value}
    if message_id:
        call |= {"method": "editMessageText", "message_id": message_id}
    if rows:
        call["reply_markup"] = InlineKeyboardMarkup(rows).to_dict()
    call["link_preview_options"] = {"is_disabled": True}
    return call


def button(text: str, data: str) -> InlineKeyboardButton:
    """A button that comes back as `<scene>:<action>[:<argument>]`."""
    return InlineKeyboardButton(text, callback_data=data)


@dataclass
class Context:
    """What a scene works with. `calls` are made in order, the first of them in the webhook's own answer."""

    stores: Stores
    incoming: Incoming
    chat: Chat
    player: Player
    is_new: bool = False
    argument: str = ""
    calls: list[Call] = field(default_factory=list)
    notices: list[tuple[str, Call]] = field(default_factory=list)
    toast_text: str = ""
    scenes: Mapping[str, Scene] = field(default_factory=dict)

    @cached_property
    def language(self) -> str:
        return language_of(self.chat.language, self.incoming.user.language_code, self.player.language)

    def say(self, key: str, /, **values: object) -> Html:
        return say(key, self.language, **values)

    def plain(self, key: str, /, **values: object) -> str:
        return plain(key, self.language, **values)

    def button(self, key: str, data: str, **values: object) -> InlineKeyboardButton:
        return button(self.plain(key, **values), data)

    def show(self, text: str, rows: Rows | None = None) -> None:
        """Puts a screen in the place of the one whose button was pressed, else below."""
        self.calls.append(message_call(self.chat.id, text, rows, self.incoming.message_id))

    def send(self, text: str, rows: Rows | None = None) -> None:
        """Writes a new message."""
        self.calls.append(message_call(self.chat.id, text, rows))

    def ask(self, text: str, placeholder: str) -> None:
        """Writes a question whose answer the person's app opens at once."""
        limit = ForceReply.MAX_INPUT_FIELD_PLACEHOLDER
        call = message_call(self.chat.id, text)
        call["reply_markup"] = ForceReply(input_field_placeholder=placeholder[:limit]).to_dict()
        self.calls.append(call)

    def toast(self, key: str, **values: object) -> None:
        """Shows a line over the chat, where a button was pressed."""
        self.toast_text = self.plain(key, **values)[:200]

    def notify(self, key: str, call: Call) -> None:
        """Writes to somebody else, once per key."""
        self.notices.append((key, call))

    def go_to(self, scene: str, action: str = "open") -> None:
        """Goes on in another scene."""
        self.scenes[scene].actions[action](self)

    def wait_for(self, scene: str, state: str) -> None:
        """From now on a text means an answer to this scene."""
        self.chat.scene, self.chat.state = scene, state
        self.chat.until_ms = self.stores.clock() + WAIT_MS

    def end_conversation(self) -> None:
        """No text is waited for any more."""
        self.chat.scene = self.chat.state = ""
        self.chat.until_ms = 0
