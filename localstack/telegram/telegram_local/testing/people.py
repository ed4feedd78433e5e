"""Users in tests: they write, press buttons, wait."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..state import Json
from .connection import Connection
from .waiting import WAIT_S


@dataclass(frozen=True)
class Message:
    """A message as a person sees it."""

    raw: Json

    @property
    def id(self) -> int:
        """Its number in the chat."""
        number: int = self.raw["message_id"]
        return number

    @property
    def text(self) -> str:
        """Its text or caption."""
        return str(self.raw.get("text") or self.raw.get("caption") or "")

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return bool(self.raw["from"]["is_bot"])

    @property
    def rows(self) -> list[list[Json]]:
        """The inline keyboard."""
        rows: list[list[Json]] = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> list[str]:
        """The texts on the inline keyboard."""
        return [button["text"] for row in self.rows for button in row]

    def button(self, text: str) -> tuple[int, int, Json]:
        """Row, column and content of the first button whose text contains `text`."""
        for row, buttons in enumerate(self.rows):
            for column, button in enumerate(buttons):
                if text in button["text"]:
                    return row, column, button
        raise AssertionError(f"no button {text!r} among {self.buttons} of {self.text!r}")


@dataclass(frozen=True)
class Press:
    """A press of a button, which the bot should answer."""

    person: "Person"
    query_id: str
    after: int

    def toast(self, timeout_s: float = WAIT_S) -> Json:
        """The bot's answer: `{"text", "alert", "url"}`; the text is empty if the bot showed nothing."""
        return self.person.wait_for_event(
            lambda event: event["type"] == "toast" and event["query_id"] == self.query_id,
            self.after,
            timeout_s,
            "an answer to the pressed button",
        )


@dataclass(frozen=True)
class Person:
    """A test user. `chat` defaults to the private chat with the bot."""

    telegram: Connection
    id: int

    def _act(self, action: str, **given: Any) -> Any:
        return self.telegram.act(action, user=self.id, **given)

    def start(self, parameter: str = "") -> Message:
        """Follow a deep link, or press START."""
        return Message(self._act("start", parameter=parameter))

    def send(self, text: str, *, chat: int = 0, reply_to: Message | None = None) -> Message:
        """Write a message."""
        return Message(self._act("send", text=text, chat=chat, reply_to=reply_to.id if reply_to else 0))

    def press(self, message: Message, text: str, *, chat: int = 0) -> Press:
        """Press the callback button whose text contains `text`, as the message shows it now."""
        now = next((m for m in self.messages(chat) if m.id == message.id), message)
        row, column, _ = now.button(text)
        after = self.sequence()
        pressed = self._act("press", chat=chat, message_id=message.id, row=row, column=column)
        return Press(self, pressed["query_id"], after)

    def messages(self, chat: int = 0) -> list[Message]:
        """The chat, oldest first."""
        return [Message(raw) for raw in self.state()["messages"].get(str(chat or self.id), [])]

    def state(self) -> Json:
        """Everything this user's page shows: chats, keyboards, commands, menu button."""
        state: Json = self._act("state")
        return state

    def keyboard(self, chat: int = 0) -> Json | None:
        """The reply keyboard or forced reply that is shown."""
        views = [view for view in self.state()["chats"] if view["id"] == (chat or self.id)]
        return views[0]["keyboard"] if views else None

    def wait_for(self, wanted: Callable[[Message], bool], *, chat: int = 0, timeout_s: float = WAIT_S) -> Message:
        """Wait for a message of the bot that `wanted` accepts; returns the newest."""
        deadline = time.monotonic() + timeout_s
        while True:
            after = self.sequence()
            seen = self.messages(chat)
            for message in reversed(seen):
                if message.from_bot and wanted(message):
                    return message
            left = deadline - time.monotonic()
            if left <= 0:
                shown = "\n".join(f"{m.id} {m.text!r} {m.buttons}" for m in seen[-5:])
                raise AssertionError(f"no such message within {timeout_s} s; the last ones:\n{shown}")
            self._events(after, left)

    def wait_for_text(self, part: str, *, chat: int = 0, timeout_s: float = WAIT_S) -> Message:
        """Wait for a message of the bot that contains `part`; returns the newest."""
        return self.wait_for(lambda message: part in message.text, chat=chat, timeout_s=timeout_s)

    def wait_for_event(
        self, wanted: Callable[[Json], bool], after: int, timeout_s: float = WAIT_S, what: str = "the event"
    ) -> Json:
        """Wait for an event after number `after` that `wanted` accepts; returns the first."""
        deadline = time.monotonic() + timeout_s
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(f"{what} did not come within {timeout_s} s")
            for event in self._events(after, left):
                after = max(after, event["sequence"])
                if wanted(event):
                    return event

    def _events(self, after: int, timeout_s: float) -> list[Json]:
        return self.telegram.events(self.id, after, timeout_s)[0]

    def sequence(self) -> int:
        """The number of the user's latest event."""
        return self.telegram.events(self.id)[1]

    def toasts(self) -> list[Json]:
        """The toasts and alerts that were shown, oldest first (of the last 200 events)."""
        return [event for event in self._events(0, 0) if event["type"] == "toast"]

    def block_bot(self) -> None:
        """Block the bot."""
        self._act("block")

    def unblock_bot(self) -> None:
        """Unblock the bot."""
        self._act("block", blocked=False)

    def inline(self, text: str, *, chat: int = 0, timeout_s: float = WAIT_S) -> tuple[str, list[Json]]:
        """Type "@bot text"; returns the query's id and the results."""
        after = self.sequence()
        query_id = self._act("inline", chat=chat, query=text)["query_id"]
        event = self.wait_for_event(
            lambda e: e["type"] == "inline" and e["query_id"] == query_id, after, timeout_s, "inline results"
        )
        return query_id, event["results"]

    def choose(self, query_id: str, result_id: str, *, chat: int = 0) -> Message:
        """Send an inline result."""
        return Message(self._act("choose", chat=chat, query_id=query_id, result_id=result_id))

    def dialog(self, other: "Person") -> int:
        """The id of the chat with another person."""
        chat: int = self._act("dialog", other=other.id)["id"]
        return chat

    def open_app(self, *, kind: str = "main", url: str = "", start_param: str = "", chat: int = 0) -> str:
        """The Mini App's address for this user, with initData in the fragment."""
        opened = self._act("launch", chat=chat, kind=kind, url=url, start_param=start_param)
        return str(opened["url"])


@dataclass(frozen=True)
class Group:
    """A group with the bot in it."""

    telegram: Connection
    owner: Person
    id: int

    def upgrade(self) -> "Group":
        """Upgrade it to a supergroup, which has another id."""
        upgraded = self.telegram.act("migrate", user=self.owner.id, chat=self.id)
        return Group(self.telegram, self.owner, upgraded["id"])

    def remove_bot(self) -> None:
        """Remove the bot."""
        self.telegram.act("remove_bot", user=self.owner.id, chat=self.id)

    def add_bot(self) -> None:
        """Add the bot again."""
        self.telegram.act("add_bot", user=self.owner.id, chat=self.id)
