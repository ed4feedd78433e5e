"""The local Telegram without a network, for unit tests: one user, and a clock that is moved by hand."""

from typing import Any

from .. import user_actions
from ..bot_api import METHODS
from ..clock import ManualClock
from ..core import Core
from ..errors import ApiError
from ..settings import Limits, Settings
from ..state import Json

UNLIMITED = Limits(bot_per_s=10_000, private_burst=10_000, group_per_min=10_000)
BUTTON = {"inline_keyboard": [[{"text": "Tap", "callback_data": "tap"}]]}


class InMemoryTelegram:
    """One user, Ada, who has started the bot."""

    def __init__(self, limits: Limits = UNLIMITED) -> None:
        self.clock = ManualClock()
        self.core = Core(Settings(limits=limits), METHODS, self.clock)
        self.ada = user_actions.make_user(self.core, {"id": 1, "first_name": "Ada", "language_code": "en"})
        self.chat = self.core.private_chat(self.ada)
        user_actions.send_text(self.core, self.ada, self.chat, "/start")
        self.core.state.updates.clear()

    def ok(self, name: str, **params: Any) -> Any:
        """Call a method and return its result."""
        return self.core.call(name, params)

    def refused(self, name: str, **params: Any) -> str:
        """Call a method that must be refused; returns the description."""
        try:
            result = self.core.call(name, params)
        except ApiError as error:
            return error.description
        raise AssertionError(f"{name} was not refused: {result}")

    def press(self) -> str:
        """Press the button of a new message; returns the query's id."""
        sent = self.ok("sendMessage", chat_id=1, text="a", reply_markup=BUTTON)
        return user_actions.press(self.core, self.ada, self.chat, sent["message_id"], 0, 0).id

    def updates(self) -> list[tuple[str, Json]]:
        """The pending updates, each as kind and payload."""
        return [(update.kind, update.payload) for update in self.core.state.updates.values()]
