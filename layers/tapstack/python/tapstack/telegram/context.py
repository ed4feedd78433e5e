"""One update being handled: what a scene knows, and what it may do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo

from tapstack.telegram.notices import text_call
from tapstack.telegram.texts import Html, Texts, language_of

if TYPE_CHECKING:
    from tapstack.telegram.model import Chat
    from tapstack.telegram.ports import ContextPorts
    from tapstack.telegram.updates import Update


class Speaker(Protocol):
    """A player, as the bot's framework sees them: somebody with a language."""

    @property
    def language(self) -> str: ...


Player = TypeVar("Player", bound=Speaker, covariant=True)
"""The game's type of players."""

Ports = TypeVar("Ports", bound="ContextPorts", covariant=True)
"""What a scene touches: a context that offers more serves it as well."""

Call = dict[str, Any]
Rows = list[list[InlineKeyboardButton]]

ANSWER_WITHIN_MS = 15 * 60_000
"""How long a question stays open; after that, a text leads home."""

HOME = "home"
"""The scene that every bot has."""


def message_call(chat_id: int, text: str, rows: Rows | None = None, message_id: int = 0) -> Call:
    """sendMessage, or editMessageText of a message; without link previews."""
    call: Call = text_call(chat_id, text)
    if message_id:
        call |= {"method": "editMessageText", "message_id": message_id}
    if rows:
        call["reply_markup"] = InlineKeyboardMarkup(rows).to_dict()
    return call


def button(text: str, data: str) -> InlineKeyboardButton:
    """A button that comes back as `<scene>:<action>[:<argument>]`."""
    return InlineKeyboardButton(text, callback_data=data)


@dataclass
class Context(Generic[Player, Ports]):
    """What a scene works with. `calls` are made in order, the first of them in the webhook's own answer."""

    ports: Ports
    update: Update
    chat: Chat
    player: Player
    actions: Mapping[str, Mapping[str, Callable[[Context[Player, Ports]], None]]]
    """What the buttons of every scene do, by the names of scene and action."""
    texts: Texts
    is_new: bool = False
    """Whether this update has created the player."""
    argument: str = ""
    calls: list[Call] = field(default_factory=list)
    toast_text: str = ""

    @cached_property
    def language(self) -> str:
        return language_of(self.chat.language, self.update.user.language_code, self.player.language)

    def choose_language(self, language: str) -> None:
        """Speaks another language from now on; "" leaves it to Telegram."""
        self.chat.language = language
        self.__dict__.pop("language", None)

    def say(self, key: str, /, **values: object) -> Html:
        return self.texts.say(key, self.language, **values)

    def plain(self, key: str, /, **values: object) -> str:
        return self.texts.plain(key, self.language, **values)

    def button(self, key: str, data: str, **values: object) -> InlineKeyboardButton:
        return button(self.plain(key, **values), data)

    def open_button(self) -> list[InlineKeyboardButton]:
        """The button that opens the Mini App, if Telegram takes its address."""
        url = self.ports.settings.telegram.button_url
        return [InlineKeyboardButton(self.plain("b.open"), web_app=WebAppInfo(url))] if url else []

    def home_row(self) -> list[InlineKeyboardButton]:
        """The way back."""
        return [self.button("b.home", f"{HOME}:open")]

    def show(self, text: str, rows: Rows | None = None) -> None:
        """Replaces the message whose button was tapped, else writes a new one."""
        self.calls.append(message_call(self.chat.id, text, rows, self.update.message_id))

    def send(self, text: str, rows: Rows | None = None) -> None:
        """Writes a new message."""
        self.calls.append(message_call(self.chat.id, text, rows))

    def ask(self, text: str, placeholder: str) -> None:
        """Writes a question; the person's app opens the answer to it at once."""
        limit = ForceReply.MAX_INPUT_FIELD_PLACEHOLDER
        call = message_call(self.chat.id, text)
        call["reply_markup"] = ForceReply(input_field_placeholder=placeholder[:limit]).to_dict()
        self.calls.append(call)

    def toast(self, key: str, **values: object) -> None:
        """Shows a line over the chat, where a button was tapped."""
        self.toast_text = self.plain(key, **values)[:200]

    def go_to(self, scene: str, action: str = "open") -> None:
        """Continues in another scene."""
        self.actions[scene][action](self)

    def wait_for(self, scene: str, state: str) -> None:
        """From now on a text is an answer to this scene."""
        self.chat.scene, self.chat.state = scene, state
        self.chat.until_ms = self.ports.clock() + ANSWER_WITHIN_MS

    def end_conversation(self) -> None:
        """No answer is awaited any more."""
        self.chat.scene = self.chat.state = ""
        self.chat.until_ms = 0
