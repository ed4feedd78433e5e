"""One update being handled: what a scene knows, and what it may do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MenuButtonWebApp, WebAppInfo

from tapstack.telegram.model import NEW_MESSAGE, THE_SCREEN
from tapstack.telegram.notices import text_call
from tapstack.telegram.texts import DEFAULT, Html, Texts, language_of

if TYPE_CHECKING:
    from tapstack.telegram.model import Chat
    from tapstack.telegram.ports import ContextPorts
    from tapstack.telegram.updates import Update


class Speaker(Protocol):
    """A player, as the bot's framework sees them: somebody with a language, Telegram's or one they have chosen."""

    @property
    def language(self) -> str: ...
    @property
    def chosen_language(self) -> str | None: ...


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


@dataclass(frozen=True, slots=True)
class Screen:
    """What a chat is to show: a sendMessage, and the message that shows it, NEW_MESSAGE or THE_SCREEN."""

    call: Call
    message_id: int


@dataclass
class Context(Generic[Player, Ports]):
    """What a scene works with. An update leads to one screen: the last one that was shown."""

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
    headline: str = ""
    """A line that the next scene may open with: what has just happened."""
    screen: Screen | None = None
    toast_text: str = ""
    asides: list[Call] = field(default_factory=list)
    """Calls that show no message: they count against no limit, and keep no order."""

    @cached_property
    def language(self) -> str:
        return language_of(self.wished_language, self.update.user.language_code, self.player.language)

    @property
    def wished_language(self) -> str:
        """The language chosen here or in the Mini App, "" to follow Telegram; a chat's own is from before accounts'."""
        chosen = self.player.chosen_language
        return self.chat.language if chosen is None else chosen

    def speak(self, language: str) -> None:
        """Speaks another language from now on."""
        self.__dict__["language"] = language_of(language, self.update.user.language_code, self.player.language)

    def say(self, key: str, /, **values: object) -> Html:
        return self.texts.say(key, self.language, **values)

    def plain(self, key: str, /, **values: object) -> str:
        return self.texts.plain(key, self.language, **values)

    def translated(self, texts: Mapping[str, str]) -> str:
        """A text that data brings in several languages, in the person's; "" without one."""
        return texts.get(self.language) or texts.get(DEFAULT, "")

    def headed(self, lines: Iterable[str]) -> str:
        """A screen's text: its lines, below what has just happened."""
        headline, self.headline = self.headline, ""
        return "\n".join([headline, "", *lines] if headline else lines)

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
        """Has the message whose button was tapped show something else; after a text it is a new message."""
        self.screen = Screen(message_call(self.chat.id, text, rows), self.update.message_id or NEW_MESSAGE)

    def revise(self, text: str, rows: Rows | None = None) -> None:
        """Has the chat's screen show something else, after a text too: nothing is added below."""
        self.screen = Screen(message_call(self.chat.id, text, rows), self.update.message_id or THE_SCREEN)

    def tidy(self) -> None:
        """Deletes the message that the person has written: the screen has taken it up, and stays the last message."""
        if self.update.written_id:
            call = {"method": "deleteMessage", "chat_id": self.chat.id, "message_id": self.update.written_id}
            self.asides.append(call)

    def translate_menu(self) -> None:
        """Has the chat's menu button speak the person's language; Telegram knows one text for all of them."""
        url = self.ports.settings.telegram.button_url
        if url and self.language != (self.chat.menu or DEFAULT):
            self.chat.menu = self.language
            button = MenuButtonWebApp(self.plain("menu"), WebAppInfo(url)).to_dict()
            self.asides.append({"method": "setChatMenuButton", "chat_id": self.chat.id, "menu_button": button})

    def toast(self, key: str, **values: object) -> None:
        """Shows a line over the chat, where a button was tapped."""
        self.toast_text = self.plain(key, **values)[:200]

    def go_to(self, scene: str, action: str = "open") -> None:
        """Continues in another scene."""
        self.actions[scene][action](self)

    def wait_for(self, scene: str, state: str) -> None:
        """From now on a text is an answer to this scene."""
        self.chat.scene, self.chat.state, self.chat.since = scene, state, self.update.id
        self.chat.until_ms = self.ports.clock() + ANSWER_WITHIN_MS

    def end_conversation(self) -> None:
        """No answer is awaited any more."""
        if self.chat.state:
            self.chat.since = self.update.id
        self.chat.scene = self.chat.state = ""
        self.chat.until_ms = 0
