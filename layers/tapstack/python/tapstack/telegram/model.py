"""What the bot keeps: conversations, messages, and calls that wait for Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from tapstack.platform import zones
from tapstack.platform.bodies import Body

ANSWERS_KEPT = 4
"""Updates whose answers are kept: a user has at most one message and one callback query in flight at a time."""

LATE_BY = 1_000_000
"""Updates of all people that may come between a late text and what has overtaken it."""

STATE_KEPT_S = 400 * 86_400
"""How long the settings of an idle chat are kept."""


class Chat(Body):
    """A private chat with the bot; `id` is the person's Telegram id, and their private chat's.

    `scene` and `state` say what a text means, until `until_ms`; after that a text leads home. `since` is the update
    that has begun this, by asking a question or by ending one; `shown` is the one that has changed the screen.
    `version` grows with every save: two containers can't both save what they have read as the same version.
    `answers` maps the ids of the latest updates to their answers. `milestone` is the highest that was celebrated,
    `menu` the language of the chat's own menu button, "" where it has none. `notify` is about all messages that nobody
    has asked for, `reminders` about the one a day that calls a player back, `muted` lists the kinds of things that the
    person does not want to be told. Quiet hours are of the person's own time: that of `zone`, the time zone of
    their streak, or else by `utc_offset_min`; unknown without both.
    """

    id: int
    version: int = 0
    scene: str = ""
    state: str = ""
    until_ms: int = 0
    since: int = 0
    shown: int = 0
    language: str = ""
    notify: bool = True
    reminders: bool = True
    blocked: bool = False
    milestone: int = 0
    menu: str = ""
    muted: list[str] = []
    quiet_from_h: int = 21
    quiet_to_h: int = 10
    utc_offset_min: int | None = None
    zone: str = ""
    answers: dict[str, dict[str, Any]] = {}

    def wants(self, kind: str) -> bool:
        """Whether the person wants to be told, by themselves, of things of a kind."""
        return self.notify and not self.blocked and kind not in self.muted

    def ahead_min(self, now_ms: int) -> int | None:
        """How far the person's time is ahead of UTC, None where that is unknown."""
        return zones.offset_ms(now_ms, self.zone) // 60_000 if self.zone else self.utc_offset_min

    def is_quiet(self, now_ms: int) -> bool:
        """Whether it is one of the person's quiet hours; never where their time is unknown."""
        ahead_min = self.ahead_min(now_ms)
        if ahead_min is None:
            return False
        hour = (now_ms // 60_000 + ahead_min) // 60 % 24
        if self.quiet_from_h <= self.quiet_to_h:
            return self.quiet_from_h <= hour < self.quiet_to_h
        return hour >= self.quiet_from_h or hour < self.quiet_to_h

    def awaits_text(self, now_ms: int) -> bool:
        """Whether a scene has asked for a text."""
        return bool(self.state) and now_ms < self.until_ms

    def is_late(self, update_id: int) -> bool:
        """Whether a text was written before the current question, or before the last one ended.

        Telegram delivers texts and callback queries side by side. Ids of updates grow, except after a week without
        any: https://core.telegram.org/bots/api#update
        """
        return self.since - LATE_BY < update_id < self.since

    def remember(self, update_id: int, answer: dict[str, Any]) -> None:
        """Keeps the answer in case Telegram sends the update again."""
        kept = list(self.answers.items())[-(ANSWERS_KEPT - 1) :]
        self.answers = dict([*kept, (str(update_id), answer)])


class CachedUser(NamedTuple):
    """The player of a Telegram user, and the language they read: all that a callback query needs."""

    player_id: str
    language: str


Direction = Literal["in", "out"]


@dataclass(frozen=True, slots=True)
class Message:
    """A message: `in` from a user, `out` from the bot."""

    chat_id: int
    message_id: int
    direction: Direction
    text: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class LeasedCall:
    """A call to Telegram that one sender may make: its name, `<kind>:<chat>:<key>`, and how often it has failed.

    `screen` is the number of a chat's screen that is sent as a new message; `asks` says that a screen asks for a text.
    """

    name: str
    version: str
    attempts: int
    call: dict[str, Any]
    screen: int = 0
    asks: bool = False

    @property
    def is_screen(self) -> bool:
        """Whether it is the screen of a chat."""
        return self.name.startswith("s:")

    @property
    def chat_id(self) -> int:
        """The chat whose allowance it spends; 0 for a call that spends none."""
        return int(self.name.split(":")[1])

    @property
    def key(self) -> str:
        """What its author has named it."""
        return self.name.split(":", 2)[2]

    @property
    def what(self) -> str:
        """What it is, without whom it is for: for logs."""
        kind, _, rest = self.name.split(":", 2)
        return f"{kind}:{rest}"

    @property
    def limited(self) -> bool:
        """Whether it counts against Telegram's limits."""
        return not self.name.startswith("a:")


class Result(StrEnum):
    """What came of a call to Telegram."""

    SENT = "sent"
    RETRY_AFTER = "retry_after"
    MIGRATED = "migrated"
    """The group is a supergroup now, with another id."""
    BLOCKED = "blocked"
    REFUSED = "refused"
    UNREACHED = "unreached"
    """Telegram can't have received it."""
    UNANSWERED = "unanswered"
    """Telegram may have received it."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt: `message_id` goes with SENT, `wait_ms` with RETRY_AFTER, `new_chat_id` with MIGRATED."""

    result: Result
    reason: str = ""
    wait_ms: int = 0
    new_chat_id: int = 0
    message_id: int = 0


def message_name(chat_id: int, key: str) -> str:
    """The name in the outbox of a message that waits under its chat and key."""
    return f"m:{chat_id}:{key}"


NEW_MESSAGE = 0
THE_SCREEN = -1
"""In place of a message's id: a new message; the message that is the chat's screen, a new one where none is known."""


def edit_of(call: dict[str, Any], message_id: int) -> dict[str, Any]:
    """The call that makes a message show what a sendMessage would send."""
    return call | {"method": "editMessageText", "message_id": message_id}
